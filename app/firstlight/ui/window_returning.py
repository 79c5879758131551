"""Brings back what was open: every tab at once as a header, the page of one when it is looked at."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from firstlight.model.failure import ExchangeError
from firstlight.store.session_state import SessionState, TabState
from firstlight.store.sessions import WindowSession
from firstlight.texts import tr
from firstlight.ui import dialogs
from firstlight.ui.tabs_asleep import AsleepTab
from firstlight.ui.tabs_kinds import KINDS
from firstlight.ui.window_session import in_thread

if TYPE_CHECKING:
    from pathlib import Path

    from firstlight.ui.tabs_page import TabPage
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_keeping import Keeping
    from firstlight.ui.window_library import Library
    from firstlight.ui.window_session import Session


class Returning(QObject):
    """Knows the pages that are being built."""

    returned = Signal()
    """A page with something unsaved is there again: its file may have changed meanwhile."""

    def __init__(self, window: MainWindow, session: Session, library: Library, keeping: Keeping) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._keeping = keeping
        self._waking: dict[TabPage, asyncio.Task[TabPage | None]] = {}
        self.worked_here_before = False
        """The open workspace had a session: what was open then is open again, even if that was nothing."""
        window.tabs.current_changed.connect(self._on_current_changed)

    async def arrive(self, folder: Path) -> None:
        """Bring back what was open in the workspace in `folder`, and keep it from now on."""
        self.worked_here_before = False
        try:
            own = await in_thread(WindowSession.open, folder, self._session.secrets)
            restored = await in_thread(own.restore)
        except ExchangeError as error:
            self._keeping.tell(error)
            return
        self._keeping.begin(own)
        if restored.state is not None:
            self.worked_here_before = True
            await self._show(restored.state)
        if restored.aside is not None:
            self._window.tasks.start(self._tell_aside(restored.aside), name="tell")
        await in_thread(own.restored)
        self._keeping.note()

    async def _show(self, state: SessionState) -> None:
        tabs = self._window.tabs
        begun = tabs.current()  # a new tab of somebody who was quicker than the disk
        pages = [AsleepTab(tab, self._window) for tab in state.tabs if tab.kind in KINDS]
        front = next((page for page in pages if page.state.id == state.front), None)
        if front is not None:
            self._add(front, 0, front=begun is None)
        for position, page in enumerate(pages):
            if page is not front:
                self._add(page, position, front=False)
        if front is not None and begun is None:
            await self.awake(front)

    def _add(self, page: AsleepTab, position: int, *, front: bool) -> None:
        self._keeping.name(page, page.state.id)
        self._window.tabs.add(page, position, front=front, preview=page.state.preview)

    async def _tell_aside(self, aside: Path) -> None:
        text = tr("The tabs of last time could not be opened, so the window begins without them.")
        await dialogs.tell(self._window, tr("Tabs of last time"), text, tr("They are kept in {path}.", path=aside))

    async def awake(self, page: TabPage) -> TabPage | None:
        """Return the page itself where only its place is held; None: there is nothing to show any more."""
        if not isinstance(page, AsleepTab):
            return page
        if page.page is not None:
            return page.page
        if page not in self._waking:
            self._waking[page] = self._window.tasks.start(self._wake(page), name="build a tab of last time")
        return await asyncio.shield(self._waking[page])

    async def _wake(self, asleep: AsleepTab) -> TabPage | None:
        try:
            page = await self.revive(asleep.state)
        finally:
            del self._waking[asleep]
        tabs = self._window.tabs
        if page is None or asleep not in tabs.tabs():
            if asleep in tabs.tabs():
                tabs.remove(asleep)
            return None
        self._keeping.name(page, asleep.state.id)
        asleep.page = page
        self._window.replace_tab(asleep, page)
        if asleep.state.draft is not None:
            self.returned.emit()
        return page

    async def revive(self, state: TabState) -> TabPage | None:
        """Build the page of a tab, which is in no strip yet."""
        if (own := self._keeping.own) is not None:
            if await in_thread(own.is_locked, state):
                await self._session.unlock()
            state = await in_thread(own.readable, state)
        return await KINDS[state.kind].revive(self._library, state)

    @Slot(object)
    def _on_current_changed(self, page: TabPage | None) -> None:
        if isinstance(page, AsleepTab):
            self._window.tasks.start(self.awake(page), name="show a tab of last time")
