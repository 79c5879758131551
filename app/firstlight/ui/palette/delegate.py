"""Draws a row of the palette: picture, title, place, and at the right its keys or what it is."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from firstlight.ui.icons import icon
from firstlight.ui.palette.entry import Entry
from firstlight.ui.sidebar.method_icon import BADGE, method_icon
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

ENTRY = Qt.ItemDataRole.UserRole + 1
_PICTURE_PX = 16
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class EntryDelegate(QStyledItemDelegate):
    """The view's own look below, the entry's words above."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(option.rect.width(), ROW_HEIGHT + SPACE // 2)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # drawn by paint, in two colours

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        entry, theme = cast(Entry, index.data(ENTRY)), tokens()
        row = option.rect.adjusted(SPACE, 0, -SPACE, 0)
        painter.save()
        painter.setFont(option.font)
        row.setLeft(self._picture(painter, row, entry))
        small = QFont(option.font)
        small.setPointSizeF(small.pointSizeF() - 1)
        row.setRight(self._words(painter, row, entry.keys or entry.kind, small, theme.text_muted, _RIGHT))
        row.setLeft(self._words(painter, row, entry.title, option.font, theme.text, _LEFT))
        self._words(painter, row, entry.place, small, theme.text_muted, _LEFT)
        painter.restore()

    @staticmethod
    def _picture(painter: QPainter, row: QRect, entry: Entry) -> int:
        if entry.method:
            badge = QRect(row.left(), row.center().y() - BADGE.height() // 2, BADGE.width(), BADGE.height())
            method_icon(entry.method).paint(painter, badge)
        else:
            side = _PICTURE_PX
            icon(entry.picture).paint(painter, QRect(row.left(), row.center().y() - side // 2, side, side))
        return row.left() + BADGE.width() + SPACE

    @staticmethod
    def _words(painter: QPainter, row: QRect, text: str, font: QFont, color: str, where: int) -> int:
        """Draw `text` at one side of `row`; return where what is left of the row begins or ends."""
        painter.setFont(font)
        painter.setPen(QColor(color))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, row.width())
        painter.drawText(row, where, shown)
        width = metrics.horizontalAdvance(shown) + (2 * SPACE if shown else 0)
        return row.left() + width if where == _LEFT else row.right() - width
