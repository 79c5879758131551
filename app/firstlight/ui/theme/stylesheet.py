"""Turns resources/themes/window.qss and a theme's tokens into the application's one style sheet."""

from __future__ import annotations

import re
from dataclasses import asdict

from PySide6.QtGui import QColor, QFont

from firstlight.resources import resource_path
from firstlight.ui.theme.fonts import mono_families
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, RADIUS, Tokens

_NAME = re.compile(r"@([a-z_]+)")
_BORDER = 2  # a control's two edges of one pixel each: Qt's min-height leaves them out


def stylesheet(theme: Tokens, font: QFont) -> str:
    """Return the style sheet of `theme` with sizes that follow `font`.

    Raises:
        KeyError: the sheet names a token that does not exist.
    """
    values = {name: str(value) for name, value in asdict(theme).items()} | _derived(theme) | _measures(font)
    source = resource_path("themes", "window.qss").read_text(encoding="utf-8")
    return _NAME.sub(lambda match: values[match.group(1)], source)


def _derived(theme: Tokens) -> dict[str, str]:
    return {
        "edge": blend(theme.border, theme.border_strong, 0.35),
        "pressed": blend(theme.hover, theme.border_strong, 0.2),
        "disabled": blend(theme.text_muted, theme.panel, 0.45),
        "scroll": blend(theme.border, theme.border_strong, 0.45),
        "ring": blend(theme.accent, theme.text, 0.65),
        "glyphs": f"themes:{theme.name}",
    }


def _measures(font: QFont) -> dict[str, str]:
    points = font.pointSizeF()
    return {
        "control": f"{CONTROL_HEIGHT - _BORDER}px",
        "control_focused": f"{CONTROL_HEIGHT - 2 * _BORDER}px",
        "radius": f"{RADIUS}px",
        "caption_pt": f"{points - 1:g}pt",
        "title_pt": f"{points + 3:g}pt",
        "mono": ", ".join(f'"{family}"' for family in mono_families()),
    }


def blend(start: str, end: str, share: float) -> str:
    """Return the colour that lies `share` of the way from `start` to `end`."""
    a, b = QColor(start), QColor(end)
    pairs = zip((a.red(), a.green(), a.blue()), (b.red(), b.green(), b.blue()), strict=True)
    return QColor(*(round(x + (y - x) * share) for x, y in pairs)).name()
