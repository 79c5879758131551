"""The two typefaces: the system's own for the window, a monospaced one for bodies, headers and tables of data."""

from __future__ import annotations

import sys
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from firstlight.texts import language

_MONO_FIRST = {"win32": ("Cascadia Mono", "Consolas"), "darwin": ("SF Mono", "Menlo")}
"""Windows still names Courier New as its fixed font."""
_CHINESE = {
    "win32": ("Microsoft YaHei UI",),
    "darwin": ("PingFang SC",),
    "linux": ("Noto Sans CJK SC", "WenQuanYi Micro Hei", "Droid Sans Fallback"),
}
"""Named so that a mixed text never falls back to a Japanese or bitmap shape of a Han character."""
_SMALLEST_PT = 10.0
_UNNAMED = ("DejaVu Sans", "Sans Serif", "sans-serif", "")
"""What Qt reports when the desktop chose no font: then a quieter face goes first, if it is installed."""
_QUIET = ("Inter", "Noto Sans", "Cantarell", "Open Sans", "Droid Sans")
_ALWAYS = ("DejaVu Sans",)
"""What nearly every Linux has: before a Chinese face, whose quotes and dots are as wide as a Han character."""


@lru_cache(maxsize=1)
def mono_families() -> tuple[str, ...]:
    """Return the monospaced families to try, in order."""
    # Its real name: in a list of families Qt does not resolve the alias "monospace".
    fixed = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)).family()
    return tuple(dict.fromkeys((*_MONO_FIRST.get(sys.platform, ()), fixed, *_chinese())))


def mono_font(size_pt: float = 0.0) -> QFont:
    """Return the font for data; 0 means the window's own size."""
    font = QFont(list(mono_families()))
    font.setPointSizeF(size_pt or QFont().pointSizeF())
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def window_font(system: QFont, size_pt: float = 0.0) -> QFont:
    """Return the font of the window made from the `system` font; 0 means its size, but at least 10 pt."""
    font = QFont(system)
    first = _first() if system.family() in _UNNAMED else ()
    font.setFamilies(list(dict.fromkeys((*first, *(f for f in system.families() if f), *_chinese()))))
    font.setPointSizeF(size_pt or max(system.pointSizeF(), _SMALLEST_PT))
    return font


def _first() -> tuple[str, ...]:
    """Return whose quotes, dashes and dots are drawn: those of the language of the window."""
    return (*_QUIET, *_ALWAYS) if language() == "en" else (*_QUIET, *_chinese())


def _chinese() -> tuple[str, ...]:
    return _CHINESE.get(sys.platform, _CHINESE["linux"])
