"""Opens, saves and follows the pages of the workspace: environments, collections, folders, its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from firstlight.model.failure import ExchangeError
from firstlight.store import pages
from firstlight.store.secret_fields import names_in, page_holds_secrets, stash_page
from firstlight.store.workspace import Workspace
from firstlight.texts import N_, Phrase, tr
from firstlight.ui import dialogs
from firstlight.ui.tabs_page import TabPage
from firstlight.ui.window import MainWindow
from firstlight.ui.window_library import Library
from firstlight.ui.window_saving import Saver
from firstlight.ui.window_secrets import SecretKeeper
from firstlight.ui.window_session import Session

if TYPE_CHECKING:
    from firstlight.ui.pages.page_tab import PageTab


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """How one kind of page is made, read and written."""

    make: Callable[[str, MainWindow], PageTab]
    load: Callable[[Workspace, str], Any]
    save: Callable[[Workspace, str, Any], None]


def _group(path: str, window: MainWindow) -> PageTab:
    from firstlight.ui.pages.group_page import GroupPage

    return GroupPage(path, window)


def _environment(path: str, window: MainWindow) -> PageTab:
    from firstlight.ui.pages.variables_page import EnvironmentPage

    return EnvironmentPage(path, window)


def _workspace(path: str, window: MainWindow) -> PageTab:
    from firstlight.ui.pages.variables_page import WorkspacePageTab

    return WorkspacePageTab(path, window)


def _service(path: str, window: MainWindow) -> PageTab:
    from firstlight.ui.services.service_page import ServicePage

    return ServicePage(path, window)


def _load_group(workspace: Workspace, path: str) -> Any:
    page = workspace.load_collection(path)
    return replace(page, name=page.name or path.rpartition("/")[2])


KINDS = {
    "group": PageKind(make=_group, load=_load_group, save=Workspace.save_collection),
    "environment": PageKind(
        make=_environment,
        load=lambda workspace, path: workspace.environment_pages.load(path),
        save=lambda workspace, path, value: workspace.environment_pages.save(path, value),
    ),
    "service": PageKind(
        make=_service,
        load=lambda workspace, path: workspace.services.load(path),
        save=Workspace.save_service,
    ),
    "workspace": PageKind(
        make=_workspace,
        load=lambda workspace, _path: replace(workspace.load_page(), name=workspace.name),
        save=lambda workspace, _path, value: workspace.save_page(value),
    ),
}


class Pages(QObject):
    """One per window."""

    opened = Signal(object)
    """A PageTab that must be connected."""

    def __init__(
        self, window: MainWindow, session: Session, library: Library, secrets: SecretKeeper, saver: Saver
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._secrets = secrets
        self._saver = saver
        library.open_page = self.open_if_page
        library.make_page = self.make
        saver.others |= dict.fromkeys(KINDS, self.save)
        library.refreshed.connect(lambda: library.start("follow the pages", self._follow))

    def kind_of(self, path: str) -> str:
        """Return which kind of page stands at `path`; empty: none."""
        if path == pages.WORKSPACE:
            return "workspace"
        if path.startswith("environments/"):
            return "environment"
        if path.startswith("services/"):
            return "service"
        return "group" if self._library.is_group(path) else ""

    async def open_if_page(self, path: str) -> bool:
        """Open the page at `path` in a tab, or bring it to the front; False: there stands a request."""
        kind = self.kind_of(path)
        if not kind:
            return False
        async with self._library.telling(tr("Cannot open the page")):
            value = await self._session.disk(KINDS[kind].load, self._library.workspace, path)
            if self._library.tab_of(path) is None:  # a double click asks twice
                page = self._made(kind, path)
                page.open_value(value)
                self._window.add_tab(page)
        return True

    async def make(self, kind: str, path: str, draft: Any) -> PageTab | None:
        """Return the tab of a page, as `draft` holds it if there is one; None: there is nothing to show any more."""
        try:
            value = await self._session.disk(KINDS[kind].load, self._library.workspace, path)
        except ExchangeError:  # gone or broken: only what is unsaved can be shown
            if draft is None:
                return None
            value = draft.loaded
        page = self._made(kind, path)
        if draft is None:
            page.open_value(value)
        else:
            known = {"unknown": value.unknown}
            page.open_draft(replace(draft.value, **known), replace(draft.loaded, **known))
        return page

    def _made(self, kind: str, path: str) -> PageTab:
        page = KINDS[kind].make(path, self._window)
        page.save_requested.connect(lambda: self._library.start("save", self.save, page))
        self.opened.emit(page)
        return page

    def of(self, tab: TabPage | None) -> PageTab | None:
        """Return `tab` if it is a page."""
        return tab if tab is not None and tab.kind in KINDS else None  # type: ignore[return-value]

    async def save(self, page: PageTab) -> bool:
        """Save `page` to its file; False: it was not saved."""
        kind = KINDS[page.kind]
        async with self._library.telling(tr("Cannot save")):
            workspace = self._library.workspace
            if not await self._may_save_over(page, await self._session.disk(kind.load, workspace, page.path)):
                return False
            given = page.value()
            saved = await self._without_secrets(given, page.path)
            await self._session.disk(kind.save, workspace, page.path, saved)
            page.mark_saved(given, saved)
            moved = names_in(saved) - names_in(given)
            said = await self._saver.said_of(moved) if moved else N_("Saved.")
            self._window.footer.show_message(Phrase(said))
            await self._library.refresh()
            return True
        return False

    async def _may_save_over(self, page: PageTab, now: Any) -> bool:
        """Ask before another program's change is lost. What the tree writes, name and order, is not the page's."""
        if _content(now) == _content(page.loaded):
            return True
        text = tr("“{name}” was changed outside since it was read. Saving replaces what is there.", name=page.title())
        return await dialogs.confirm(self._window, tr("Save over the changed file?"), text, action=tr("Save"))

    async def _without_secrets(self, value: Any, path: str) -> Any:
        key = "workspace" if path == pages.WORKSPACE else path
        if page_holds_secrets(value):
            await self._secrets.find_place()
        return await self._session.disk(stash_page, value, key, self._session.secrets)

    async def _follow(self) -> None:
        """Let pages without unsaved changes show what their files hold now."""
        for page in filter(None, map(self.of, self._window.tabs.tabs())):
            try:
                value = await self._session.disk(KINDS[page.kind].load, self._library.workspace, page.path)
            except ExchangeError:  # gone or broken: what is shown stays, and saving tells it
                continue
            if page in self._window.tabs.tabs() and not page.unsaved() and value != page.loaded:
                page.open_value(value)


def _content(value: Any) -> Any:
    same = {"name": "", "order": ()} if hasattr(value, "order") else {"name": ""}
    return replace(value, **same)
