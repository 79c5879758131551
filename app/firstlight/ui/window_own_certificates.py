"""Says on the Settings tab in front which client certificate its host gets, and leads to where it is chosen."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from firstlight.model.client_certificate import ClientCertificate, certificate_for
from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError
from firstlight.model.protocols import handshake, is_websocket
from firstlight.store.client_certificates import read_unlocked
from firstlight.texts import Phrase
from firstlight.ui.tabs_page import is_request

if TYPE_CHECKING:
    from firstlight.model.wire_url import WireUrl
    from firstlight.ui.tabs_request import RequestTab
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_session import Session
    from firstlight.ui.window_settings import SettingsWork

_PAUSE_MS = 150


class OwnCertificates(QObject):
    """One per window. Works while a Settings tab is seen."""

    def __init__(self, window: MainWindow, session: Session, settings: SettingsWork) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._settings = settings
        self._telling: asyncio.Task[None] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._start)
        window.tabs.current_changed.connect(self._start)
        settings.network_changed.connect(self._start)

    def attach(self, tab: RequestTab) -> None:
        """Follow what is typed in `tab`, and which of its parts is in front."""
        tab.editor.changed.connect(partial(self._on_changed, tab))
        tab.editor.route_picked.connect(self._start)
        tab.editor.part_chosen.connect(self._start)
        tab.editor.certificates_requested.connect(partial(self._settings.open_at, "certificates"))

    def _on_changed(self, tab: RequestTab) -> None:
        if tab.editor.settings_page is not None:
            self._pause.start()

    @Slot()
    def _start(self) -> None:
        tab = self._window.tabs.current()
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        page = tab.editor.settings_page if is_request(tab) else None
        if is_request(tab) and page is not None and page.isVisible():
            self._telling = self._window.tasks.start(self._tell(tab), name="look for a client certificate")

    async def _tell(self, tab: RequestTab) -> None:
        from firstlight.runner.draft import likely_target

        request = tab.sent()
        with suppress(ExchangeError):  # a file that cannot be read is told when the request is sent
            around = await self._session.surroundings(tab.path)
            service = await self._session.service_of(request)
            scope = Scope(variables=around.variables, secret=lambda _name: None, service=service)
            target = likely_target(handshake(request) if is_websocket(request) else request, scope)
            known = read_unlocked(self._session.settings.client_certificates)
            own = certificate_for(known, target.host, target.port)
            if (page := tab.editor.settings_page) is not None:
                page.certificate.show_certificate(_said(target, own), own.file if own else "")


def _said(target: WireUrl, own: ClientCertificate | None) -> Phrase:
    if not target.host:
        return Phrase("Which one it is depends on the host, and that is not known yet.")
    if target.scheme != "https":
        return Phrase("None: this URL is reached without TLS.")
    if own is None:
        return Phrase("None is meant for {host}.", host=target.host)
    name = own.file.replace("\\", "/").rpartition("/")[2]
    return Phrase("{file}, meant for {pattern}: shown when {host} asks for one.", file=name, pattern=own.host,
                  host=target.host)  # fmt: skip
