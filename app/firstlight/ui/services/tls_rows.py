"""Two rows of a channel's form: whether its certificate is verified, and which authorities are trusted besides."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox

from firstlight.texts import tr
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.services.labelled_form import LabelledForm


class TlsRows:
    """The inputs are `verify` and `ca_file`; whose form it is listens to them."""

    def __init__(self, form: LabelledForm, prefix: str) -> None:
        """`prefix` begins the object names."""
        self._form = form
        self.verify, self.ca_file = QCheckBox(form.page), OneLineEdit(form.page)
        form.add(self.verify, f"{prefix}Verify")
        form.add(self.ca_file, f"{prefix}CaFile")
        self.ca_file.setPlaceholderText("files/company-ca.pem")

    def show(self, *, verify_tls: bool, ca_file: str) -> None:
        """Show these values."""
        with QSignalBlocker(self.verify):
            self.verify.setChecked(verify_tls)
        if self.ca_file.text().strip() != ca_file.strip():  # a blank at the end may be followed by a word
            self.ca_file.setText(ca_file)

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        off = tr("Off: anyone on the way can read and change this request, its secrets included.")
        help_ = tr("The certificate must be trusted by this computer and match the host name.")
        alarm = "" if self.verify.isChecked() else off
        self._form.label(self.verify, tr("Verify TLS certificate"), help_, alarm=alarm)
        self._form.label(
            self.ca_file,
            tr("Further authorities"),
            tr("A PEM file of authorities that are trusted here, beside those of this computer."),
        )
