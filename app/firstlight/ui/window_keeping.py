"""Keeps what is open over the end of the program, however it ends: tabs, what is unsaved in them, the window itself.

A change is on the disk within a second. Only looking at it happens on the main loop, and only at what has changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

from firstlight.model.failure import ExchangeError
from firstlight.store.session_state import SessionState, TabState, new_tab_id
from firstlight.store.window_layout import save_layout
from firstlight.texts import Phrase, tr
from firstlight.ui.tabs_asleep import AsleepTab
from firstlight.ui.tabs_kinds import KINDS
from firstlight.ui.window_session import in_thread

if TYPE_CHECKING:
    from firstlight.store.sessions import WindowSession
    from firstlight.ui.tabs_page import TabPage
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_session import Session

_DELAY_MS = 400
_WINDOW_EVENTS = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange}


class Keeping(QObject):
    """The memory of one window."""

    kept = Signal()
    """What is open is on the disk."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self.own: WindowSession | None = None
        """Where to; None before a workspace is open, and where nothing can be kept."""
        self._ids: dict[TabPage, str] = {}
        self._drafts: dict[TabPage, Any] = {}
        """What is unsaved in each page, until it changes."""
        self._given_up: set[TabPage] = set()
        self._writing = asyncio.Lock()
        self._written: tuple[SessionState, dict[str, Any]] | None = None
        self._unkept: tuple[str, ...] = ()
        self._told = False
        self._pause = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._pause.timeout.connect(lambda: window.tasks.start(self.keep(), name="keep what is open"))
        window.installEventFilter(self)
        window.layout_changed.connect(self.note)
        window.tabs.added.connect(self._on_added)
        window.tabs.arranged.connect(self._on_arranged)
        for page in window.tabs.tabs():
            self._on_added(page)

    def id_of(self, page: TabPage) -> str:
        """Return the name of a page's tab, which stays while the tab is open."""
        return self._ids.setdefault(page, new_tab_id())

    def name(self, page: TabPage, tab_id: str) -> None:
        """Say that `page`, which is in no strip yet, is the page of a tab of last time."""
        self._ids[page] = tab_id

    @Slot()
    def note(self) -> None:
        """Keep what is open, soon: a first change starts the clock, more of them do not put it off."""
        if self.own is not None and not self._pause.isActive():
            self._pause.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _WINDOW_EVENTS:
            self.note()
        return super().eventFilter(watched, event)

    async def keep(self) -> None:
        """Write what is open now. That it cannot be written is told once."""
        async with self._writing:
            now = self.state(), self._window.layout_state()
            if self.own is None or now == self._written:
                return
            try:
                self._unkept = await in_thread(self.own.write, now[0])
                await in_thread(save_layout, now[1])
            except ExchangeError as error:
                self._unkept = tuple(tab.id for tab in now[0].tabs if tab.draft is not None)
                self.tell(error)
                return
            self._written, self._told = now, False
        self.kept.emit()

    def tell(self, error: ExchangeError) -> None:
        """Say that nothing can be kept, and why; once until it works again."""
        if not self._told:
            self._told = True
            reason = tr(error.failure.message)
            message = Phrase("What is open cannot be kept for the next start: {reason}", reason=reason)
            self._window.footer.show_message(message)

    def state(self) -> SessionState:
        """Return what is open."""
        tabs = self._window.tabs
        front = tabs.current()
        return SessionState(
            tabs=tuple(self.state_of(page) for page in tabs.tabs() if page.path or page not in self._given_up),
            front=self.id_of(front) if front else "",
        )

    def state_of(self, page: TabPage) -> TabState:
        """Return what is needed to build `page` again."""
        preview = page is self._window.tabs.preview()
        if isinstance(page, AsleepTab):
            return page.state_as(preview=preview)
        kind = KINDS[page.kind]
        if page not in self._drafts:
            self._drafts[page] = kind.draft(page)
        given_up = page in self._given_up
        return TabState(
            id=self.id_of(page),
            kind=page.kind,
            path=page.path,
            method=page.method(),
            title=page.title(),
            unsaved=page.unsaved() and not given_up,
            preview=preview,
            view=kind.view(page),
            draft=None if given_up else self._drafts[page],
        )

    async def would_lose(self) -> list[TabPage]:
        """Return the tabs whose unsaved content would not be there at the next start."""
        await self.keep()
        unsaved = [page for page in self._window.tabs.tabs() if page.unsaved()]
        return unsaved if self.own is None else [page for page in unsaved if self.id_of(page) in self._unkept]

    def is_broken(self) -> bool:
        """Tell whether nothing at all can be kept at the moment."""
        return self.own is None or self._told

    def give_up(self, pages: Iterable[TabPage]) -> None:
        """Do not keep what is unsaved in `pages`: the person said so."""
        self._given_up.update(pages)

    def begin(self, own: WindowSession) -> None:
        """Write into `own` from now on."""
        self.own, self._written, self._unkept = own, None, ()

    async def end(self) -> None:
        """Write for the last time, and let another window have the session."""
        await self.keep()
        own, self.own = self.own, None
        self._pause.stop()
        if own is not None:
            own.close()

    @Slot(object)
    def _on_added(self, page: TabPage) -> None:
        self.id_of(page)
        page.changed.connect(partial(self._on_changed, page))
        page.header_changed.connect(partial(self._on_header_changed, page))
        page.view_changed.connect(self.note)

    def _on_changed(self, page: TabPage) -> None:
        self._given_up.discard(page)
        self._on_header_changed(page)

    def _on_header_changed(self, page: TabPage) -> None:
        self._drafts.pop(page, None)
        self.note()

    @Slot()
    def _on_arranged(self) -> None:
        tabs = self._window.tabs.tabs()
        for page in [page for page in self._ids if page not in tabs]:
            del self._ids[page]
            self._drafts.pop(page, None)
            self._given_up.discard(page)
        self.note()
