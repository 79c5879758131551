"""The Settings tab: drawn from FIELDS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from firstlight.model.request import RequestSettings
from firstlight.texts import N_, tr
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.request.certificate_row import CertificateRow
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.request.settings_fields import FIELDS, SettingField
from firstlight.ui.request.timeout_spin import TimeoutSpin
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, SPACE

_INPUT_WIDTH = 150
_AMOUNTS = {"timeout": N_("s"), "megabytes": "MB"}
"""Kinds of field that hold an amount, and its unit."""
Input: TypeAlias = QCheckBox | TimeoutSpin | QComboBox | OneLineEdit


class SettingsTab(QScrollArea):
    """Shows and edits RequestSettings."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        know_viewport(self)
        self.settings = RequestSettings()
        """What is on screen; a value that nobody touched keeps its exact digits."""
        self._inputs: dict[str, Input] = {}
        self._labels: dict[str, QLabel] = {}
        self._helps: dict[str, QLabel] = {}
        self._warnings: dict[str, QLabel] = {}
        self._rows: dict[str, int] = {}
        form = QWidget(self.viewport())
        form.setObjectName("settingsForm")
        grid = self._grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(2, 1)
        for field in FIELDS:
            self._add(form, grid, field)
            if field.name == "ca_file":
                self.certificate = CertificateRow(form, grid)
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
        self.show_protocol(websocket=False)
        self._retranslate()

    def show_settings(self, settings: RequestSettings) -> None:
        """Show another request's settings."""
        self.settings = settings
        for field in FIELDS:
            entry, value = self._inputs[field.name], getattr(settings, field.name)
            with QSignalBlocker(entry):
                _show(entry, value)
        self._show_warnings()

    def show_protocol(self, *, websocket: bool) -> None:
        """Show the rows that mean something to requests of this protocol."""
        hidden = "http" if websocket else "websocket"
        for field in FIELDS:
            shown = field.protocol != hidden
            for widget in (self._labels[field.name], self._inputs[field.name], self._helps[field.name]):
                widget.setVisible(shown)
            self._grid.setRowMinimumHeight(self._rows[field.name], CONTROL_HEIGHT if shown else 0)

    def _add(self, form: QWidget, grid: QGridLayout, field: SettingField) -> None:
        row = self._rows[field.name] = grid.rowCount()
        entry = _input(field, form, partial(self._on_edited, field))
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
        self.certificate.retranslate()
        for field in FIELDS:
            entry = self._inputs[field.name]
            self._labels[field.name].setText(tr(field.label))
            self._helps[field.name].setText(tr(field.help))
            entry.setAccessibleName(tr(field.label))
            entry.setAccessibleDescription(tr(field.help))
            with QSignalBlocker(entry):
                if isinstance(entry, TimeoutSpin):
                    entry.retranslate()
                elif isinstance(entry, QComboBox):
                    for position, (_, label) in enumerate(field.choices):
                        entry.setItemText(position, tr(label))
            if field.warning_when_off:
                self._warnings[field.name].setText(tr(field.warning_when_off))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _on_edited(self, field: SettingField, value: float | bool | str) -> None:
        changes: dict[str, Any] = {field.name: (value or None) if field.kind in _AMOUNTS else value}
        self.settings = replace(self.settings, **changes)
        self._show_warnings()
        self.edited.emit()


def _input(field: SettingField, form: QWidget, edited: Callable[[Any], None]) -> Input:
    """Return the input of one row; it calls `edited` with every value that the user gives."""
    if field.kind == "switch":
        box = QCheckBox(form)
        box.toggled.connect(edited)
        return box
    entry: TimeoutSpin | QComboBox | OneLineEdit
    if field.kind in _AMOUNTS:
        entry = TimeoutSpin(form, unit=_AMOUNTS[field.kind], nothing=field.nothing)
        entry.valueChanged.connect(edited)
    elif field.kind == "choice":
        entry = combo = QComboBox(form)
        for value, label in field.choices:
            combo.addItem(label, value)
        combo.activated.connect(lambda: edited(combo.currentData()))
    else:
        entry = OneLineEdit(form)
        entry.setPlaceholderText(field.placeholder)
        entry.typed.connect(edited)
    entry.setFixedWidth(_INPUT_WIDTH)
    return entry


def _show(entry: Input, value: Any) -> None:
    match entry:
        case TimeoutSpin():
            entry.show_seconds(value)
        case QCheckBox():
            entry.setChecked(value)
        case QComboBox():
            entry.setCurrentIndex(max(0, entry.findData(value)))
        case OneLineEdit():
            entry.setText(value)
