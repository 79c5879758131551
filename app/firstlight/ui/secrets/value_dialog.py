"""Asks for the value of one secret."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.request.secret_edit import SecretEdit
from firstlight.ui.theme.tokens import SPACE

_WIDTH = 480


class ValueDialog(QDialog):
    """A new secret's name is typed, too; that of a known one stands there."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secretValueDialog")
        self.setWindowTitle(tr("Set “{name}”", name=name) if name else tr("New secret"))
        self.setMinimumWidth(_WIDTH)
        self._name = OneLineEdit(self)
        self._name.setObjectName("secretNameEdit")
        self._name.setText(name)
        self._name.setReadOnly(bool(name))
        self._value = SecretEdit(self)
        self._value.edit.setObjectName("secretValueEdit")
        self._note = QLabel(tr("Requests refer to it as {reference}.", reference="{{secret:…}}"), self)
        self._note.setProperty("kind", "caption")
        self._save = QPushButton(tr("Keep"), self)
        self._save.setObjectName("secretKeepButton")
        self._save.setProperty("kind", "primary")
        self._save.setDefault(True)
        self._save.clicked.connect(self.accept)
        self._cancel = QPushButton(tr("Cancel"), self)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        for edit in (self._name, self._value.edit):
            edit.textChanged.connect(self._on_changed)
        self._lay_out()
        self._on_changed()
        (self._value.edit if name else self._name).setFocus()

    def name(self) -> str:
        """Return the name as it stands in a reference."""
        return self._name.text().strip()

    def value(self) -> str:
        """Return what was typed."""
        return self._value.edit.text()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        fields: tuple[tuple[str, QWidget, QLineEdit], ...] = (
            (tr("Name"), self._name, self._name),
            (tr("Value"), self._value, self._value.edit),
        )
        for row, (text, widget, edit) in enumerate(fields):
            label = QLabel(text, self)
            label.setBuddy(edit)
            edit.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(self._note, len(fields), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(grid)
        column.addLayout(buttons)

    def _on_changed(self) -> None:
        name = self.name()
        self._save.setEnabled(bool(name and self.value()) and not set(name) & set("{}"))
        self._note.setText(tr("Requests refer to it as {reference}.", reference=f"{{{{secret:{name or '…'}}}}}"))
