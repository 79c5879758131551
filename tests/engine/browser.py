"""A person at a browser, for sign-ins in tests."""

from __future__ import annotations

import asyncio
import re
from html import unescape

import httpx

from firstlight.model.access_token import TokenRequest
from firstlight.model.prepared import PreparedRequest
from firstlight.runner.consenting import consented
from firstlight.transport.redirect_listener import listen_for_redirect


class Person:
    """A person at a browser, who answers the page as told; their fetches run beside the loop as a browser does."""

    def __init__(self, answer: str = "allow") -> None:
        self.answer = answer
        self.pages: list[str] = []
        self.seen: list[str] = []
        self._browsing: list[asyncio.Future[None]] = []

    async def ask(self, wanted: TokenRequest) -> PreparedRequest:
        """Do what the window and the command line do (runner.tokens.AskPerson)."""
        return await consented(wanted, listen_for_redirect, self.browse)

    def browse(self, page: str) -> None:
        self.pages.append(page)
        if self.answer:
            self._browsing.append(asyncio.get_running_loop().run_in_executor(None, self._visit, page))

    def _visit(self, page: str) -> None:
        with httpx.Client(trust_env=False, follow_redirects=True) as browser:
            form = browser.get(page).text
            fields = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form))
            data = {name: unescape(value) for name, value in fields.items()} | {"answer": self.answer}
            self.seen.append(browser.post(page, data=data).text)

    async def done(self) -> None:
        await asyncio.gather(*self._browsing)
        self._browsing.clear()
