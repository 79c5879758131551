"""What can be done with tabs: closing (never losing work unasked), reopening, duplicating, moving, listing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QGuiApplication

from firstlight.store.session_state import RequestDraft, TabState, new_tab_id
from firstlight.texts import Phrase, tr
from firstlight.ui.tabs_asleep import AsleepTab
from firstlight.ui.tabs_page import TabPage, is_request

if TYPE_CHECKING:
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_keeping import Keeping
    from firstlight.ui.window_returning import Returning
    from firstlight.ui.window_saving import Saver
    from firstlight.ui.window_sending import Sender

_MOST_CLOSED = 25
_LAST_NUMBER = 9


class TabWork(QObject):
    """Answers the wishes of the Tabs menu, of a tab's own menu and of the strip."""

    def __init__(
        self, window: MainWindow, saver: Saver, sending: Sender, keeping: Keeping, returning: Returning
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tabs = window.tabs
        self._saver = saver
        self._sending = sending
        self._keeping = keeping
        self._returning = returning
        self._asking: set[str] = set()
        """The ids of tabs about which a question is open."""
        self._closed: list[tuple[int, TabState]] = []
        """Where each stood and what it held, the last one at the end."""
        self.wishes: dict[str, Callable[[TabPage], object]] = {
            "close_tab": lambda tab: self._start(self.close([tab])),
            "close_other_tabs": lambda tab: self._start(self.close(self._others(tab))),
            "close_tabs_right": lambda tab: self._start(self.close(self._right_of(tab))),
            "close_all_tabs": lambda tab: self._start(self.close(self._tabs.tabs())),
            "duplicate_tab": lambda tab: self._start(self._duplicate(tab)),
            "copy_url": lambda tab: self._start(self._copy_url(tab)),
            "keep_tab": self._tabs.keep,
            "move_tab_left": lambda tab: self._tabs.move_tab(tab, -1),
            "move_tab_right": lambda tab: self._tabs.move_tab(tab, 1),
        }
        self._connect()

    def _connect(self) -> None:
        for name, wish in self.wishes.items():
            self._on(name, partial(self._with_current, wish))
        self._on("reopen_tab", lambda: self._start(self.reopen()))
        self._on("next_tab", lambda: self._tabs.step(1))
        self._on("previous_tab", lambda: self._tabs.step(-1))
        self._on("list_tabs", self._tabs.show_list)
        self._on("save_all", lambda: self._start(self._saver.save_all(self._tabs.tabs())))
        for number in range(1, _LAST_NUMBER + 1):
            self._on(f"tab_{number}", partial(self._tabs.select_number, number))
        self._tabs.close_requested.connect(lambda tab: self._start(self.close([tab])))
        self._tabs.menu_requested.connect(self._on_menu_requested)
        self._tabs.arranged.connect(self._show_possible)
        self._window.leave_requested.connect(lambda: self._start(self._leave()))
        self._show_possible()

    def _on(self, name: str, then: Callable[[], object]) -> None:
        self._window.action(name).triggered.connect(lambda _checked=False: then())

    def _start(self, work: object) -> None:
        self._window.tasks.start(work, name="tabs")  # type: ignore[arg-type]

    def _with_current(self, wish: Callable[[TabPage], object]) -> None:
        if (tab := self._tabs.current()) is not None:
            wish(tab)

    # --- closing ---

    async def close(self, tabs: Iterable[TabPage]) -> None:
        """Close `tabs`, after asking once when something would be lost."""
        wanted = [tab for tab in tabs if tab in self._tabs.tabs()]
        ids = {self._keeping.id_of(tab) for tab in wanted} - self._asking
        self._asking |= ids
        try:
            if ids and await self._may_lose(wanted):
                for tab in self._tabs.tabs():  # not `wanted`: one that was asleep has another page by now
                    if self._keeping.id_of(tab) in ids:
                        await self.remove(tab)
        finally:
            self._asking -= ids

    async def _may_lose(self, tabs: Iterable[TabPage]) -> bool:
        unsaved = [tab for tab in tabs if tab.unsaved()]
        return not unsaved or await self._saver.may_lose(unsaved)

    async def remove(self, tab: TabPage) -> None:
        """Take `tab` away without asking; it can be reopened."""
        if tab not in self._tabs.tabs():
            return
        if not (is_request(tab) and tab.untouched()):
            self._closed.append((self._tabs.position(tab), self._keeping.state_of(tab)))
            del self._closed[:-_MOST_CLOSED]
        if is_request(tab):
            self._sending.detach(tab)
            await tab.pane.tasks.cancel_all()
        if tab in self._tabs.tabs():
            self._tabs.remove(tab)

    async def may_leave(self) -> bool:
        """Ask about what the next start would not bring back; True: the window may let go of its tabs."""
        losing = await self._keeping.would_lose()
        if not losing:
            return True
        why = tr("Until the next start it cannot be kept: there is no open keyring or vault for the secrets in it.")
        if self._keeping.is_broken():
            why = tr("Until the next start it cannot be kept: the user's data folder cannot be written.")
        if not await self._saver.may_lose(losing, why=why):
            return False
        self._keeping.give_up(tab for tab in losing if tab.unsaved())
        return True

    async def _leave(self) -> None:
        if await self.may_leave():
            self._window.leave()

    async def leave_workspace(self) -> None:
        """Let go of every tab: another workspace opens. What was open comes back with this one."""
        await self._keeping.end()
        for tab in self._tabs.tabs():
            await self.remove(tab)
        self._closed.clear()

    def _others(self, tab: TabPage) -> list[TabPage]:
        return [other for other in self._tabs.tabs() if other is not tab]

    def _right_of(self, tab: TabPage) -> tuple[TabPage, ...]:
        return self._tabs.tabs()[self._tabs.position(tab) + 1 :]

    # --- bringing more ---

    async def reopen(self) -> None:
        """Bring back the tab that was closed last, with what was unsaved in it."""
        if not self._closed:
            return
        position, state = self._closed.pop()
        open_already = next((tab for tab in self._tabs.tabs() if state.path and tab.path == state.path), None)
        if open_already is not None:
            self._tabs.select(open_already)
        else:
            await self._add(replace(state, id=new_tab_id()), position)
        self._show_possible()

    async def _duplicate(self, tab: TabPage) -> None:
        page = await self._returning.awake(tab)
        if is_request(page):
            draft = RequestDraft(request=page.request(), loaded=self._saver.new_request())
            state = TabState(path="", view=page.view(), draft=draft)
            await self._add(state, self._tabs.position(page) + 1)

    async def _add(self, state: TabState, position: int) -> None:
        page = await self._returning.revive(state)
        if page is not None:
            self._window.add_tab(page, min(position, len(self._tabs.tabs())))

    async def _copy_url(self, tab: TabPage) -> None:
        page = await self._returning.awake(tab)
        if is_request(page):
            QGuiApplication.clipboard().setText(page.editor.full_url())
            self._window.footer.show_message(Phrase("Copied the URL."))

    # --- what is possible ---

    @Slot()
    def _show_possible(self) -> None:
        tabs, current = self._tabs.tabs(), self._tabs.current()
        possible = self._possible(current) if current is not None else set[str]()
        for name in self.wishes:
            self._window.action(name).setEnabled(name in possible)
        self._window.action("reopen_tab").setEnabled(bool(self._closed))
        self._window.action("list_tabs").setEnabled(bool(tabs))
        self._window.action("save_all").setEnabled(any(tab.unsaved() for tab in tabs))

    def _possible(self, tab: TabPage) -> set[str]:
        """Return the names of the wishes that `tab` can be asked for."""
        tabs, position = self._tabs.tabs(), self._tabs.position(tab)
        holds_request = is_request(tab) or (isinstance(tab, AsleepTab) and tab.state.kind == "request")
        conditions = {
            "close_tab": True,
            "close_other_tabs": len(tabs) > 1,
            "close_tabs_right": position < len(tabs) - 1,
            "close_all_tabs": True,
            "duplicate_tab": holds_request,
            "copy_url": holds_request,
            "keep_tab": tab is self._tabs.preview(),
            "move_tab_left": position > 0,
            "move_tab_right": position < len(tabs) - 1,
        }
        return {name for name, holds in conditions.items() if holds}

    @Slot(object, QPoint)
    def _on_menu_requested(self, tab: TabPage, where: QPoint) -> None:
        from firstlight.ui.tabs_menu import show_tab_menu

        show_tab_menu(self._window, where, self._possible(tab), lambda name: self._on_wished(name, tab))

    def _on_wished(self, name: str, tab: TabPage) -> None:
        if name == "reopen_tab":
            self._start(self.reopen())
        elif tab in self._tabs.tabs():
            self.wishes[name](tab)
