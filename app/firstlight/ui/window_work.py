"""Ties a window to its session: which wish is answered by which piece of work, what starts and what ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from firstlight.store.first_start import demo_workspace, first_request
from firstlight.store.pages import WORKSPACE
from firstlight.texts import Phrase, language, tr
from firstlight.ui import dialogs
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.tabs_page import TabPage, is_request
from firstlight.ui.tabs_request import RequestTab
from firstlight.ui.window import MainWindow
from firstlight.ui.window_arranging import Arranging
from firstlight.ui.window_code import CodeWork
from firstlight.ui.window_cookies import CookieWork
from firstlight.ui.window_environments import EnvironmentWork
from firstlight.ui.window_import import Importer
from firstlight.ui.window_keeping import Keeping
from firstlight.ui.window_library import Library, Moves
from firstlight.ui.window_new_service import NewServiceWork
from firstlight.ui.window_outside import Outside
from firstlight.ui.window_own_certificates import OwnCertificates
from firstlight.ui.window_pages import Pages
from firstlight.ui.window_recent import Recent
from firstlight.ui.window_returning import Returning
from firstlight.ui.window_saving import Saver
from firstlight.ui.window_secrets import SecretKeeper
from firstlight.ui.window_sending import Sender
from firstlight.ui.window_services import ServiceWork
from firstlight.ui.window_session import Session
from firstlight.ui.window_settings import SettingsWork
from firstlight.ui.window_tabs import TabWork
from firstlight.ui.window_tokens import TokenWork
from firstlight.ui.window_variable_following import VariableFollowing
from firstlight.ui.window_variables import VariableKeeper

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from firstlight.ui.console import ConsoleView
    from firstlight.ui.pages.page_tab import PageTab
    from firstlight.ui.services.service_page import ServicePage
    from firstlight.ui.window_presenting import Presenting
    from firstlight.ui.window_trying import Trying


class Work(QObject):
    """The controller of one window."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self.window = window
        self.session = session
        self.library = Library(window, session)
        self.arranging = Arranging(window, session, self.library)
        self.secrets = SecretKeeper(window, session, self.library)
        self.outside = Outside(window, session, self.library)
        self.saver = Saver(window, session, self.library, self.secrets, self.outside)
        console = LazyPage(self._make_console, window, follows=window.footer.console)
        self.settings = SettingsWork(window, session, self.library, console)
        window.add_console(console)
        self.code = CodeWork(window, session)
        self.own_certificates = OwnCertificates(window, session, self.settings)
        self.importing = Importer(window, session, self.library)
        self.cookies = CookieWork(window, session)
        self.sending = Sender(window, session, console.page, self.cookies.keep)
        self.tokens = TokenWork(window, session, self.sending)
        self.variables = VariableKeeper(window, session, self.library, self.secrets)
        self.following = VariableFollowing(window, session, self.library, self.secrets)
        self.recent = Recent(window, session, self.library)
        self.keeping = Keeping(window, session)
        self.returning = Returning(window, session, self.library, self.keeping)
        self.returning.returned.connect(self.outside.look)
        self.saver.awake = self.returning.awake
        self.tabs = TabWork(window, self.saver, self.sending, self.keeping, self.returning)
        self.library.moves = Moves(
            may_leave=self.tabs.may_leave, leave=self.tabs.leave_workspace, arrive=self.returning.arrive
        )
        self.pages = Pages(window, session, self.library, self.secrets, self.saver)
        self.environments = EnvironmentWork(window, session, self.library, self.arranging, self.variables)
        self.services = ServiceWork(window, session, self.library, self.arranging)
        self._presenting: Presenting | None = None
        self._trying: Trying | None = None
        self.new_service = NewServiceWork(window, session, self.library, self.secrets, self.sending)
        self.new_service.serve(self.services)
        self._demo: asyncio.Task[None] | None = None
        self.demo_port = 0
        self._tasks = window.tasks
        self._connect()

    def _connect(self) -> None:
        sidebar, tabs, library, start = self.window.sidebar, self.window.tabs, self.library, self.library.start
        self.library.tab_opened.connect(self.attach)
        self.pages.opened.connect(self.attach_page)
        self.library.workspace_opened.connect(self._on_workspace_opened)
        sidebar.preview_requested.connect(lambda path: start("look at", partial(library.open, preview=True), path))
        sidebar.open_requested.connect(lambda path: start("open", library.open, path))
        sidebar.new_tab_requested.connect(self._on_new_request)
        sidebar.show_file_requested.connect(library.show_file)
        tabs.new_requested.connect(self._on_new_request)
        tabs.new_service_requested.connect(lambda: start("new service", self.new_service.ask))
        self.session.demo.changed.connect(self._on_demo_changed)
        self.window.footer.restart_demo_requested.connect(self.start_demo)
        self.cookies.changed.connect(self.code.refresh)
        self.settings.network_changed.connect(self.code.refresh)
        self.sending.changed.connect(self._on_sending_changed)
        tabs.current_changed.connect(self._on_sending_changed)
        tabs.current_changed.connect(self._on_tab_changed)
        self._on_sending_changed()
        for name, slot in {
            "new_request": self._on_new_request,
            "new_collection": lambda: start("new collection", self.arranging.add_collection),
            "new_service": lambda: start("new service", self.new_service.ask),
            "undo_delete": lambda: start("undo delete", self.arranging.undo_delete),
            "expand_all": lambda: sidebar.tree.set_open("", True),
            "collapse_all": lambda: sidebar.tree.set_open("", False),
            "open_workspace": lambda: self._tasks.start(self._open_workspace(), name="open workspace"),
            "new_workspace": lambda: self._tasks.start(self._new_workspace(), name="new workspace"),
            "open_demo": lambda: self._tasks.start(self.open_demo(), name="open demo"),
            "import": lambda: start("import", self.importing.ask),
            "workspace_variables": lambda: start("open", library.open, WORKSPACE),
            "save": self._on_save,
            "save_as": lambda: self._with_tab(lambda tab: start("save as", self.saver.save_as, tab)),
            "cancel": lambda: self._with_tab(self.sending.cancel),
            "send": lambda: self._with_tab(lambda tab: tab.editor.send()),
            "send_to_file": lambda: self._with_tab(lambda tab: tab.editor.send_to_file()),
            "beautify": lambda: self._with_tab(lambda tab: tab.editor.beautify()),
            "go_to_url": lambda: self._with_tab(lambda tab: tab.editor.focus_url()),
            "choose_channel": lambda: self._choose_route("channels"),
            "choose_credential": lambda: self._choose_route("credentials"),
            "copy_ticket": lambda: self._with_tab(self._copy_ticket),
            "palette": lambda: self._tasks.start(self._palette(), name="palette"),
            "shortcuts": lambda: self._tasks.start(self.settings.show_shortcuts(), name="shortcuts"),
            "cookies": self.cookies.open,
            "secrets": lambda: self._tasks.start(self.secrets.show(), name="secrets"),
            "settings": lambda: self._tasks.start(self.settings.show(), name="settings"),
            "about": lambda: self._tasks.start(self._about(), name="about"),
        }.items():
            self.window.action(name).triggered.connect(lambda _checked=False, call=slot: call())
        self.window.action("presentation").toggled.connect(self._on_presentation)
        for tab in tabs.requests():
            self.attach(tab)

    @Slot(bool)
    def _on_presentation(self, on: bool) -> None:
        if self._presenting is None:
            from firstlight.ui.window_presenting import Presenting

            self._presenting = Presenting(self.window, self.session)
            self.sending.changed.connect(self._presenting.learn)
            self.window.tabs.current_changed.connect(self._presenting.learn)
        self._presenting.show(on)

    @Slot(object)
    def attach(self, tab: RequestTab) -> None:
        """Answer what `tab` asks for."""
        self.sending.attach(tab)
        self.variables.attach(tab)
        self.following.attach(tab)
        self.importing.attach(tab)
        self.code.attach(tab)
        self.own_certificates.attach(tab)
        self.tokens.attach(tab)
        self.cookies.attach(tab)
        self.services.attach(tab)
        self.new_service.attach(tab)
        tab.pane.tasks.failed.connect(self._tasks.failed)
        tab.save_requested.connect(partial(self._save_tab, tab))
        tab.editor.parent_requested.connect(self._on_parent_requested)

    @Slot(object)
    def attach_page(self, page: PageTab) -> None:
        """Answer what `page` asks for."""
        self.variables.attach(page)
        self.following.attach(page)
        self.tokens.attach(page)
        if page.kind == "service":
            self._attach_service(page)  # type: ignore[arg-type]  # its kind says so
        page.parent_requested.connect(self._on_parent_requested)

    def _attach_service(self, page: ServicePage) -> None:
        if self._trying is None:
            from firstlight.ui.window_trying import Trying

            self._trying = Trying(self.window, self.session, self.library, self.sending)
        self._trying.attach(page)

    @Slot(str)
    def _on_parent_requested(self, path: str) -> None:
        self.library.start("open", self.library.open, path)

    @Slot()
    def _on_save(self) -> None:
        tab = self.window.tabs.current()
        if tab is not None and tab.kind != "broken":
            self.library.start("save", self.saver.save_any, tab)

    async def open_demo(self) -> bool:
        """Show the demo workspace; it is unpacked the first time."""
        async with self.library.telling(tr("Cannot open the demo workspace")):
            folder = await self.session.disk(demo_workspace, language())
            if await self.library.open_workspace(folder, is_demo=True):
                await self._open_first_request()
                self.start_demo()  # last: a process that starts takes the processor from the first picture
                return True
        return False

    async def _open_first_request(self) -> None:
        if not self.returning.worked_here_before and not self.window.tabs.tabs():
            path = first_request(language())
            if await self.session.disk((self.library.workspace.folder / path).is_file):  # the user may have moved it
                await self.library.open(path)
                self.window.sidebar.tree.select(path)

    async def _open_workspace(self) -> None:
        folder = await dialogs.choose_folder(self.window, tr("Open workspace"))
        if folder is not None:
            await self.library.open_workspace(folder)

    async def _new_workspace(self) -> None:
        folder = await dialogs.choose_folder(self.window, tr("Choose a folder for the new workspace"))
        if folder is not None:
            await self.library.make_workspace(folder)

    async def _palette(self) -> None:
        from firstlight.ui.window_palette import show_palette

        await show_palette(self)

    async def _about(self) -> None:
        from firstlight.ui.about import AboutDialog

        await dialogs.finished(AboutDialog(self.window))

    def _copy_ticket(self, tab: RequestTab) -> None:
        copied = tab.pane.copy_ticket()
        self.window.footer.show_message(
            Phrase("Copied for a support ticket.") if copied else Phrase("Nothing has been sent in this tab yet.")
        )

    def _choose_route(self, combo: str) -> None:
        tab = self.window.tabs.current()
        if is_request(tab) and not tab.editor.routing.open(combo):
            self.window.footer.show_message(Phrase("The request in front belongs to no service."))

    def _save_tab(self, tab: RequestTab) -> None:
        self.library.start("save", self.saver.save, tab)

    def _with_tab(self, work: Callable[[RequestTab], object]) -> None:
        if is_request(tab := self.window.tabs.current()):
            work(tab)

    @Slot()
    def _on_new_request(self) -> None:
        self.library.open_tab(self.session.new_request()).editor.focus_url()

    @Slot()
    def _on_sending_changed(self) -> None:
        self.window.action("cancel").setEnabled(self.sending.is_sending(self.window.tabs.current()))

    @Slot(object)
    def _on_tab_changed(self, tab: TabPage | None) -> None:
        if tab is not None and tab.path:
            self.window.sidebar.tree.select(tab.path)

    @Slot()
    def _on_workspace_opened(self) -> None:
        for tab in self.window.tabs.requests():
            tab.editor.set_folder(str(self.library.workspace.folder))
        if not self.session.is_demo and self._demo is not None:
            self._demo.cancel()

    @Slot()
    def start_demo(self) -> None:
        """Run the demo services, unless they run."""
        if self._demo is None or self._demo.done() or self._demo.cancelling():
            self._demo = self.window.tasks.start(self._run_demo(self._demo), name="demo services")

    async def _run_demo(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])  # one that is ending needs a moment to go
        await self.session.transport()  # a process that starts would make the window stutter while it imports
        await self.session.demo.run(self.demo_port)

    @Slot(str)
    def _on_demo_changed(self, state: str) -> None:
        self.window.footer.show_demo(state)
        self.session.secrets.lent = dict(self.session.demo.credentials)

    def _make_console(self, parent: QWidget) -> ConsoleView:
        from firstlight.ui.console import ConsoleView

        return ConsoleView(parent, self.session.settings.console_entries, self.session.shown_nowhere)
