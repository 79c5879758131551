"""Makes a service with the wizard: asks, lists its models over the network, saves it with its first request."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject

from firstlight.model.failure import ExchangeError
from firstlight.model.route import as_plain
from firstlight.model.urls import full_url
from firstlight.store.secret_fields import stash, stash_service
from firstlight.texts import tr
from firstlight.ui import dialogs
from firstlight.ui.tabs_page import is_request

if TYPE_CHECKING:
    from firstlight.model.exchange import Exchange
    from firstlight.model.request import Request
    from firstlight.model.service import Service
    from firstlight.ui.tabs_request import RequestTab
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_library import Library
    from firstlight.ui.window_secrets import SecretKeeper
    from firstlight.ui.window_sending import Sender
    from firstlight.ui.window_services import ServiceWork
    from firstlight.ui.window_session import Session
    from firstlight.ui.wizard.dialog import NewService, NewServiceDialog

_MAY_BE_SERVICE = re.compile(
    r"/v1/infers/|/v2/infer/|/deployments/|/api/v2/chat/|/api/predict/|pai-eas|modelarts|/v2/models/|/predictions/"
    r"|/v1/models/|/chat/completions|:11434"
)
"""What costs nothing to look for in every URL; what knows more is loaded when this is found."""


class NewServiceWork(QObject):
    """One per window."""

    def __init__(
        self, window: MainWindow, session: Session, library: Library, secrets: SecretKeeper, sending: Sender
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._secrets = secrets
        self._sending = sending
        self._services: ServiceWork | None = None
        self._seen: WeakKeyDictionary[RequestTab, str] = WeakKeyDictionary()
        """The URL of each tab as it was looked at last."""

    def serve(self, services: ServiceWork) -> None:
        """Answer the wish for a new service wherever it is made."""
        self._services = services
        services.ask_new = self.ask

    def attach(self, tab: RequestTab) -> None:
        """Offer to set up a service when the address of one is put into the URL of `tab`."""
        tab.editor.changed.connect(partial(self._look, tab))

    def _look(self, tab: RequestTab) -> None:
        """Look at a URL that changed by more than a letter: it was pasted. Letters are typed on the way to another."""
        request = tab.editor.request()
        before, self._seen[tab] = self._seen.get(tab, tab.loaded.url), request.url
        if request.url == before:
            return
        tab.editor.show_offer(None)
        pasted = abs(len(request.url) - len(before)) > 1
        if pasted and not request.service and _MAY_BE_SERVICE.search(request.url):
            self._offer(tab, full_url(request))

    def _offer(self, tab: RequestTab, url: str) -> None:
        from firstlight.editions.edition import GUESS
        from firstlight.editions.recognise import recognise
        from firstlight.ui.request.service_offer import ServiceOffer

        best = recognise(url).best
        if best is not None and best.match.sure > GUESS:
            offer = ServiceOffer(best.edition.label, tab.editor)
            offer.taken.connect(lambda: self._library.start("new service", self._take_offer, tab, url))
            tab.editor.show_offer(offer)

    async def _take_offer(self, tab: RequestTab, url: str) -> None:
        tab.editor.show_offer(None)
        await self.ask(url)

    async def ask(self, text: str = "") -> None:
        """Show the wizard, beginning with `text`; make what was agreed to."""
        from firstlight.ui.wizard.dialog import NewServiceDialog

        services = await self._session.disk(self._library.workspace.services.entries)
        taken = frozenset(entry.name.casefold() for entry in services)
        collections = tuple((node.path, node.name) for node in self._library.nodes if node.kind == "collection")
        dialog = NewServiceDialog(self._session.new_request, taken, collections, self._window)
        dialog.models_requested.connect(partial(self._on_models_requested, dialog))
        dialog.file_requested.connect(lambda: self._library.start("choose a file", self._choose_file, dialog))
        if text:
            dialog.paste(text)
        if not await dialogs.finished(dialog):
            return
        if dialog.outcome is not None:
            await self._make(dialog.outcome)
        elif self._services is not None:
            await self._services.add()

    async def _choose_file(self, dialog: NewServiceDialog) -> None:
        files = await dialogs.choose_files(dialog, tr("Choose a file"))
        if files:
            dialog.request.file.path.setText(files[0])

    async def _make(self, made: NewService) -> None:
        """Write the service and its request, open the request, and send it if that was wished."""
        remember_secrets(self._session, made.service)
        async with self._library.telling(tr("Cannot make the service")):
            await self._secrets.find_place()
            disk, workspace, store = self._session.disk, self._library.workspace, self._session.secrets
            service = await disk(stash_service, made.service, f"services/{made.service.name}", store)
            made_at = await disk(workspace.services.add, service)
            parent = made.collection or await disk(workspace.add_collection, service.name)
            request = await disk(stash, made.request, f"{parent}/{made.request.name}", store)
            path = await disk(workspace.add_request, parent, request)
            self._secrets.tell()
            await self._library.refresh()
            await self._library.open(path)
            self._window.sidebar.tree.select(path)
            tab = self._library.tab_of(path)
            if self._services is not None:
                await self._services.select(made_at)
            if is_request(tab):
                tab.editor.focus_send()
            if made.send and is_request(tab):
                tab.editor.send()

    def _on_models_requested(self, dialog: NewServiceDialog, service: Service, request: Request) -> None:
        task = self._window.tasks.start(self._list_models(dialog, service, request), name="list the models")
        dialog.finished.connect(lambda _code: task.cancel())

    async def _list_models(self, dialog: NewServiceDialog, service: Service, request: Request) -> None:
        """Ask the service over its first channel and show what it says, or why it says nothing."""
        from firstlight.runner.exchange import exchange

        chat = dialog.request.chat
        remember_secrets(self._session, service)
        try:
            scope = await self._sending.scope("", as_plain(request, service))
            transport = await self._session.transport()
        except ExchangeError as error:
            chat.show_failure(tr(error.failure.message))
            return
        outcome = await exchange(request, replace(scope, service=service), transport, lambda _event: None)
        names, problem = _models_in(outcome)
        if names:
            chat.show_models(names)
        else:
            chat.show_failure(problem)


def remember_secrets(session: Session, service: Service) -> None:
    """See to it that no crash report shows what was typed into `service`."""
    from firstlight.auth import method

    for entry in service.credentials:
        fields = method(entry.authorization.kind).fields
        values = (entry.authorization.values.get(field.name, "") for field in fields if field.secret)
        session.used_secrets |= set(filter(None, values))


def _models_in(outcome: Exchange) -> tuple[tuple[str, ...], str]:
    from firstlight.editions.models import names_in

    if outcome.failure is not None:
        return (), tr(outcome.failure.message)
    response = outcome.response
    if response is None:
        return (), tr("The service did not answer.")
    names = names_in(response.body)
    said = tr("It answered with status {status}, without a list of models.", status=response.status)
    return names, "" if names else said
