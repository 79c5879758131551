"""The credentials of a service: a list, and for each its name and the form of its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from firstlight.model.request import Authorization
from firstlight.model.service import NO_CREDENTIAL, Credential
from firstlight.model.vendors import vendor
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.request.auth_tab import AuthTab
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.services.named_part import NamedPart
from firstlight.ui.theme.tokens import SPACE

_WIDTH_PX = 260
"""As wide as the choice of the kind below it."""


class CredentialForm(QWidget):
    """Shows and edits a Credential."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._credential = Credential(name="")
        self._label, self._alarm = QLabel(self), QLabel(self)
        self._alarm.setProperty("kind", "error")
        self.name = OneLineEdit(self)
        self.name.setObjectName("credentialName")
        self.name.setMaximumWidth(_WIDTH_PX)
        self._label.setBuddy(self.name)
        self.authorization = AuthTab(self, at_the_top=True, narrow=True)
        head = QVBoxLayout()
        head.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 0)
        head.setSpacing(SPACE)
        for widget in (self._label, self.name, self._alarm):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.authorization, 1)
        self.name.typed.connect(lambda text: self._change(name=text.strip()))
        self.authorization.edited.connect(lambda: self._change(authorization=self.authorization.authorization()))

    def show_credential(self, credential: Credential, problem: str) -> None:
        """Show another credential, and what is wrong with its name."""
        self._credential = credential
        if self.name.text().strip() != credential.name:
            self.name.setText(credential.name)
        self.authorization.show_authorization(credential.authorization)
        self.show_problem(problem)

    def show_problem(self, problem: str) -> None:
        """Say what is wrong with the name."""
        self._alarm.setText(problem)
        self._alarm.setVisible(bool(problem))

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._label.setText(tr("Name"))
        self.name.setAccessibleName(tr("Name"))

    def _change(self, **changed: Any) -> None:
        self._credential = replace(self._credential, **changed)
        self.edited.emit(self._credential)


class CredentialsPart(NamedPart):
    """Edits a tuple of Credentials."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.form = CredentialForm()
        self._vendor = ""
        super().__init__(self.form, parent)
        self.list.setObjectName("credentialList")
        self.form.edited.connect(self._on_edited)
        self.retranslate()

    def show_vendor(self, kind: str) -> None:
        """Say whose service it is: a new credential is of the kind that is usual there."""
        self._vendor = kind

    def fresh(self, name: str) -> Credential:
        return Credential(name=name, authorization=Authorization(kind=vendor(self._vendor).credential))

    def put(self, row: Any) -> None:
        self.form.show_credential(row, self._problem(row))

    def picture_of(self, row: Any) -> QIcon:
        return icon("key", "error" if self._problem(row) else "text_muted")

    def words(self) -> dict[str, str]:
        return {
            "list": tr("Credentials"),
            "empty": tr("No credential yet. A credential is one way to sign in: a token, a key pair… Add makes one."),
            "new": tr("Credential"),
            "add": tr("Add"),
            "duplicate": tr("Duplicate"),
            "up": tr("Move up"),
            "down": tr("Move down"),
            "remove": tr("Remove; Ctrl+Z in the list takes it back"),
        }

    def retranslate(self) -> None:
        super().retranslate()
        self.form.retranslate()

    def _problem(self, credential: Credential) -> str:
        if not credential.name:
            return tr("It needs a name.")
        if credential.name.casefold() == NO_CREDENTIAL:
            return tr("“none” stands for no credential: choose another name.")
        return (
            tr("Another one has this name.") if credential is self.current() and self.is_taken(credential.name) else ""
        )

    def _on_edited(self, credential: Credential) -> None:
        self.change_current(credential)
        self.form.show_problem(self._problem(credential))
