"""The palette (Ctrl+K): type a few letters of anything, press Enter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.palette.delegate import ENTRY, EntryDelegate
from firstlight.ui.palette.entry import Entry, best
from firstlight.ui.theme.tokens import SPACE

_SIZE = QSize(620, 420)
_MOST = 100
_TOP_PX = 72
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_ROOT = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (entry.title, entry.place, entry.kind, entry.keys)))
        return None


class Palette(QDialog):
    """Shows the entries that fit; the chosen one runs after the palette has closed."""

    def __init__(self, entries: Iterable[Entry], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self._entries = tuple(entries)
        self.chosen: Entry | None = None
        """What is to be run."""
        self._edit = QLineEdit(self)
        self._edit.setObjectName("paletteEdit")
        self._rows = _Rows(self)
        self._list = QListView(self)
        know_viewport(self._list)
        self._list.setObjectName("paletteList")
        self._list.setModel(self._rows)
        self._list.setItemDelegate(EntryDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._nothing = QLabel(self)
        self._nothing.setProperty("kind", "caption")
        self._nothing.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._edit)
        column.addWidget(self._nothing)
        column.addWidget(self._list, 1)
        self._edit.textChanged.connect(self._find)
        self._edit.installEventFilter(self)
        self._list.clicked.connect(self._choose)
        self._name()
        self._find("")
        self._place(parent)
        self._edit.setFocus()

    def _name(self) -> None:
        self.setAccessibleName(tr("Palette"))
        self._edit.setPlaceholderText(tr("Go to a request, an environment, an action or a setting"))
        self._edit.setAccessibleName(tr("Search everything"))
        self._list.setAccessibleName(tr("Found"))
        self._nothing.setText(tr("Nothing is called so."))

    def _place(self, parent: QWidget) -> None:
        window = parent.window()
        room = QRect(window.mapToGlobal(QPoint()), window.size()) & parent.screen().availableGeometry()
        size = _SIZE.boundedTo(QSize(room.width() - 4 * SPACE, room.height() - _TOP_PX - 2 * SPACE))
        self.resize(size)
        self.move(room.x() + (room.width() - size.width()) // 2, room.y() + _TOP_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._edit and event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key in _MOVES:
                self._go(self._list.currentIndex().row() + _MOVES[Qt.Key(key)])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _go(self, row: int) -> None:
        last = self._rows.rowCount() - 1
        index = self._rows.index(min(max(row, 0), last), 0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index)

    def _find(self, text: str) -> None:
        self._rows.show(best(self._entries, text, _MOST))
        self._nothing.setVisible(not self._rows.entries)
        self._go(0)

    def _choose(self, index: AnyIndex) -> None:
        if index.isValid():
            self.chosen = self._rows.entries[index.row()]
            self.accept()
