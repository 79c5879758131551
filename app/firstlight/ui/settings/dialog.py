"""The Settings dialog, generated from GROUPS: search at the top, groups at the left; every change counts at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from firstlight.store.settings import Settings
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.settings.certificates import CertificatesPanel
from firstlight.ui.settings.row import SettingRow
from firstlight.ui.settings.storage import StoragePanel
from firstlight.ui.settings.table import GROUPS, Setting
from firstlight.ui.theme.tokens import SPACE

_SIZE = QSize(860, 600)
_GROUPS_PX = 180


class SettingsDialog(QDialog):
    """Shows settings and tells what was changed; keeping it and making it count is its opener's work."""

    changed = Signal(object, object)
    """(the setting, its new value)"""
    file_requested = Signal(object)
    """The SettingRow whose file is to be chosen."""

    def __init__(self, settings: Settings, secrets: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.certificates = CertificatesPanel(self)
        self.storage = StoragePanel(self)
        self._own: dict[str, CertificatesPanel | StoragePanel] = {
            "certificates": self.certificates,
            "storage": self.storage,
        }
        """Groups that are more than rows."""
        self.rows: dict[str, SettingRow] = {}
        self._values: dict[str, Any] = {}
        self._titles: dict[str, QLabel] = {}
        self._panels: dict[str, QWidget] = {}
        self._search = QLineEdit(self)
        self._search.setObjectName("settingsSearch")
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._list = QListWidget(self)
        self._list.setObjectName("settingsGroups")
        self._page = QScrollArea(self)
        self._nothing = QLabel(self)
        self._nothing.setProperty("kind", "caption")
        self._close = QPushButton(self)
        self._close.setObjectName("closeButton")
        self._close.clicked.connect(self.accept)
        self._lay_out()
        self.show_settings(settings, secrets)
        self._search.textChanged.connect(self._on_searched)
        self._list.currentRowChanged.connect(self._on_group_chosen)
        self._retranslate()
        self._list.setCurrentRow(0)
        self.resize(_SIZE)

    def show_settings(self, settings: Settings, secrets: Mapping[str, str]) -> None:
        """Show every value."""
        for name, row in self.rows.items():
            value = secrets.get(name, "") if row.setting.kind == "secret" else getattr(settings, name)
            self._values[name] = value
            row.show_value(value)
        self._show_needs()

    def go_to(self, name: str) -> None:
        """Bring the row of a setting, or a group that is more than rows, into view and give it the keyboard."""
        if name in self._own:
            self._list.setCurrentRow(list(self._panels).index(name))
            self._own[name].findChildren(QPushButton)[0].setFocus()
            return
        row = self.rows[name]
        row.input.target.setFocus()
        self._page.ensureWidgetVisible(row)

    def _lay_out(self) -> None:
        know_viewport(self._page)
        holder = QWidget(self._page.viewport())
        column = QVBoxLayout(holder)
        column.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, 3 * SPACE)
        column.setSpacing(SPACE)
        for group in GROUPS:
            panel = self._panel(
                group.name, [SettingRow(setting, _default(setting), self) for setting in group.settings]
            )
            column.addWidget(panel)
            self._list.addItem(QListWidgetItem(icon(group.picture), ""))
            if group.name == "tls":
                self._add_own(column, "certificates", "certificate")
        self._add_own(column, "storage", "save")
        column.addWidget(self._nothing)
        column.addStretch(1)
        self._page.setWidgetResizable(True)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page.setWidget(holder)
        holder.setAutoFillBackground(False)
        self._list.setFixedWidth(_GROUPS_PX)
        middle = QHBoxLayout()
        middle.setSpacing(SPACE)
        middle.addWidget(self._list)
        middle.addWidget(self._page, 1)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(self._search)
        whole.addLayout(middle, 1)
        whole.addLayout(bottom)

    def _add_own(self, column: QVBoxLayout, name: str, picture: str) -> None:
        column.addWidget(self._panel(name, [self._own[name]]))
        self._list.addItem(QListWidgetItem(icon(picture), ""))

    def _panel(self, name: str, rows: Sequence[QWidget]) -> QWidget:
        panel = QWidget(self)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, SPACE, 0, SPACE)
        column.setSpacing(SPACE // 2)
        title = self._titles[name] = QLabel(panel)
        title.setProperty("kind", "title")
        column.addWidget(title)
        column.addSpacing(SPACE // 2)
        for row in rows:
            column.addWidget(row)
            if isinstance(row, SettingRow):
                self.rows[row.setting.name] = row
                row.changed.connect(self._on_changed)
                row.file_requested.connect(self.file_requested)
        self._panels[name] = panel
        return panel

    def _show_needs(self) -> None:
        for row in self.rows.values():
            name, value = row.setting.needs
            row.setEnabled(not name or self._values[name] == value)

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("Settings"))
        self._search.setPlaceholderText(tr("Search the settings"))
        self._search.setAccessibleName(tr("Search the settings"))
        self._list.setAccessibleName(tr("Groups of settings"))
        self._close.setText(tr("Close"))
        self._nothing.setText(tr("No setting is called so."))
        titles = {group.name: tr(group.title) for group in GROUPS}
        titles |= {"certificates": tr("Client certificates"), "storage": tr("Where things are")}
        for position, name in enumerate(self._panels):
            self._titles[name].setText(titles[name])
            self._list.item(position).setText(titles[name])
        for row in self.rows.values():
            row.retranslate()
        for panel in self._own.values():
            panel.retranslate()
        self._on_searched()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._search.setFocus()  # what is typed in a field counts when the field is left
        super().closeEvent(event)

    def done(self, code: int) -> None:
        self._search.setFocus()
        super().done(code)

    @Slot()
    def _on_searched(self) -> None:
        words = self._search.text()
        found = 0
        for position, (name, panel) in enumerate(self._panels.items()):
            rows = [row for row in self.rows.values() if panel.isAncestorOf(row)]
            whole = not rows or _names(words, self._titles[name].text())
            shown = [row for row in rows if whole or row.matches(words)]
            for row in rows:
                row.setVisible(row in shown)
            own = self._own.get(name)
            visible = _names(words, f"{self._titles[name].text()} {own.words()}") if own else bool(shown)
            panel.setVisible(visible)
            self._list.item(position).setHidden(not visible)
            found += visible
        self._nothing.setVisible(not found)

    @Slot(int)
    def _on_group_chosen(self, position: int) -> None:
        panel = list(self._panels.values())[position]
        self._page.verticalScrollBar().setValue(panel.y())

    @Slot(object, object)
    def _on_changed(self, setting: Setting, value: Any) -> None:
        self._values[setting.name] = value
        self._show_needs()
        self.changed.emit(setting, value)


def _default(setting: Setting) -> Any:
    return "" if setting.kind == "secret" else getattr(Settings(), setting.name)


def _names(words: str, title: str) -> bool:
    return all(word in title.casefold() for word in words.casefold().split())
