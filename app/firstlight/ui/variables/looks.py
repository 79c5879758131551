"""How a reference looks: in the colour of variables; without a value in that of errors, with a broken line under it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat

from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.theme.current import tokens
from firstlight.ui.variables.entries import missing
from firstlight.ui.variables.references import references


def reference_format(*, lacking: bool) -> QTextCharFormat:
    """Return the look of a reference that has a value, or of one that lacks it."""
    theme, look = tokens(), QTextCharFormat()
    look.setForeground(QColor(theme.error if lacking else theme.syntax_variable))
    if lacking:  # not by colour alone
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        look.setUnderlineColor(QColor(theme.error))
    return look


def looks(text: str, known: KnownVariables | None) -> list[tuple[int, int, QTextCharFormat]]:
    """Return (start, end, look) of every reference of a line, in characters."""
    return [
        (found.start, found.end, reference_format(lacking=known is not None and bool(missing(known, found.name))))
        for found in references(text)
    ]
