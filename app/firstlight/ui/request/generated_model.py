"""The greyed rows above the Headers table: what is added to the request, by whom, and whether it is sent."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from firstlight.runner.preview import GeneratedHeader
from firstlight.texts import N_, tr
from firstlight.ui.request.columns import KEY_VALUE
from firstlight.ui.theme.current import tokens

AnyIndex = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_TICK, _NAME, _VALUE, _SOURCE, _ = range(len(KEY_VALUE))
_SOURCES = {
    "app": N_("Added by First Light"),
    "service": N_("Added by the service"),
    "body": N_("Added by Body"),
    "authorization": N_("Added by Authorization"),
    "cookies": N_("From the workspace's cookies"),
}
_REQUIRED = {
    "app": N_("HTTP requires it; a row of the same name replaces it"),
    "body": N_("HTTP requires it for this body"),
    "authorization": N_("Choose “No auth” on the Authorization tab to leave it out"),
}


class GeneratedModel(QAbstractTableModel):
    """Rows that can be ticked off, where HTTP allows, and not edited."""

    ticked = Signal(str, bool)
    """The user wants the header of this name, or not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[GeneratedHeader, ...] = ()

    def show_lines(self, lines: tuple[GeneratedHeader, ...]) -> None:
        """Show other lines."""
        if lines == self._lines:
            return
        same = len(lines) == len(self._lines)
        if not same:
            self.beginResetModel()
        self._lines = lines
        if not same:
            self.endResetModel()
        else:  # the focus stays where it is
            self.retranslate()

    def sent(self) -> int:
        """Return how many of them are sent."""
        return sum(line.state == "sent" for line in self._lines)

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(KEY_VALUE) - 1))

    def toggle(self, row: int) -> None:
        """Tick a line or untick it."""
        line = self._lines[row]
        if line.optional and line.state != "overridden":
            self.ticked.emit(line.name, line.state == "left out")

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(KEY_VALUE)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == _TICK and self._lines[index.row()].optional:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: AnyIndex, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role == _ROLE.CheckStateRole:
            self.toggle(index.row())
        return False  # the preview that follows says what became of it

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole
        return tr(KEY_VALUE[section].title) if across and KEY_VALUE[section].title else None

    def data(self, index: AnyIndex, role: int = _ROLE.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if index.column() == _TICK:
            return _tick(line, role)
        match role:
            case _ROLE.DisplayRole:
                return self._text(line, index.column())
            case _ROLE.ForegroundRole:
                return QColor(tokens().text_muted)
            case _ROLE.FontRole:
                return _font(line, index.column())
            case _ROLE.ToolTipRole if index.column() == _VALUE:
                return line.value or None
        return None

    def _text(self, line: GeneratedHeader, column: int) -> str | None:
        match column:
            case int() if column == _NAME:
                return line.name
            case int() if column == _VALUE:
                return line.value or tr("known when it is sent")
            case int() if column == _SOURCE:
                return {
                    "sent": tr(_SOURCES[line.source]),
                    "left out": tr("Left out"),
                    "overridden": tr("Replaced"),
                }[line.state]
        return None


def _tick(line: GeneratedHeader, role: int) -> Any:
    if role in (_ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
        return tr("Send this header") if line.optional else tr(_REQUIRED[line.source])
    if role == _ROLE.CheckStateRole and line.optional and line.state != "overridden":
        return Qt.CheckState.Checked if line.state == "sent" else Qt.CheckState.Unchecked
    return None


def _font(line: GeneratedHeader, column: int) -> QFont | None:
    font = QFont()
    font.setStrikeOut(line.state != "sent" and column in (_NAME, _VALUE))
    font.setItalic(column == _VALUE and not line.value)
    return font if font.strikeOut() or font.italic() else None
