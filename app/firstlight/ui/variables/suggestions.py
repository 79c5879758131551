"""The list that opens behind `{{`: names, values and where they come from. It never takes the keys from the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.tokens import ROW_HEIGHT
from firstlight.ui.variables.entries import Entry

_ROWS = 8
_WIDTH = 580
_SHARES = (230, 190)
_PICTURES = {"variable": "braces", "secret": "key", "dynamic": "dice"}


class Suggestions(QFrame):
    """A child of the window, not a window of its own: no focus changes, nothing is grabbed."""

    clicked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("variableSuggestions")
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = QTreeWidget(self)
        know_viewport(self._list)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setColumnCount(3)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._list.itemClicked.connect(lambda row, _column: self.clicked.emit(row.text(0)))
        for number, width_px in enumerate(_SHARES):
            self._list.setColumnWidth(number, width_px)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._list)
        self.hide()

    def show_entries(self, entries: Sequence[Entry], caret: QRect) -> None:
        """Offer `entries` below the caret (in the window's coordinates), or above it where there is more room."""
        self._list.clear()
        self._list.setAccessibleName(tr("Variables"))
        faint = QBrush(QColor(tokens().text_muted))
        for entry in entries:
            row = QTreeWidgetItem([entry.name, entry.value, entry.origin])
            row.setIcon(0, icon(_PICTURES[entry.kind]))
            row.setSizeHint(0, QSize(0, ROW_HEIGHT))
            row.setForeground(1, faint)
            row.setForeground(2, faint)
            self._list.addTopLevelItem(row)
        self._mark(0)
        self._place(min(len(entries), _ROWS) * ROW_HEIGHT + 4, caret)
        self.show()
        self.raise_()

    def current(self) -> str:
        """Return the marked name."""
        row = self._list.currentItem()
        return row.text(0) if row is not None else ""

    def step(self, steps: int) -> None:
        """Mark another row; past an end it begins anew."""
        count = self._list.topLevelItemCount()
        wanted = self._list.currentIndex().row() + steps
        self._mark(wanted % count if abs(steps) == 1 else min(max(wanted, 0), count - 1))

    def _mark(self, row: int) -> None:
        self._list.setCurrentIndex(self._list.model().index(row, 0))

    def _place(self, height: int, caret: QRect) -> None:
        room = self._window.rect()
        size = QSize(min(_WIDTH, room.width()), height)
        below = room.bottom() - caret.bottom()
        top = caret.bottom() + 2 if below >= height or below >= caret.top() else caret.top() - height - 2
        left = min(caret.left(), room.right() - size.width())
        self.setGeometry(QRect(QPoint(max(left, 0), max(top, 0)), size))
