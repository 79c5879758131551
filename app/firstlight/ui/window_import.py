"""Makes requests out of what is pasted: a cURL command in the URL of a tab, or in the Import dialog."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from firstlight.ui.dialogs import finished
from firstlight.ui.tabs_page import is_request

if TYPE_CHECKING:
    from firstlight.formats.reading import Reading
    from firstlight.ui.tabs_request import RequestTab
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_library import Library
    from firstlight.ui.window_session import Session


class Importer(QObject):
    """Everything that brings requests in from a text."""

    def __init__(self, window: MainWindow, session: Session, library: Library) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library

    def attach(self, tab: RequestTab) -> None:
        """Take the commands that are put into the URL of `tab`."""
        tab.editor.command_given.connect(partial(self._on_command, tab))

    async def ask(self) -> None:
        """Ask for a command, show what it means, and open it."""
        from firstlight.ui.importing.dialog import ImportDialog

        dialog = ImportDialog(self._read, QGuiApplication.clipboard().text(), self._window)
        if await finished(dialog) and (reading := dialog.reading()) is not None:
            front = self._window.tabs.current()
            self._show(front if is_request(front) else None, reading)

    def _read(self, text: str) -> Reading:
        from firstlight.formats.curl import parse_curl

        return parse_curl(text, self._session.new_request().settings)

    def _on_command(self, tab: RequestTab, text: str, typed: bool) -> None:
        reading = self._read(text)
        if typed:
            tab.editor.take_over(reading.requests[0], reading.notes)
        else:
            self._show(tab, reading)

    def _show(self, tab: RequestTab | None, reading: Reading) -> None:
        """Show the request in `tab`, or in a new one when something there would be lost."""
        if tab is None or tab.unsaved():
            tab = self._library.open_tab(self._session.new_request())
        tab.editor.take_over(reading.requests[0], reading.notes)
        tab.editor.focus_url()
