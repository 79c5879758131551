"""Which theme is in use. Painters ask `tokens()`; whoever caches colours listens to `theme_changed`."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from firstlight.ui.theme.tokens import LIGHT, Tokens


class _Theme(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT


_theme = _Theme()
theme_changed = _theme.changed
"""Emitted after the tokens have changed and before the style sheet is applied."""


def tokens() -> Tokens:
    """Return the tokens of the theme in use."""
    return _theme.tokens


def set_tokens(new: Tokens) -> None:
    """Make `new` the theme in use; called by theme.apply_theme only."""
    _theme.tokens = new
    _theme.changed.emit()
