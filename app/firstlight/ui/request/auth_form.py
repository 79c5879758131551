"""The inputs of one authorization method, drawn from its fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSizePolicy, QWidget

from firstlight.auth import AuthMethod, Field
from firstlight.texts import tr
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.request.secret_edit import SecretEdit
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, SPACE

WIDEST = 560
_SHORTEST_CHOICE = 8


class AuthForm(QWidget):
    """Shows and edits the values of `method`. Values it has no field for are kept."""

    edited = Signal()

    def __init__(self, method: AuthMethod, values: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.method = method
        self.values: dict[str, str] = dict(values)
        self.inputs: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._helps: dict[str, QLabel] = {}
        self.setMaximumWidth(WIDEST)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        self._rows: dict[str, int] = {}
        for field in method.fields:
            self._add(grid, field)
        grid.setRowStretch(grid.rowCount() + 1, 1)  # where there is more room than it needs, its rows stay together
        self._show_counting()
        self.retranslate()

    def retranslate(self) -> None:
        """Show labels, choices and help in the language now in use."""
        for field in self.method.fields:
            entry, label = self.inputs[field.name], self._labels[field.name]
            label.setText(tr(field.label))
            if field.help:
                self._helps[field.name].setText(tr(field.help))
            target = entry.edit if isinstance(entry, SecretEdit) else entry
            target.setAccessibleName(tr(field.label))
            target.setAccessibleDescription(tr(field.help))
            if isinstance(entry, QComboBox):
                for position, (_, text) in enumerate(field.choices):
                    entry.setItemText(position, tr(text))
            elif isinstance(entry, SecretEdit):
                entry.retranslate()

    def label_width(self) -> int:
        """Return what the labels need."""
        return max((label.sizeHint().width() for label in self._labels.values()), default=0)

    def _add(self, grid: QGridLayout, field: Field) -> None:
        row = grid.rowCount()
        entry = self._combo(field) if field.choices else self._text(field)
        entry.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        label = QLabel(self)
        label.setBuddy(entry)
        label.setMinimumHeight(CONTROL_HEIGHT)
        self.inputs[field.name], self._labels[field.name] = entry, label
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(entry, row, 1)
        if field.help:
            note = QLabel(self)
            note.setProperty("kind", "caption")
            note.setWordWrap(True)
            self._helps[field.name] = note
            grid.addWidget(note, row + 1, 1)
        self._rows[field.name] = row

    def _show_counting(self) -> None:
        """Show the fields that count with what is chosen; what was typed in the others is kept."""
        counting = {field.name for field in self.method.fields_for(self.values)}
        for name, row in self._rows.items():
            for widget in (self._labels[name], self.inputs[name], self._helps.get(name)):
                if widget is not None:
                    widget.setVisible(name in counting)
            self._grid.setRowMinimumHeight(row + 2, SPACE // 2 if name in counting else 0)

    def _text(self, field: Field) -> QWidget:
        entry = SecretEdit(self) if field.secret else OneLineEdit(self)
        edit = entry.edit if isinstance(entry, SecretEdit) else entry
        edit.setObjectName(field.name)
        edit.setPlaceholderText(field.placeholder)
        edit.setText(self.values.get(field.name, ""))
        edit.typed.connect(partial(self._on_typed, field.name))
        if field.suggestions:
            self._suggest(edit, field)
        return entry

    def _suggest(self, edit: OneLineEdit, field: Field) -> None:
        from firstlight.ui.request.suggestions import Suggestions

        offered = Suggestions(field.suggestions, lambda _word: "", edit)
        edit.setCompleter(offered)

        def take(word: str) -> None:
            edit.selectAll()
            edit.insert(word)  # as if typed: Qt's own way of taking a word tells nobody

        offered.activated.connect(take)

    def _combo(self, field: Field) -> QComboBox:
        entry = QComboBox(self)
        entry.setObjectName(field.name)
        # Else its longest choice would make the whole form scroll sideways in a narrow window.
        entry.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        entry.setMinimumContentsLength(_SHORTEST_CHOICE)
        for value, label in field.choices:
            entry.addItem(label, value)
        entry.setCurrentIndex(max(0, entry.findData(self.values.get(field.name, ""))))
        entry.activated.connect(lambda: self._on_typed(field.name, entry.currentData()))
        return entry

    def _on_typed(self, name: str, value: str) -> None:
        if value:
            self.values[name] = value
        else:
            self.values.pop(name, None)
        if any(field.needs is not None and field.needs[0] == name for field in self.method.fields):
            self._show_counting()
        self.edited.emit()
