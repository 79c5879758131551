"""The Settings tab: drawn from FIELDS."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from firstlight.model.request import RequestSettings
from firstlight.texts import tr
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.request.settings_fields import FIELDS, SettingField
from firstlight.ui.request.timeout_spin import TimeoutSpin
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, SPACE

_INPUT_WIDTH = 140


class SettingsTab(QScrollArea):
    """Shows and edits RequestSettings."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        know_viewport(self)
        self.settings = RequestSettings()
        """What is on screen; a value that nobody touched keeps its exact digits."""
        self._inputs: dict[str, QCheckBox | TimeoutSpin] = {}
        self._labels: dict[str, QLabel] = {}
        self._helps: dict[str, QLabel] = {}
        self._warnings: dict[str, QLabel] = {}
        form = QWidget(self.viewport())
        form.setObjectName("settingsForm")
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(2, 1)
        for field in FIELDS:
            self._add(form, grid, field)
        layout = QVBoxLayout(form)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.addLayout(grid)
        layout.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(form)
        form.setAutoFillBackground(False)  # setWidget turns it on: the page would be grey
        self.viewport().setAutoFillBackground(False)
        self.show_settings(RequestSettings())
        self._retranslate()

    def show_settings(self, settings: RequestSettings) -> None:
        """Show another request's settings."""
        self.settings = settings
        for field in FIELDS:
            entry, value = self._inputs[field.name], getattr(settings, field.name)
            with QSignalBlocker(entry):
                if isinstance(entry, TimeoutSpin):
                    entry.show_seconds(value)
                else:
                    entry.setChecked(value)
        self._show_warnings()

    def _add(self, form: QWidget, grid: QGridLayout, field: SettingField) -> None:
        row = grid.rowCount()
        entry: QCheckBox | TimeoutSpin
        if field.timeout:
            entry = TimeoutSpin(form)
            entry.setFixedWidth(_INPUT_WIDTH)
            entry.valueChanged.connect(partial(self._on_edited, field))
        else:
            entry = QCheckBox(form)
            entry.toggled.connect(partial(self._on_edited, field))
        entry.setObjectName(field.name)
        label, note = QLabel(form), QLabel(form)
        label.setBuddy(entry)
        note.setProperty("kind", "caption")
        note.setWordWrap(True)
        self._inputs[field.name], self._labels[field.name], self._helps[field.name] = entry, label, note
        for column, widget in enumerate((label, entry, note)):
            grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter)
        grid.setRowMinimumHeight(row, CONTROL_HEIGHT)
        if field.warning_when_off:
            warning = QLabel(form)
            warning.setObjectName(field.name + "Warning")
            warning.setProperty("kind", "error")
            warning.setWordWrap(True)
            self._warnings[field.name] = warning
            grid.addWidget(warning, row + 1, 1, 1, 2)

    def _show_warnings(self) -> None:
        for name, warning in self._warnings.items():
            warning.setVisible(not getattr(self.settings, name))

    def _retranslate(self) -> None:
        for field in FIELDS:
            entry = self._inputs[field.name]
            self._labels[field.name].setText(tr(field.label))
            self._helps[field.name].setText(tr(field.help))
            entry.setAccessibleName(tr(field.label))
            entry.setAccessibleDescription(tr(field.help))
            if isinstance(entry, TimeoutSpin):
                with QSignalBlocker(entry):
                    entry.retranslate()
            if field.warning_when_off:
                self._warnings[field.name].setText(tr(field.warning_when_off))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _on_edited(self, field: SettingField, value: float | bool) -> None:
        changes: dict[str, Any] = {field.name: (value or None) if field.timeout else bool(value)}
        self.settings = replace(self.settings, **changes)
        self._show_warnings()
        self.edited.emit()
