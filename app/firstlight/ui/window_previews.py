"""Tells the tabs what variables there are, for what they show before sending. No secret is read for that."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject

from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError
from firstlight.ui.tabs_request import RequestTab
from firstlight.ui.window import MainWindow
from firstlight.ui.window_session import Session


class Previews(QObject):
    """Answers a tab when somebody looks at what depends on variables."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session

    def attach(self, tab: RequestTab) -> None:
        """Tell `tab` when it asks."""
        tab.editor.variables_wanted.connect(partial(self._on_wanted, tab))

    def _on_wanted(self, tab: RequestTab) -> None:
        self._window.tasks.start(self._tell(tab), name="look variables up")

    async def _tell(self, tab: RequestTab) -> None:
        with suppress(ExchangeError):  # a file that cannot be read is told when the request is sent
            variables = await self._session.variables(tab.path)
            if tab in self._window.tabs.tabs():  # it may have been closed meanwhile
                tab.editor.set_scope(Scope(variables=variables, secret=lambda _name: None))
