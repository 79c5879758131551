"""Keeps the tokens that requests obtain: one call however many wait for it, kept until shortly before its end.

A call is never repeated by itself. What was refused is remembered, and not tried again before something in the form
changes or the person asks for it: after a few wrong passwords accounts are locked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from firstlight.model.access_token import AccessToken, TokenRequest
from firstlight.model.events import Event
from firstlight.model.exchange import Emit, Transport
from firstlight.model.failure import ExchangeError, Failure, failed
from firstlight.model.prepared import PreparedRequest
from firstlight.runner.token_call import RefusedError, ask
from firstlight.texts import Phrase

_YOUNG_S = 60.0
"""A token that a service refuses so soon is not the problem: another one would be refused as well."""

AskPerson: TypeAlias = Callable[[TokenRequest], Awaitable[PreparedRequest]]
_Attempt: TypeAlias = tuple[tuple[str, ...], str, str]


class TokenKeep(Protocol):
    """Where tokens outlive the program. May block: called in threads. Implemented by `store.kept_tokens`."""

    def load(self, key: tuple[str, ...]) -> AccessToken | None:
        """Return the token kept for `key`."""

    def save(self, key: tuple[str, ...], token: AccessToken) -> None:
        """Keep it."""

    def forget(self, key: tuple[str, ...]) -> None:
        """Keep none for `key`; none there is no error."""


@dataclass(slots=True)
class _Flight:
    """A call under way, and how many wait for it."""

    task: asyncio.Task[AccessToken]
    waiting: int = 0


class Tokens:
    """Obtains and keeps tokens (model.access_token.TokenSource). One per event loop."""

    def __init__(
        self,
        keep: TokenKeep | None = None,
        listener: Callable[[Phrase], Emit] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Without `keep` tokens end with the program."""
        self._keep = keep
        self.listener = listener or _nobody
        """Returns who hears the events of the call for what is named."""
        self.ask_person: AskPerson | None = None
        """Leads a person through the sign-in in the browser; None: there is nobody."""
        self._now = now
        self._tokens: dict[tuple[str, ...], AccessToken] = {}
        self._loaded: set[tuple[str, ...]] = set()
        self._refused: dict[_Attempt, Failure] = {}
        self._shown: set[str] = set()
        """What calls for tokens had to show: passwords, keys, refresh tokens."""
        self._flights: dict[_Attempt, _Flight] = {}

    async def token(self, wanted: TokenRequest, transport: Transport) -> AccessToken:
        """Return a token that is valid for a while yet; see TokenSource."""
        if (found := self._fresh(wanted)) is not None:
            return found
        if (refused := self._refused.get(_attempt(wanted))) is not None:
            raise ExchangeError(_remembered(refused))
        return await self._obtained(wanted, transport)

    async def again(self, wanted: TokenRequest, transport: Transport) -> AccessToken:
        """Return a new token, whatever is kept and whatever was refused: the person wants it tried."""
        self._refused.pop(_attempt(wanted), None)
        self._loaded.add(wanted.key)
        self._tokens.pop(wanted.key, None)
        return await self._obtained(wanted, transport)

    async def checked(self, wanted: TokenRequest, transport: Transport) -> AccessToken:
        """Ask the service about a token that the person has put in; nothing is kept and nothing remembered."""
        call = await self._first_call(wanted)
        return await self._ask(wanted, call, transport)

    def refusal(self, wanted: TokenRequest) -> Failure | None:
        """Return why the service refused, where that is remembered."""
        return self._refused.get(_attempt(wanted))

    async def known(self, wanted: TokenRequest) -> AccessToken | None:
        """Return the token that is kept for `wanted`, be it expired; nothing is asked of the network."""
        await self._load(wanted.key)
        found = self._tokens.get(wanted.key)
        return found if found is not None and found.proof == wanted.proof else None

    async def forget(self, wanted: TokenRequest) -> None:
        """Keep no token for `wanted`, and remember no refusal."""
        self._refused.pop(_attempt(wanted), None)
        self._loaded.add(wanted.key)
        self._tokens.pop(wanted.key, None)
        if self._keep is not None:
            await asyncio.to_thread(self._keep.forget, wanted.key)

    async def doubt(self, wanted: TokenRequest, token: AccessToken) -> None:
        """Let go of a token that a service refused, unless it is brand new; see TokenSource."""
        kept = self._tokens.get(wanted.key)
        if kept is not None and kept.value == token.value and self._now() - kept.obtained_at_s > _YOUNG_S:
            await self.forget(wanted)

    async def aclose(self) -> None:
        """End the calls under way."""
        tasks = [flight.task for flight in self._flights.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def values(self) -> frozenset[str]:
        """Return every secret in here: what must not be shown by accident."""
        kept = self._tokens.values()
        return frozenset(filter(None, (text for token in kept for text in (token.value, token.refresh)))) | self._shown

    def _fresh(self, wanted: TokenRequest) -> AccessToken | None:
        found = self._tokens.get(wanted.key)
        return found if found and found.proof == wanted.proof and found.is_fresh(self._now()) else None

    async def _obtained(self, wanted: TokenRequest, transport: Transport) -> AccessToken:
        """Wait for the call under way, or begin one. It ends when nobody waits for it any more."""
        attempt = _attempt(wanted)
        flight = self._flights.get(attempt)
        if flight is None:
            work = self._fetched(wanted, transport)
            # A task of its own: whoever asked first may be cancelled while others wait for the same token.
            task = asyncio.get_running_loop().create_task(work, name=f"token {wanted.key[0]}")
            flight = self._flights[attempt] = _Flight(task)
            task.add_done_callback(lambda _task: self._flights.pop(attempt, None))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                flight.task.cancel()
                await asyncio.wait([flight.task])

    async def _fetched(self, wanted: TokenRequest, transport: Transport) -> AccessToken:
        await self._load(wanted.key)
        if (found := self._fresh(wanted)) is not None:
            return found
        token = await self._new(wanted, transport)
        self._tokens[wanted.key] = token
        if self._keep is not None:
            await asyncio.to_thread(self._keep.save, wanted.key, token)
        return token

    async def _new(self, wanted: TokenRequest, transport: Transport) -> AccessToken:
        """Renew the token that is kept, or ask for one anew. One that is still valid serves until that works."""
        old = self._tokens.get(wanted.key)
        old = old if old is not None and old.proof == wanted.proof else None
        if old is not None and old.refresh and wanted.renew is not None:
            with suppress(RefusedError):  # what renews it has an end, too: then it is asked for as at first
                new = await self._ask(wanted, wanted.renew(old), transport)
                return new if new.refresh else replace(new, refresh=old.refresh)
        try:
            return await self._asked(wanted, await self._first_call(wanted), transport)
        except RefusedError:
            raise
        except ExchangeError:
            if old is None or (left_s := old.left_s(self._now())) is None or left_s <= 0:
                raise
            return old

    async def _load(self, key: tuple[str, ...]) -> None:
        """Read what an earlier run of the program has kept; once."""
        if key in self._loaded or self._keep is None:
            return
        found = await asyncio.to_thread(self._keep.load, key)
        if key not in self._loaded:
            self._loaded.add(key)
            if found is not None:
                self._tokens.setdefault(key, found)

    async def _first_call(self, wanted: TokenRequest) -> PreparedRequest:
        """Return the call for a token; where a person has to agree first, after that."""
        if wanted.call is not None:
            return wanted.call(self._now())
        if self.ask_person is None:
            raise _nobody_there()
        return await self.ask_person(wanted)

    async def _asked(self, wanted: TokenRequest, call: PreparedRequest, transport: Transport) -> AccessToken:
        try:
            return await self._ask(wanted, call, transport)
        except RefusedError as error:
            self._refused[_attempt(wanted)] = error.failure
            raise

    async def _ask(self, wanted: TokenRequest, call: PreparedRequest, transport: Transport) -> AccessToken:
        self._shown |= call.secrets
        return await ask(wanted, call, transport, self.listener(wanted.name), self._now)


def _attempt(wanted: TokenRequest) -> _Attempt:
    return wanted.key, wanted.proof, wanted.once


def _remembered(refused: Failure) -> Failure:
    message = Phrase(
        "{problem} This was refused before and is not tried again by itself.",
        problem=refused.message,
    )
    hint = Phrase("{remedy} Or press “Get a new token now” on the Authorization tab.", remedy=refused.hint)
    return Failure(layer=refused.layer, kind=refused.kind, message=message, hint=hint)


def _nobody_there() -> ExchangeError:
    return failed(
        "variable",
        "nobody-at-a-browser",
        Phrase("This token needs a person who signs in with a browser, and there is none here."),
        Phrase("Take the grant “Client credentials” for programs that run by themselves."),
    )


def _nobody(_name: Phrase) -> Emit:
    return _unheard


def _unheard(_event: Event) -> None:
    """Nobody listens."""
