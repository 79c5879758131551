"""Works on services for the window: lists them, tells the tabs, and makes, names, copies and deletes them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from firstlight.model.request import FROM_SERVICE
from firstlight.model.service import Service
from firstlight.store.services import requests_of
from firstlight.texts import tr, trn
from firstlight.ui import dialogs
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.sidebar.copy_names import copy_name
from firstlight.ui.tabs_asleep import AsleepTab
from firstlight.ui.tabs_page import is_request

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from firstlight.store.named_files import FileEntry
    from firstlight.store.node import Node
    from firstlight.ui.services.service_page import ServicePage
    from firstlight.ui.sidebar.service_tree import ServiceSection
    from firstlight.ui.tabs_request import RequestTab
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_arranging import Arranging
    from firstlight.ui.window_library import Library
    from firstlight.ui.window_session import Session

_MOST_NAMED = 8
"""Requests that are named in a question; the others are counted."""


class ServiceWork(QObject):
    """Every method that works on the disk is a coroutine; a problem is told."""

    def __init__(self, window: MainWindow, session: Session, library: Library, arranging: Arranging) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._arranging = arranging
        self._entries: tuple[FileEntry[Service], ...] = ()
        self._services: dict[str, Service] = {}
        self._unsaved: frozenset[str] = frozenset()
        """Names of the services whose page has changes that no file holds."""
        self.ask_new: Callable[[], Coroutine[Any, Any, None]] = self.add
        """Asks what a new service is; the wizard puts itself here."""
        self._filter = ""
        self._section = LazyPage(self._made_section, window.sidebar, follows=window.sidebar.filter)
        window.sidebar.add_part("services", self._section, self._filter_names)
        library.refreshed.connect(lambda: library.start("list the services", self.refresh))
        window.tabs.arranged.connect(self._look_for_unsaved)
        window.sidebar.new_service_requested.connect(lambda: library.start("new service", self.ask))

    def _made_section(self, parent: QWidget) -> ServiceSection:
        from firstlight.ui.sidebar.service_tree import ServiceSection

        section = ServiceSection(parent)
        start, library, shown = self._library.start, self._library, section.tree
        shown.open_requested.connect(lambda *asked: start("open", self.open, *asked))
        shown.request_requested.connect(
            lambda path, preview: start("open", partial(library.open, preview=preview), path)
        )
        shown.new_requested.connect(lambda: start("new service", self.ask))
        shown.new_request_requested.connect(self.new_request)
        shown.rename_requested.connect(lambda path, name: start("rename", self.rename, path, name))
        shown.duplicate_requested.connect(lambda path: start("duplicate", self.duplicate, path))
        shown.delete_requested.connect(lambda path: start("delete", self.delete, path))
        shown.show_file_requested.connect(library.show_file)
        shown.filter_names(self._filter)
        section.show_services(self._entries, self._requests())
        return section

    def _filter_names(self, text: str) -> None:
        self._filter = text
        if self._section.made:
            self._section.made.tree.filter_names(text)

    def _requests(self) -> dict[str, tuple[Node, ...]]:
        nodes = self._library.nodes
        return {name: tuple(requests_of(nodes, name)) for name in self._services}

    def attach(self, tab: RequestTab) -> None:
        """Tell `tab` of the services, and answer what it asks for."""
        tab.editor.show_services(self._services)
        tab.editor.routing.show_unsaved(self._unsaved)
        tab.editor.service_requested.connect(self._on_service_requested)
        tab.editor.new_service_requested.connect(lambda: self._library.start("new service", self.ask))

    async def refresh(self) -> None:
        """Read which services there are and show them."""
        entries = await self._session.disk(self._library.workspace.services.entries)
        services = {entry.name: entry.value for entry in entries if entry.value is not None}
        self._entries = entries
        if services != self._services:
            self._services = services
            for tab in self._window.tabs.requests():
                tab.editor.show_services(services)
            self._look_for_unsaved()
        if self._section.made:
            self._section.made.show_services(entries, self._requests())

    def _look_for_unsaved(self) -> None:
        """Tell the requests of a service whose page has unsaved changes that they go without these."""
        pages = {tab.path for tab in self._window.tabs.tabs() if tab.unsaved() and not is_request(tab)}
        unsaved = frozenset(entry.name for entry in self._entries if entry.path in pages)
        if unsaved != self._unsaved:
            self._unsaved = unsaved
            for tab in self._window.tabs.requests():
                tab.editor.routing.show_unsaved(unsaved)

    def names(self) -> tuple[str, ...]:
        """Return the names of the services, as they were listed last."""
        return tuple(self._services)

    def show(self, name: str, part: str = "") -> None:
        """Open the page of the service called `name`."""
        self._on_service_requested(name, part)

    def _on_service_requested(self, name: str, part: str) -> None:
        path = next((entry.path for entry in self._entries if entry.name == name), "")
        if path:
            self._library.start("open", self.open, path, part, "")

    async def open(self, path: str, part: str = "", name: str = "") -> None:
        """Open the page of a service at this part of it."""
        await self._library.open(path)
        page = self._library.tab_of(path)
        if page is not None and page.kind == "service" and part:
            page_: ServicePage = page  # type: ignore[assignment]  # its kind says so
            page_.open_part(part, name)

    def new_request(self, service: str) -> None:
        """Open a new request of the service called `service`."""
        request = replace(self._session.new_request(), method="POST", service=service, authorization=FROM_SERVICE)
        self._library.open_tab(request).editor.focus_url()

    async def ask(self) -> None:
        """Find out what the new service is, and make it."""
        await self.ask_new()

    async def add(self) -> None:
        """Make an empty service, show its page, and let the user name it."""
        async with self._library.telling(tr("Cannot make the service")):
            await self._made(Service(name=self._free(tr("New service"))))

    async def duplicate(self, path: str) -> None:
        """Make a copy with another name; the requests stay those of the original."""
        async with self._library.telling(tr("Cannot copy")):
            service = await self._session.disk(self._library.workspace.services.load, path)
            await self._made(replace(service, name=self._free(service.name)))

    async def _made(self, service: Service) -> None:
        path = await self._session.disk(self._library.workspace.services.add, service)
        await self.refresh()
        await self._library.open(path)
        self._window.sidebar.show_section("services")
        self._section.page().tree.rename(path)

    async def select(self, path: str) -> None:
        """Put the cursor of the services' list on the one at `path`."""
        section = self._section.page()
        await self.refresh()
        section.tree.select(path)

    def _free(self, name: str) -> str:
        names = frozenset(entry.name for entry in self._entries)
        return copy_name(name, names) if name in names else name

    async def rename(self, path: str, name: str) -> None:
        """Give a service another name; its tab and its requests follow."""
        before = next((entry.name for entry in self._entries if entry.path == path), "")
        new = path
        async with self._library.telling(tr("Cannot rename")):
            new = await self._session.disk(self._library.workspace.rename_service, path, name)
            self._arranging.follow({path: new}, name)
            for tab in self._window.tabs.tabs():
                if is_request(tab) or isinstance(tab, AsleepTab):
                    tab.service_renamed(before, name)
        await self._library.refresh()
        self._section.page().tree.select(new)

    async def delete(self, path: str) -> None:
        """Move a service to the trash and offer to undo that; which requests need it is said before."""
        name = next((entry.name for entry in self._entries if entry.path == path), path)
        used = [node.name for node in requests_of(self._library.nodes, name)]
        if used and not await self._may_delete(name, used):
            return
        await self._arranging.delete([path], (name,))

    async def _may_delete(self, name: str, used: list[str]) -> bool:
        text = trn(
            "{count} request belongs to it and cannot be sent without it:",
            "{count} requests belong to it and cannot be sent without it:",
            len(used),
        )
        lines = [f"• {request}" for request in used[:_MOST_NAMED]] + (["…"] if len(used) > _MOST_NAMED else [])
        return await dialogs.confirm(
            self._window, tr("Delete “{name}”?", name=name), "\n".join([text, *lines]), action=tr("Delete")
        )
