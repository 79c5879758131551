"""Writes the arrows and ticks of the style sheet, one coloured copy per theme: `python packaging/theme_glyphs.py`.

Qt style sheets take pictures from files only and do not know `currentColor`. The copies are committed, so the program
writes no file to start; tests/widgets/test_theme_glyphs.py fails when they no longer match the tokens.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "app"))

from firstlight.ui.theme.tokens import DARK, LIGHT, Tokens  # noqa: E402 - the checkout's own package

GLYPHS = (
    ("chevron-down", "text_muted", '<path d="m6 9.5 6 6 6-6"/>'),
    ("chevron-up", "text_muted", '<path d="m6 14.5 6-6 6 6"/>'),
    ("chevron-right", "text_muted", '<path d="m9.5 6 6 6-6 6"/>'),
    ("check", "on_accent", '<path d="m5.5 12.5 4.5 4.5 8.5-9.5" stroke-width="3"/>'),
    ("dash", "on_accent", '<path d="M6 12h12" stroke-width="3"/>'),
    ("tick", "accent", '<path d="m5.5 12.5 4.5 4.5 8.5-9.5" stroke-width="2.5"/>'),
    ("dot", "on_accent", '<circle cx="12" cy="12" r="5" fill="{color}" stroke="none"/>'),
)
"""(file name, token, drawing)"""


def drawn(theme: Tokens, token: str, drawing: str) -> str:
    """Return the text of one coloured glyph."""
    color = getattr(theme, token)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" fill="none" '
        f'stroke="{color}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
        f"{drawing.format(color=color)}</svg>\n"
    )


def main() -> None:
    """Write every glyph of every theme."""
    for theme in (LIGHT, DARK):
        folder = ROOT / "resources" / "themes" / theme.name
        folder.mkdir(parents=True, exist_ok=True)
        for name, token, drawing in GLYPHS:
            (folder / f"{name}.svg").write_text(drawn(theme, token, drawing), encoding="utf-8")


if __name__ == "__main__":
    main()
