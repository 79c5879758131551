"""Asks for the master password of the vault, to create, unlock or change it; says what is wrong, and stays open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from firstlight.texts import N_, tr
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, SPACE

_WIDTH = 440


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What the password is asked for."""

    title: str
    text: str
    fields: tuple[str, ...]
    """Of `old`, `new`, `again`."""
    accept: str
    reject: str = N_("Cancel")


CREATE = Purpose(
    title=N_("Create a vault"),
    text=N_(
        "Choose a master password. Nobody can restore it: whoever forgets it types the secrets in anew."
        " The vault is a file on this computer: {path}"
    ),
    fields=("new", "again"),
    accept=N_("Create the vault"),
)
UNLOCK = Purpose(
    title=N_("Unlock the vault"),
    text=N_("The secrets in the vault are needed. It stays open until the window closes or you lock it."),
    fields=("old",),
    accept=N_("Unlock"),
    reject=N_("Not now"),
)
CHANGE = Purpose(
    title=N_("Change the master password"),
    text=N_("Everything in the vault stays. Other windows ask for the new password."),
    fields=("old", "new", "again"),
    accept=N_("Change"),
)
_LABELS = {"old": N_("Master password"), "new": N_("New master password"), "again": N_("Once more")}


class PasswordDialog(QDialog):
    """Tells what was typed; whoever opened it tries it and says `done(1)` or `refuse`."""

    tried = Signal(str, str)
    """(old password, new password); the one that is not asked for is empty."""

    def __init__(self, purpose: Purpose, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passwordDialog")
        self.setWindowTitle(tr(purpose.title))
        self.setMinimumWidth(_WIDTH)
        self._fields = {name: self._field(name) for name in purpose.fields}
        self._text = QLabel(tr(purpose.text, path=path), self)
        self._text.setWordWrap(True)
        self._problem = QLabel(self)
        self._problem.setObjectName("passwordProblem")
        self._problem.setProperty("kind", "error")
        self._problem.setWordWrap(True)
        self._accept = self._button(purpose.accept, "passwordAcceptButton", self._on_accepted)
        self._accept.setProperty("kind", "primary")
        self._accept.setDefault(True)
        self._reject = self._button(purpose.reject, "passwordRejectButton", self.reject)
        self._reject.setAutoDefault(False)
        self._lay_out()
        self._on_typed()

    def refuse(self, problem: str) -> None:
        """Say what was wrong and let the person try again."""
        self._accept.setEnabled(True)
        self._problem.setText(problem)
        first = next(iter(self._fields.values()))
        first.selectAll()
        first.setFocus()

    def _field(self, name: str) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setObjectName(f"{name}Password")
        edit.setAccessibleName(tr(_LABELS[name]))
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.textChanged.connect(self._on_typed)
        return edit

    def _button(self, text: str, name: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(tr(text), self)
        button.setObjectName(name)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        for row, (name, edit) in enumerate(self._fields.items()):
            label = QLabel(tr(_LABELS[name]), self)
            label.setBuddy(edit)
            grid.addWidget(label, row, 0)
            grid.addWidget(edit, row, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._reject)
        buttons.addWidget(self._accept)
        self._problem.setMinimumHeight(CONTROL_HEIGHT)
        self._problem.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._text)
        column.addSpacing(SPACE)
        column.addLayout(grid)
        column.addWidget(self._problem)
        column.addLayout(buttons)

    def _typed(self, name: str) -> str:
        return self._fields[name].text() if name in self._fields else ""

    @Slot()
    def _on_typed(self) -> None:
        self._problem.setText("")
        self._accept.setEnabled(all(edit.text() for edit in self._fields.values()))

    @Slot()
    def _on_accepted(self) -> None:
        if self._typed("new") != self._typed("again"):
            self._problem.setText(tr("The two new passwords differ."))
            self._fields["again"].setFocus()
            self._fields["again"].selectAll()
            return
        self._accept.setEnabled(False)  # trying takes a quarter of a second
        self.tried.emit(self._typed("old"), self._typed("new"))
