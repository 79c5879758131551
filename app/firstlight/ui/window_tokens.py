"""Does what the Authorization tab asks for about tokens: looks them up, gets new ones, forgets them, checks them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from firstlight.model.failure import ExchangeError
from firstlight.model.request import Request
from firstlight.model.route import as_plain
from firstlight.runner.obtaining import wanted_check, wanted_token
from firstlight.texts import Phrase
from firstlight.ui.request.token_words import CHECK, FORGET, GET, STOP, TokenState, TokenWish
from firstlight.ui.tabs_page import is_request
from firstlight.ui.window import MainWindow
from firstlight.ui.window_browser import BrowserSignIn
from firstlight.ui.window_sending import Sender
from firstlight.ui.window_session import Session

if TYPE_CHECKING:
    from firstlight.model.access_token import AccessToken
    from firstlight.model.exchange import Scope
    from firstlight.ui.pages.page_tab import PageTab
    from firstlight.ui.tabs_request import RequestTab


class TokenWork(QObject):
    """One piece of work per tab: a new wish ends the one before."""

    def __init__(self, window: MainWindow, session: Session, sending: Sender) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._sending = sending
        self._running: dict[QObject, asyncio.Task[None]] = {}
        session.tokens.ask_person = BrowserSignIn(window)

    def attach(self, tab: RequestTab | PageTab) -> None:
        """Answer the wishes of `tab`; they end with it."""
        tab.token_wished.connect(partial(self._on_wish, tab))
        tab.destroyed.connect(lambda *_: self._end(tab))

    def _on_wish(self, tab: RequestTab | PageTab, wish: TokenWish) -> None:
        self._end(tab)
        if wish.what == STOP:
            wish.show(TokenState())
            return
        sent = tab.sent() if is_request(tab) else Request()
        task = self._window.tasks.start(self._fulfil(tab.lookup_path(), sent, wish), name=f"{wish.what} token")
        self._running[tab] = task
        task.add_done_callback(lambda done: self._running.pop(tab) if self._running.get(tab) is done else None)

    def _end(self, tab: QObject) -> None:
        if (task := self._running.pop(tab, None)) is not None:
            task.cancel()

    async def _fulfil(self, path: str, sent: Request, wish: TokenWish) -> None:
        request = Request(authorization=wish.authorization)
        try:
            scope = await self._sending.scope(path, request)
            state = await self._outcome(request, scope, wish)
            wish.show(replace(state, elsewhere=await self._elsewhere(state.token, sent, scope)))
        except ExchangeError as error:
            # While one only looks, an unfinished form is no mistake: what is missing stands under it already.
            wish.show(TokenState(failure=error.failure if wish.what in {GET, CHECK} else None))

    async def _elsewhere(self, token: AccessToken | None, sent: Request, scope: Scope) -> tuple[Phrase, Phrase] | None:
        """Return what stands against sending `token` where the request of the tab goes."""
        from firstlight.advice.token_place import good_elsewhere
        from firstlight.ui.request.route_words import filler

        if token is None:
            return None
        plain = as_plain(sent, await self._session.service_of(sent))
        return good_elsewhere(token, filler(scope)(plain.url))

    async def _outcome(self, request: Request, scope: Scope, wish: TokenWish) -> TokenState:
        tokens = self._session.tokens
        if wish.what == CHECK:
            wanted = wanted_check(request, scope)
            wish.show(TokenState(busy=True))
            return TokenState(token=await tokens.checked(wanted, await self._session.transport()))
        needed = wanted_token(request, scope)
        if needed is None:
            return TokenState()
        if wish.what == GET:
            wish.show(TokenState(busy=True))
            return TokenState(token=await tokens.again(needed, await self._session.transport()))
        if wish.what == FORGET:
            await tokens.forget(needed)
        return TokenState(token=await tokens.known(needed), failure=tokens.refusal(needed))
