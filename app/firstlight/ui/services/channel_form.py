"""One channel of a service as a form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from firstlight.model.channels import CHANNEL_KINDS, channel_kind
from firstlight.model.service import Channel
from firstlight.texts import Phrase, tr
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.services.labelled_form import LabelledForm
from firstlight.ui.services.tls_rows import TlsRows

if TYPE_CHECKING:
    from firstlight.editions.fitting import Fit


class ChannelForm(LabelledForm):
    """Shows and edits a Channel."""

    edited = Signal(object)
    """The Channel as it is on screen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._channel = Channel(name="")
        self._credentials: tuple[str, ...] = ()
        self._taken = False
        self.name, self.url = OneLineEdit(self.page), OneLineEdit(self.page)
        self.kind, self.credential = QComboBox(self.page), QComboBox(self.page)
        self.connect_to, self.description = OneLineEdit(self.page), OneLineEdit(self.page)
        for entry, name in (
            (self.name, "channelName"),
            (self.kind, "channelKind"),
            (self.url, "channelUrl"),
            (self.credential, "channelCredential"),
            (self.connect_to, "channelConnectTo"),
        ):
            self.add(entry, name)
        self._tls = TlsRows(self, "channel")
        self.add(self.description, "channelDescription")
        for choice in CHANNEL_KINDS:
            self.kind.addItem("", choice.kind)
        self.url.setPlaceholderText("https://…")
        self.connect_to.setPlaceholderText("10.0.0.8:443")
        self._misfit: Phrase | None = None
        self._note = ""
        self._connect()
        self.retranslate()

    def show_channel(self, channel: Channel, *, taken: bool) -> None:
        """Show another channel; `taken`: there is a second one of its name."""
        self._channel, self._taken = channel, taken
        for edit, text in (
            (self.name, channel.name),
            (self.url, channel.url),
            (self.connect_to, channel.connect_to),
            (self.description, channel.description),
        ):
            if edit.text().strip() != text.strip():  # a blank at the end may be followed by a word
                edit.setText(text)
        self._tls.show(verify_tls=channel.verify_tls, ca_file=channel.ca_file)
        kind = self.kind.findData(channel.kind)
        self.kind.setCurrentIndex(kind if kind >= 0 else self.kind.count() - 1)
        self._show_credential()
        self.retranslate()

    @property
    def channel(self) -> Channel:
        """What is shown, as it was edited."""
        return self._channel

    def show_fit(self, fit: Fit) -> None:
        """Say what the address has to do with the credential."""
        if (fit.misfit, fit.note) != (self._misfit, self._note):
            self._misfit, self._note = fit.misfit, fit.note
            self.retranslate()

    def show_credentials(self, names: tuple[str, ...]) -> None:
        """Offer these credentials."""
        if names != self._credentials:
            self._credentials = names
            self._show_credential()

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        for row, entry in enumerate(CHANNEL_KINDS):
            self.kind.setItemText(row, tr(entry.label))
        self.credential.setItemText(0, tr("No credential"))
        kind, channel = channel_kind(self._channel.kind), self._channel
        self.label(
            self.name,
            tr("Name"),
            alarm=tr("Another one has this name.") if self._taken else "" if channel.name else tr("It needs a name."),
        )
        self.label(self.kind, tr("Kind"), tr(kind.hint))
        self.label(self.url, tr("Address"), tr("What every path of the service begins with, variables included."))
        leaks = bool(channel.credential) and not kind.takes_credentials
        alarm = tr(self._misfit) if self._misfit else ""
        alarm = tr("Nobody checks a credential there: sending it only gives it away.") if leaks else alarm
        self.label(
            self.credential,
            tr("Credential"),
            tr(self._note) if self._note else tr("Signs what goes this way, unless another is picked."),
            alarm=alarm,
        )
        self.label(
            self.connect_to,
            tr("Connect to"),
            tr("Another address for the same service: Host and the name that TLS checks stay those of the URL."),
        )
        self._tls.retranslate()
        self.label(self.description, tr("Note"))

    def _connect(self) -> None:
        self.name.typed.connect(lambda text: self._change(name=text.strip()))
        self.url.typed.connect(lambda text: self._change(url=text.strip()))
        self.connect_to.typed.connect(lambda text: self._change(connect_to=text.strip()))
        self._tls.ca_file.typed.connect(lambda text: self._change(ca_file=text.strip()))
        self.description.typed.connect(lambda text: self._change(description=text.strip()))
        self._tls.verify.toggled.connect(lambda on: self._change(verify_tls=on))
        self.credential.activated.connect(lambda: self._change(credential=self.credential.currentData()))
        self.kind.activated.connect(self._on_kind_chosen)

    def _on_kind_chosen(self) -> None:
        kind = channel_kind(self.kind.currentData())
        before = channel_kind(self._channel.kind)
        credential = self._channel.credential
        if before.takes_credentials and not kind.takes_credentials:
            credential = ""
        elif kind.takes_credentials and not before.takes_credentials and not credential:
            credential = next(iter(self._credentials), "")
        self._change(kind=kind.kind, credential=credential)
        self._show_credential()

    def _change(self, **changed: Any) -> None:
        self._channel = replace(self._channel, **changed)
        self.edited.emit(self._channel)

    def _show_credential(self) -> None:
        chosen = self._channel.credential
        names = self._credentials if not chosen or chosen in self._credentials else (*self._credentials, chosen)
        self.credential.clear()
        self.credential.addItem(tr("No credential"), "")
        for name in names:
            self.credential.addItem(name, name)
        self.credential.setCurrentIndex(max(self.credential.findData(chosen), 0))
