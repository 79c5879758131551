"""Asks for one client certificate: for which host, in which files, under which passphrase; says what is in them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight.model.client_certificate import ClientCertificate
from firstlight.model.host_patterns import is_pattern
from firstlight.texts import tr
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.request.secret_edit import SecretEdit
from firstlight.ui.settings.certificates import Looked, state_of
from firstlight.ui.theme.tokens import SPACE

_WIDTH = 620
_PAUSE_MS = 300
"""Files are looked at when nothing was typed for so long: opening a PKCS#12 file takes 50 ms."""


class CertificateDialog(QDialog):
    """Its opener looks at the files and chooses them."""

    look_requested = Signal(object)
    """A ClientCertificate that may be whole."""
    file_requested = Signal(object)
    """The OneLineEdit that gets the path."""

    def __init__(self, client: ClientCertificate | None, taken: Collection[str], parent: QWidget | None = None) -> None:
        """Show `client`, or nothing; `taken` are the hosts of the others."""
        super().__init__(parent)
        self.setObjectName("certificateDialog")
        self.setWindowTitle(tr("Client certificate"))
        self.setMinimumWidth(_WIDTH)
        self._taken = {host.casefold() for host in taken}
        self._host = self._edit("certificateHost", "api.example.com", client.host if client else "")
        self._file = self._edit("certificateFile", "client.pem, client.p12", client.file if client else "")
        self._key_file = self._edit("certificateKeyFile", "client.key", client.key_file if client else "")
        self._passphrase = SecretEdit(self)
        self._passphrase.edit.setObjectName("certificatePassphrase")
        self._passphrase.edit.setText(client.passphrase if client else "")
        self._state = QLabel(self)
        self._state.setObjectName("certificateState")
        self._state.setWordWrap(True)
        self._keep = QPushButton(tr("Keep"), self)
        self._keep.setObjectName("certificateKeepButton")
        self._keep.setProperty("kind", "primary")
        self._keep.setDefault(True)
        self._keep.clicked.connect(self.accept)
        self._cancel = QPushButton(tr("Cancel"), self)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._looking = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._looking.timeout.connect(lambda: self.look_requested.emit(self.client()))
        for edit in (self._host, self._file, self._key_file, self._passphrase.edit):
            edit.textChanged.connect(self._on_changed)
        self._lay_out()
        self._on_changed()

    def client(self) -> ClientCertificate:
        """Return what is typed."""
        return ClientCertificate(
            host=self._host.text().strip(),
            file=self._file.text().strip(),
            key_file=self._key_file.text().strip(),
            passphrase=self._passphrase.edit.text(),
        )

    def show_look(self, client: ClientCertificate, looked: Looked) -> None:
        """Say what is in the files of `client`, unless something else is typed by now."""
        if client != self.client() or self._problem():
            return
        text, token = state_of(looked)
        self._say(f"{looked.certificate.subject} · {text}" if looked.certificate else text, token)

    def _edit(self, name: str, placeholder: str, text: str) -> OneLineEdit:
        edit = OneLineEdit(self)
        edit.setObjectName(name)
        edit.setPlaceholderText(placeholder)
        edit.setText(text)
        return edit

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        for name, field, edit, caption in (
            (
                tr("Host"),
                self._host,
                self._host,
                tr("*.example.com: every host below it; :port where only that is meant; *: every host"),
            ),
            (tr("Certificate"), self._with_browse(self._file), self._file, tr("PEM or PKCS#12 (.p12, .pfx)")),
            (
                tr("Private key"),
                self._with_browse(self._key_file),
                self._key_file,
                tr("PEM. Leave it empty if the key is in the file above."),
            ),
            (
                tr("Passphrase"),
                self._passphrase,
                self._passphrase.edit,
                tr("Kept with the secrets, never in a file of the settings."),
            ),
        ):
            row = grid.rowCount()
            label, note = QLabel(name, self), QLabel(caption, self)
            label.setBuddy(edit)
            edit.setAccessibleName(name)
            edit.setAccessibleDescription(caption)
            note.setProperty("kind", "caption")
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
            grid.addWidget(note, row + 1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(grid)
        column.addWidget(self._state)
        column.addLayout(buttons)

    def _with_browse(self, edit: OneLineEdit) -> QWidget:
        holder = QWidget(self)
        browse = QPushButton(tr("Choose a file…"), holder)
        browse.setObjectName(edit.objectName() + "Browse")
        browse.setAutoDefault(False)
        browse.clicked.connect(lambda: self.file_requested.emit(edit))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(edit, 1)
        row.addWidget(browse)
        return holder

    def _on_changed(self) -> None:
        typed, problem = self.client(), self._problem()
        self._keep.setEnabled(bool(typed.host and typed.file) and not problem)
        self._say(problem, "error")
        self._looking.stop()
        if typed.file and not problem:
            self._looking.start()

    def _problem(self) -> str:
        host = self.client().host
        if host and not is_pattern(host):
            return tr("“{host}” is no host: write it without https:// and without a path.", host=host)
        if host.casefold() in self._taken:
            return tr("{host} has a certificate already; edit that one.", host=host)
        return ""

    def _say(self, text: str, token: str) -> None:
        self._state.setText(text or " ")  # the line keeps its place
        self._state.setProperty("kind", token if token in ("error", "warn") else "caption")
        self._state.style().polish(self._state)
