"""The channels of a service: a list and a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from firstlight.model.request import Request
from firstlight.model.service import Channel, Credential, Service
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.services.channel_form import ChannelForm
from firstlight.ui.services.named_part import NamedPart

if TYPE_CHECKING:
    from firstlight.editions.fitting import Fit


class ChannelsPart(NamedPart):
    """Edits a tuple of Channels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.form = ChannelForm()
        self._credentials: tuple[Credential, ...] = ()
        self._requests: tuple[Request, ...] = ()
        super().__init__(self.form, parent)
        self.list.setObjectName("channelList")
        self.form.edited.connect(self._on_edited)
        self.retranslate()

    def show_credentials(self, credentials: tuple[Credential, ...]) -> None:
        """Offer these credentials; a new channel is given the first."""
        self._credentials = credentials
        self.form.show_credentials(tuple(entry.name for entry in credentials))
        self.form.show_fit(self._fit(self.form.channel))

    def show_requests(self, requests: tuple[Request, ...]) -> None:
        """Say what is sent over the channels: of an address that is only a host, their paths tell what it is."""
        self._requests = requests
        self.form.show_fit(self._fit(self.form.channel))

    def follow(self, credentials: Mapping[str, str]) -> None:
        """Let channels refer to credentials by their new names."""
        rows = (replace(row, credential=credentials.get(row.credential, row.credential)) for row in self.rows())
        self.replace_all(rows)

    def fresh(self, name: str) -> Channel:
        return Channel(name=name, credential=next((entry.name for entry in self._credentials), ""))

    def put(self, row: Any) -> None:
        self._show(row)

    def picture_of(self, row: Any) -> QIcon:
        return icon("channel") if row.verify_tls else icon("alert", "error")

    def words(self) -> dict[str, str]:
        return {
            "list": tr("Channels"),
            "empty": tr("No channel yet. A channel is one address of the service: public, VPC, edge… Add makes one."),
            "new": tr("Public"),
            "add": tr("Add"),
            "duplicate": tr("Duplicate"),
            "up": tr("Move up: the first one is used unless another is picked"),
            "down": tr("Move down"),
            "remove": tr("Remove; Ctrl+Z in the list takes it back"),
        }

    def retranslate(self) -> None:
        super().retranslate()
        self.form.retranslate()

    def _on_edited(self, channel: Channel) -> None:
        self.change_current(channel)
        self._show(channel)

    def _show(self, channel: Channel) -> None:
        self.form.show_channel(channel, taken=self.is_taken(channel.name))
        self.form.show_fit(self._fit(channel))

    def _fit(self, channel: Channel) -> Fit:
        """Return what the address has to do with the channel's credential."""
        from firstlight.editions.fitting import fit  # knows every vendor: only who edits a channel pays for it

        return fit(channel, Service(channels=tuple(self.rows()), credentials=self._credentials), self._requests)
