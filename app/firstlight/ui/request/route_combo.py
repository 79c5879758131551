"""A choice of channel or credential that never changes in passing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from firstlight.ui.icons import icon
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.current import theme_changed, tokens

_STEPS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})
_ROLE = Qt.ItemDataRole
_EDIT = object()
_NARROWEST_PX, _WIDEST_PX = 96, 220


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteEntry:
    """One line of the list."""

    data: str
    text: str
    tip: str = ""
    picture: str
    color: str = "text_muted"
    """The token of its colours."""


class RouteCombo(QComboBox):
    """Offers entries, and a last one that leads to the page where they are made."""

    picked = Signal(str)
    edit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[RouteEntry, ...] = ()
        self._edit = ""
        self._chosen = ""
        self.setIconSize(QSize(16, 16))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumWidth(_NARROWEST_PX)
        self.setMaximumWidth(_WIDEST_PX)
        self.activated.connect(self._on_activated)
        theme_changed.connect(self._paint)

    def show_entries(self, entries: Iterable[RouteEntry], chosen: str, edit: str) -> None:
        """Offer `entries`, the one with the data `chosen` in front; `edit` is what the last line is called."""
        entries = tuple(entries)
        if (entries, edit) != (self._entries, self._edit):
            self._entries, self._edit = entries, edit
            self.clear()
            for entry in entries:
                self.addItem(entry.text, entry.data)
                self.setItemData(self.count() - 1, plain_tip(entry.tip), _ROLE.ToolTipRole)
                self.setItemData(self.count() - 1, f"{entry.text}, {entry.tip}", _ROLE.AccessibleTextRole)
            self.insertSeparator(self.count())
            self.addItem(icon("pencil"), edit, _EDIT)
            self._paint()
        self._chosen = chosen
        self._show_chosen()

    def _paint(self) -> None:
        for row, entry in enumerate(self._entries):
            self.setItemIcon(row, icon(entry.picture, entry.color))
            alarming = entry.color in ("error", "warn")
            self.setItemData(row, QColor(getattr(tokens(), entry.color)) if alarming else None, _ROLE.ForegroundRole)

    def _show_chosen(self) -> None:
        self.setCurrentIndex(max(self.findData(self._chosen), 0))
        entry = next((entry for entry in self._entries if entry.data == self._chosen), None)
        self.setToolTip(plain_tip(entry.tip if entry else ""))

    def _on_activated(self, row: int) -> None:
        data = self.itemData(row)
        if data is _EDIT:
            self._show_chosen()
            self.edit_requested.emit()
        elif data != self._chosen:
            self.picked.emit(data)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list: what is one step further may be the entry that leads to the page."""
        if (event.text() and event.text().isprintable()) or event.key() in _STEPS:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a request goes elsewhere with another channel: not in passing
