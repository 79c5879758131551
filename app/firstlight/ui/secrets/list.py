"""The secrets in use as rows, with the requests and environments that refer to each below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from firstlight.model.secrets import MASK, environment_name
from firstlight.store.secret_uses import SecretUser
from firstlight.texts import tr, trn
from firstlight.ui.icons import icon
from firstlight.ui.secrets.words import PLACES
from firstlight.ui.theme.tokens import ROW_HEIGHT

_NAME, _VALUE, _PLACE, _USERS = range(4)
_PATH = Qt.ItemDataRole.UserRole
UNKNOWN = frozenset({"", "hidden"})
"""Places of secrets whose value cannot be had."""
_PICTURES = {
    "request": "request",
    "folder": "folder",
    "collection": "collection",
    "environment": "file",
    "service": "service",
    "settings": "settings",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretRow:
    """One secret as it is shown."""

    name: str
    place: str
    """As SecretStore.where(); `hidden`: perhaps behind a lock; empty: nobody knows it."""
    users: tuple[SecretUser, ...] = ()


class SecretList(QTreeWidget):
    """A double click on a user opens it."""

    chosen_changed = Signal()
    opened = Signal(str)
    """The path of a request."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secretList")
        self.setColumnCount(4)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self._rows: dict[str, SecretRow] = {}
        self._revealed: dict[str, str] = {}
        self.currentItemChanged.connect(lambda _now, _before: self.chosen_changed.emit())
        self.itemActivated.connect(self._on_activated)
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width_px in ((_NAME, 260), (_VALUE, 150), (_PLACE, 150)):
            self.setColumnWidth(column, width_px)

    def show_rows(self, rows: Iterable[SecretRow]) -> None:
        """Show other rows; the chosen one stays chosen, and what was revealed is hidden again."""
        before = self.chosen()
        open_ones = {top.text(_NAME) for top in self._tops() if top.isExpanded()}
        self._revealed.clear()
        self._rows = {row.name: row for row in rows}
        self.clear()
        for row in self._rows.values():
            top = self._top(row)
            top.setExpanded(row.name in open_ones)
            if before is None or row.name == before.name:
                self.setCurrentItem(top)
                before = before or row

    def retranslate(self) -> None:
        """Show the words in the language now in use."""
        self.setAccessibleName(tr("Secrets in use"))
        self.setHeaderLabels([tr("Name"), tr("Value"), tr("Kept in"), tr("Used by")])
        self.show_rows(self._rows.values())

    def chosen(self) -> SecretRow | None:
        """Return the secret of the current row, or of the row above a user."""
        top = self.currentItem()
        if top is not None and top.parent() is not None:
            top = top.parent()
        return self._rows.get(top.text(_NAME)) if top is not None else None

    def reveal(self, name: str, value: str) -> None:
        """Show a value; hide it again with MASK."""
        for top in self._tops():
            if top.text(_NAME) == name:
                top.setText(_VALUE, value)
        self._revealed[name] = value

    def is_revealed(self, name: str) -> bool:
        """Tell whether the value is on screen."""
        return self._revealed.get(name, MASK) != MASK

    def _tops(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(position) for position in range(self.topLevelItemCount()))
        return [top for top in found if top is not None]

    def _top(self, row: SecretRow) -> QTreeWidgetItem:
        used = trn("{count} place", "{count} places", len(row.users)) if row.users else tr("Not used here")
        top = QTreeWidgetItem([row.name, MASK if row.place not in UNKNOWN else "", tr(PLACES[row.place]), used])
        top.setSizeHint(_NAME, QSize(0, ROW_HEIGHT))
        top.setIcon(_NAME, icon("key"))
        if row.place in UNKNOWN:
            top.setIcon(_PLACE, icon("alert", "error" if not row.place else "warn"))
        elif row.place == "environment":
            top.setToolTip(_PLACE, environment_name(row.name))
        self.addTopLevelItem(top)
        for user in row.users:
            below = QTreeWidgetItem(top, [user.name])
            below.setIcon(_NAME, icon(_PICTURES.get(user.kind, "workspace")))
            below.setSizeHint(_NAME, QSize(0, ROW_HEIGHT))
            below.setFirstColumnSpanned(True)
            below.setData(_NAME, _PATH, user.path if user.kind in ("request", "service") else "")
        return top

    def _on_activated(self, row: QTreeWidgetItem, _column: int) -> None:
        if path := row.data(_NAME, _PATH):
            self.opened.emit(path)
