"""Below the request bar, for a request of a service: its channel, its credential, and the address they lead to."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from firstlight.model.channels import channel_kind
from firstlight.model.exchange import Scope
from firstlight.model.request import FROM_SERVICE, Request
from firstlight.model.route import Choice, channel_of, chosen, credential_name
from firstlight.model.service import NO_CREDENTIAL, Channel, Service, named
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.request.elided_label import ElidedLabel
from firstlight.ui.request.route_combo import RouteCombo, RouteEntry
from firstlight.ui.request.route_words import channel_tip, filler, label_of, way_of
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE

_ROOM_FOR_WORDS_PX = 760
"""In a narrow window the pictures have to do, so that the address can be read."""
_OWN = "\0own"  # no credential can be called so


class RouteBar(QFrame):
    """Shows a request and a Choice; says what else was picked."""

    picked = Signal(object)
    """Another Choice."""
    keep_requested = Signal()
    """What is picked shall be the request's own from now on."""
    edit_requested = Signal(str)
    """Show this part of the service: `channels` or `credentials`; empty: as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("routeBar")
        self.setProperty("kind", "bar")
        self._request, self._choice = Request(), Choice()
        self._service: Service | None = None
        self._scope = Scope(variables={}, secret=lambda _name: None)
        self._channel_word, self._credential_word = QLabel(self), QLabel(self)
        self.channels, self.credentials = RouteCombo(self), RouteCombo(self)
        self.channels.setObjectName("channelCombo")
        self.credentials.setObjectName("credentialCombo")
        self._keep = QToolButton(self)
        self._keep.setObjectName("keepRouteButton")
        self._keep.setProperty("kind", "flat")
        self._keep.setIcon(icon("pin"))
        self._keep.setIconSize(QSize(16, 16))
        self._unsaved = QToolButton(self)
        self._unsaved.setObjectName("unsavedServiceButton")
        self._unsaved.setProperty("kind", "flat")
        self._unsaved.setIcon(icon("alert", "warn"))
        self._unsaved.setIconSize(QSize(16, 16))
        self._unsaved.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._unsaved.hide()
        self._warning = QLabel(self)
        self._warning.setObjectName("routeWarning")
        self._address = ElidedLabel(self)
        self._address.setObjectName("routeAddress")
        self._lay_out()
        self.channels.picked.connect(self.pick_channel)
        self.credentials.picked.connect(self.pick_credential)
        self.channels.edit_requested.connect(lambda: self.edit_requested.emit("channels"))
        self.credentials.edit_requested.connect(lambda: self.edit_requested.emit("credentials"))
        self._unsaved.clicked.connect(lambda: self.edit_requested.emit(""))
        self._keep.clicked.connect(self.keep_requested)
        self._retranslate()

    def show_route(self, request: Request, choice: Choice, service: Service | None, scope: Scope) -> None:
        """Show how `request` goes with `choice`; `service` is its service, None when that is not there."""
        self._request, self._choice, self._service, self._scope = request, choice, service, scope
        self._show()

    def show_unsaved(self, unsaved: bool) -> None:
        """Say whether the page of the service has changes with which the request does not go yet."""
        self._unsaved.setVisible(unsaved)

    def open(self, combo: str) -> None:
        """Show the choice of `channels` or `credentials` to the keyboard."""
        shown = self.channels if combo == "channels" else self.credentials
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)
        shown.showPopup()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        row.setSpacing(SPACE)
        for word, combo in ((self._channel_word, self.channels), (self._credential_word, self.credentials)):
            word.setProperty("kind", "caption")
            word.setBuddy(combo)
            row.addWidget(word)
            row.addWidget(combo)
        row.addWidget(self._unsaved)
        row.addWidget(self._warning)
        row.addWidget(self._address, 1)
        row.addWidget(self._keep)
        policy = self._keep.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the row keeps its height
        self._keep.setSizePolicy(policy)

    def _show(self) -> None:
        service = self._service or Service(name=self._request.service)
        sent = chosen(self._request, self._choice)
        channel = channel_of(sent, service)
        self.channels.show_entries(
            self._channel_entries(service, sent), channel.name if channel else sent.channel, tr("Edit channels…")
        )
        self.credentials.show_entries(
            self._credential_entries(service, sent, channel), self._signing(sent, channel), tr("Edit credentials…")
        )
        self._keep.setVisible(self._choice != Choice())
        self._show_way(sent, service, channel)

    def _channel_entries(self, service: Service, sent: Request) -> Iterator[RouteEntry]:
        filled = filler(self._scope)
        for channel in service.channels:
            tip, safe = channel_tip(channel, filled), channel.verify_tls
            picture, color = ("channel", "text_muted") if safe else ("alert", "error")
            yield RouteEntry(data=channel.name, text=channel.name, tip=tip, picture=picture, color=color)
        if channel_of(sent, service) is None:
            text = sent.channel or tr("No channel yet")
            tip = tr("The service has no such channel.") if sent.channel else tr("Add an address to the service.")
            yield RouteEntry(data=sent.channel, text=text, tip=tip, picture="alert", color="error")

    def _credential_entries(self, service: Service, sent: Request, channel: Channel | None) -> Iterator[RouteEntry]:
        own = self._request.authorization
        if own.kind != FROM_SERVICE.kind:
            text = tr("Own: {kind}", kind=label_of(own))
            tip = tr("The request signs by itself, as its Authorization tab says.")
            yield RouteEntry(data=_OWN, text=text, tip=tip, picture="request")
        usual = channel.credential or NO_CREDENTIAL if channel else ""
        for entry in service.credentials:
            tip = label_of(entry.authorization) + self._usual(entry.name == usual)
            yield RouteEntry(data=entry.name, text=entry.name, tip=tip, picture="key")
        tip = tr("Nothing is added to the request") + self._usual(usual == NO_CREDENTIAL)
        yield RouteEntry(data=NO_CREDENTIAL, text=tr("No credential"), tip=tip, picture="none")
        name = self._signing(sent, channel)
        if name not in (_OWN, NO_CREDENTIAL) and named(service.credentials, name) is None:
            tip = tr("The service has no such credential.")
            yield RouteEntry(data=name, text=name, tip=tip, picture="alert", color="error")

    def _usual(self, usual: bool) -> str:
        return "\n" + tr("Used on this channel unless another one is picked") if usual else ""

    def _signing(self, sent: Request, channel: Channel | None) -> str:
        """Return the data of the entry that says what signs."""
        if sent.authorization.kind != FROM_SERVICE.kind:
            return _OWN
        name = credential_name(sent, channel or Channel(name=""))
        found = named(self._service.credentials, name) if self._service and name != NO_CREDENTIAL else None
        return found.name if found else name

    def _show_way(self, sent: Request, service: Service, channel: Channel | None) -> None:
        if channel is None:
            self._address.show_text("")
            self._warning.hide()
            return
        way = way_of(sent, service, self._scope)
        self._address.show_text(way.url)
        self._address.setAccessibleName(tr("Goes to {url}", url=way.url))
        words, tip = "", ""
        set_kind(self._warning, "error" if way.unverified else "warn")
        if way.unverified:
            words = tr("Certificate not verified")
            tip = tr("Anyone on the way can read and change this request, its secrets included.")
        elif way.in_clear:
            words = tr("Secret in clear text")
            tip = tr("The credential travels over plain http: everybody on the way can read it.")
        self._warning.setText(words)
        self._warning.setToolTip(plain_tip(tip))
        self._warning.setVisible(bool(words))

    def pick_channel(self, name: str) -> None:
        """Send over the channel of this name."""
        channel = named(self._service.channels, name) if self._service else None
        # A credential that was picked for another address is not given to one where nobody asks for it.
        leaks = channel is not None and not channel_kind(channel.kind).takes_credentials
        first = self._service.channels[0].name if self._service and self._service.channels else ""
        usual = name == (self._request.channel or first)
        credential = "" if leaks else self._choice.credential
        self.picked.emit(Choice(channel="" if usual else name, credential=credential))

    def pick_credential(self, name: str) -> None:
        """Send with the credential of this name, or with NO_CREDENTIAL."""
        plain = Choice(channel=self._choice.channel)
        sent = chosen(self._request, plain)
        channel = channel_of(sent, self._service) if self._service else None
        usual = name in (_OWN, self._signing(sent, channel))
        self.picked.emit(plain if usual else Choice(channel=plain.channel, credential=name))

    def _retranslate(self) -> None:
        self._channel_word.setText(tr("Channel"))
        self._credential_word.setText(tr("Credential"))
        self.channels.setAccessibleName(tr("Channel"))
        self.channels.setAccessibleDescription(tr("The address of the service that the request is sent to"))
        self.credentials.setAccessibleName(tr("Credential"))
        self.credentials.setAccessibleDescription(tr("What signs the request"))
        self._unsaved.setText(tr("Service not saved"))
        self._unsaved.setAccessibleName(tr("Service not saved"))
        tip = tr("Its page has unsaved changes: requests go with the service as it was saved last. Click to see it.")
        self._unsaved.setToolTip(plain_tip(tip))
        self._unsaved.setAccessibleDescription(tip)
        words = tr("Keep this choice in the request")
        self._keep.setAccessibleName(words)
        self._keep.setToolTip(tr("Keep this choice in the request, so that it always starts with it"))
        if self._request.service:
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for word in (self._channel_word, self._credential_word):
            word.setVisible(self.width() >= _ROOM_FOR_WORDS_PX)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
