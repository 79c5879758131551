"""The list under a cell that is typed into: each word with what it means, at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QCompleter, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

_WIDTH = 560
_MOST_ROWS = 10


class Suggestions(QCompleter):
    """Offers what contains the typed text; `describe` says a sentence about a word, or nothing."""

    def __init__(self, words: Sequence[str], describe: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(list(words), parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_MOST_ROWS)
        popup = QListView()  # the completer takes it over
        self.setPopup(popup)
        popup.setItemDelegate(_Described(describe, popup))
        if any(map(describe, words)):
            popup.setMinimumWidth(_WIDTH)


class _Described(QStyledItemDelegate):
    def __init__(self, describe: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._describe = describe

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        word = str(index.data())
        taken = option.fontMetrics.horizontalAdvance(word) + 3 * SPACE
        room = option.rect.adjusted(max(taken, option.rect.width() * 2 // 5), 0, -SPACE, 0)
        told = option.fontMetrics.elidedText(self._describe(word), Qt.TextElideMode.ElideRight, room.width())
        self._draw(painter, room, told)

    @staticmethod
    def _draw(painter: QPainter, room: QRect, text: str) -> None:
        painter.save()
        painter.setPen(QColor(tokens().text_muted))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()
