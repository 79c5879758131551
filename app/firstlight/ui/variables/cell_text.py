"""A table cell with references in it: painted in their colours, explained on hover."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyleOptionViewItem

from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.text.highlight import utf16
from firstlight.ui.variables.looks import looks
from firstlight.ui.variables.references import Reference, from_utf16, reference_at

_PADDING = 13 + 3
"""Pixels before the text of a cell: those of the style sheet, and those Qt adds."""
_NO_LIMIT = 1e6
_LONGEST = 500
"""Characters; more do not fit into a cell."""


def paint_references(
    painter: QPainter, option: QStyleOptionViewItem, text: str, known: KnownVariables | None, *, selected: bool
) -> None:
    """Paint the text of a cell, which holds references, as wide as the cell is."""
    room = _room(option.rect)
    shown = QFontMetrics(option.font).elidedText(text[:_LONGEST], Qt.TextElideMode.ElideRight, room.width())
    formats = []
    for start, end, look in looks(text[:_LONGEST], known):
        found = QTextLayout.FormatRange()
        found.start, found.length = utf16(text, start), utf16(text, end) - utf16(text, start)
        found.format = _unpainted(look) if selected else look
        formats.append(found)
    layout = _laid_out(shown, option.font, formats)
    role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    painter.save()
    painter.setPen(option.palette.color(role))
    painter.setClipRect(option.rect)
    height = layout.boundingRect().height()
    layout.draw(painter, QPointF(room.left(), room.top() + (room.height() - height) / 2))
    painter.restore()


def reference_in_cell(option: QStyleOptionViewItem, text: str, x: int) -> Reference | None:
    """Return the reference that is painted at `x`."""
    layout = _laid_out(text[:_LONGEST], option.font, [])
    line = layout.lineAt(0)
    inside = x - _room(option.rect).left()
    if not 0 <= inside <= line.naturalTextWidth():
        return None
    index = from_utf16(text, line.xToCursor(float(inside), line.CursorPosition.CursorOnCharacter))
    return reference_at(text, index)


def _room(cell: QRect) -> QRect:
    return cell.adjusted(_PADDING, 0, -_PADDING, -1)


def _laid_out(text: str, font: QFont, formats: list[QTextLayout.FormatRange]) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setFormats(formats)  # before the lines are laid out: it would undo them
    wrapping = QTextOption()
    wrapping.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(wrapping)
    layout.beginLayout()
    layout.createLine().setLineWidth(_NO_LIMIT)
    layout.endLayout()
    return layout


def _unpainted(look: QTextCharFormat) -> QTextCharFormat:
    """Return `look` without its colour, which a selected row has not enough contrast for; a line below stays."""
    plain = QTextCharFormat(look)
    plain.clearForeground()
    return plain
