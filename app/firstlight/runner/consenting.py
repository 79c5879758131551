"""Leads a person through a sign-in in the browser, and waits for the answer on a port of this machine (RFC 8252)."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeAlias

from firstlight.model.access_token import TokenRequest
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import Phrase

PATIENCE_S = 300.0
"""As long as one looks for a password, a telephone and its code."""


class Listener(Protocol):
    """A port of this machine that waits for the browser to come back. Implemented by `transport.redirect_listener`."""

    address: str
    """What the service is told to send the browser to."""

    async def answer(self) -> str:
        """Return the whole address that the browser came back with."""


Listen: TypeAlias = Callable[[str], AbstractAsyncContextManager[Listener]]
"""Opens the port; the argument is the address that was asked for, which may be empty."""


async def consented(
    wanted: TokenRequest, listen: Listen, browse: Callable[[str], object], patience_s: float = PATIENCE_S
) -> PreparedRequest:
    """Open the page with `browse`, wait for the answer, and return the call that obtains the token.

    Raises:
        ExchangeError: nobody answered in time, the answer was no, or belongs to another question.
    """
    assert wanted.consent is not None  # noqa: S101 - a TokenRequest without a call has one
    async with listen(wanted.redirect) as listener:
        consent = wanted.consent(listener.address, secrets.token_urlsafe(96))
        browse(consent.page)
        try:
            async with asyncio.timeout(patience_s):
                answer = await listener.answer()
        except TimeoutError as error:
            raise failed(
                "wait",
                "nobody-signed-in",
                Phrase(
                    "{what}: nobody has signed in within {minutes} minutes.",
                    what=wanted.name,
                    minutes=f"{patience_s / 60:g}",
                ),
                Phrase("Send again, and sign in on the page that opens in the browser."),
            ) from error
        return consent.answered(answer)
