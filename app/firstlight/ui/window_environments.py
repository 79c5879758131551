"""Works on environments for the window: which one is in use, and making, naming, copying and deleting them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from firstlight.model.collection import Environment
from firstlight.store import pages
from firstlight.texts import tr
from firstlight.ui.sidebar.copy_names import copy_name
from firstlight.ui.sidebar.environment_list import EnvironmentSection
from firstlight.ui.tabs_page import knows_variables

if TYPE_CHECKING:
    from firstlight.store.named_files import FileEntry
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_arranging import Arranging
    from firstlight.ui.window_library import Library
    from firstlight.ui.window_session import Session
    from firstlight.ui.window_variables import VariableKeeper


class EnvironmentWork(QObject):
    """Every method that works on the disk is a coroutine; a problem is told."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        library: Library,
        arranging: Arranging,
        variables: VariableKeeper,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._arranging = arranging
        self._variables = variables
        self._bar = window.environments
        self._section = EnvironmentSection(window.sidebar)
        window.sidebar.add_part("environments", self._section, self._section.list.filter_names)
        self._entries: tuple[FileEntry[Environment], ...] = ()
        self._connect()

    def _connect(self) -> None:
        start, library, shown = self._library.start, self._library, self._section.list
        library.workspace_opened.connect(self._on_workspace_opened)
        library.refreshed.connect(lambda: start("list the environments", self.refresh))
        self._window.sidebar.new_environment_requested.connect(lambda: start("new environment", self.add))
        shown.open_requested.connect(lambda path: start("open", library.open, path))
        shown.new_requested.connect(lambda: start("new environment", self.add))
        shown.rename_requested.connect(lambda path, name: start("rename", self.rename, path, name))
        shown.duplicate_requested.connect(lambda path: start("duplicate", self.duplicate, path))
        shown.delete_requested.connect(lambda path: start("delete", self.delete, path))
        shown.show_file_requested.connect(library.show_file)
        self._bar.chosen.connect(self.choose)
        self._bar.new_requested.connect(lambda: start("new environment", self.add))
        self._bar.look_requested.connect(self.show_variables)

    async def refresh(self) -> None:
        """Read which environments there are and show them."""
        self._entries = await self._session.disk(self._library.workspace.environment_pages.entries)
        if self._session.environment not in {entry.name for entry in self._entries}:
            self._use("")  # it was deleted or renamed outside
        self._show()

    def names(self) -> tuple[str, ...]:
        """Return the names of the environments, as they were listed last."""
        return tuple(entry.name for entry in self._entries)

    def choose(self, name: str) -> None:
        """Use the environment of that name from now on, here and at the next start; empty: none."""
        self._use(name)
        self._show()
        folder = str(self._library.workspace.folder)
        chosen = {**self._session.settings.environments, folder: name}
        self._library.start("remember the environment", self._remember, {k: v for k, v in chosen.items() if v})

    async def _remember(self, environments: dict[str, str]) -> None:
        await self._library.remember(environments=environments)

    def _use(self, name: str) -> None:
        if name != self._session.environment:
            self._session.environment = name
            self._variables.refresh()

    def _show(self) -> None:
        chosen = self._session.environment
        self._section.show_entries(self._entries, chosen)
        self._bar.show_names((entry.name for entry in self._entries), chosen)

    def _on_workspace_opened(self) -> None:
        known = self._session.settings.environments.get(str(self._library.workspace.folder), "")
        self._session.environment = known if isinstance(known, str) else ""
        self._library.start("list the environments", self.refresh)

    async def add(self) -> None:
        """Make an environment, show its page, and let the user name it."""
        async with self._library.telling(tr("Cannot make the environment")):
            await self._made(Environment(name=self._free(tr("New environment"))))

    async def duplicate(self, path: str) -> None:
        """Make a copy with another name."""
        async with self._library.telling(tr("Cannot copy")):
            environment = await self._session.disk(self._library.workspace.environment_pages.load, path)
            await self._made(replace(environment, name=self._free(environment.name)))

    async def _made(self, environment: Environment) -> None:
        path = await self._session.disk(self._library.workspace.environment_pages.add, environment)
        await self.refresh()
        await self._library.open(path)
        self._window.sidebar.show_section("environments")
        self._section.list.rename(path)

    def _free(self, name: str) -> str:
        names = frozenset(entry.name for entry in self._entries)
        return copy_name(name, names) if name in names else name

    async def rename(self, path: str, name: str) -> None:
        """Give an environment another name; its tab and the choice follow."""
        before = next((entry.name for entry in self._entries if entry.path == path), "")
        new = path
        async with self._library.telling(tr("Cannot rename")):
            new = await self._session.disk(self._library.workspace.environment_pages.rename, path, name)
            self._arranging.follow({path: new}, name)
            if before == self._session.environment:
                self.choose(name)
        await self.refresh()
        self._section.list.select(new)

    async def delete(self, path: str) -> None:
        """Move an environment to the trash and offer to undo that."""
        name = next((entry.name for entry in self._entries if entry.path == path), path)
        await self._arranging.delete([path], (name,))

    def show_variables(self) -> None:
        """Show what the variables of the tab in front are worth."""
        from firstlight.ui.environments.popup import VariablesPopup

        front = self._window.tabs.current()
        known = front.known.variables if knows_variables(front) else {}
        popup = VariablesPopup(known, self._session.environment, self._window)
        popup.page_requested.connect(self._on_page_requested)
        popup.show_below(self._bar)

    def _on_page_requested(self, name: str) -> None:
        chosen = (entry.path for entry in self._entries if entry.name == self._session.environment)
        path = pages.WORKSPACE if name == "workspace" else next(chosen, "")
        if path:
            self._library.start("open", self._library.open, path)
