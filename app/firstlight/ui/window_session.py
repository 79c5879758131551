"""What a window works with: settings, workspace, secrets, network, demo. Disk work goes through `disk`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from firstlight.model.exchange import Variable
from firstlight.model.failure import ExchangeError
from firstlight.model.request import INHERIT, Request
from firstlight.model.service import Service
from firstlight.model.surroundings import Surroundings
from firstlight.runner.tokens import Tokens
from firstlight.store.kept_tokens import KeptTokens
from firstlight.store.secret_fields import look_up_in, read_secrets
from firstlight.store.settings import Settings, change_saved, save_settings
from firstlight.store.settings_use import network_settings, new_request_settings
from firstlight.ui.demo_process import DemoProcess

if TYPE_CHECKING:
    from pathlib import Path

    from firstlight.store.cookie_jar import CookieJar
    from firstlight.store.secrets import SecretStore
    from firstlight.store.workspace import Workspace
    from firstlight.transport import HttpTransport

P = ParamSpec("P")
T = TypeVar("T")


class Session:
    """One per window. Created when asyncio runs; closed by main."""

    def __init__(self, settings: Settings, secrets: SecretStore) -> None:
        self.settings = settings
        self.secrets = secrets
        self.demo = DemoProcess()
        self.tokens = Tokens(KeptTokens(secrets, lambda: not self.is_demo))
        """What requests have obtained to sign in with."""
        self.workspace: Workspace | None = None
        self.is_demo = False
        self.environment = ""
        """The chosen environment; empty: none."""
        self.used_secrets: set[str] = set()
        """Values that requests of this session asked for: what the crash dialog must not show."""
        self.unlock: Callable[[], Awaitable[bool]] = _nobody_to_ask
        """Asks for the password of the locked vault; whether it is open then."""
        self._unkept: dict[str, Any] = {}
        """What was chosen and is not in the file yet."""
        self._disk = asyncio.Lock()
        self._warming = asyncio.Lock()
        self._reaching = asyncio.Lock()
        self._transport: HttpTransport | None = None
        self.jar: CookieJar | None = None
        """The cookies of the workspace, once somebody asked for them."""
        self._jar_of: Path | None = None
        self._baking = asyncio.Lock()

    async def disk(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do blocking disk work in a thread, one after the other, cancelled or not: a thread cannot be stopped."""
        async with self._disk:
            return await in_thread(work, *args, **kwargs)

    async def surroundings(self, path: str, environment: str | None = None) -> Surroundings:
        """Return what a request at `path` finds around it, in the chosen environment or in another one.

        Raises:
            ExchangeError: (layer `file`) a page cannot be read.
        """
        found = Surroundings()
        if self.workspace is not None:
            chosen = self.environment if environment is None else environment
            found = await self.disk(self.workspace.surroundings, path, chosen)
        if not self.is_demo:
            return found
        own = {name: Variable(value=url, origin="run") for name, url in self.demo.addresses.items()}
        return replace(found, variables={**found.variables, **own})

    async def service_of(self, request: Request) -> Service | None:
        """Return the service that `request` belongs to; None: to none, or to one that is not there.

        Raises:
            ExchangeError: (layer `file`) its file is broken.
        """
        if self.workspace is None or not request.service:
            return None
        return await self.disk(self.workspace.services.named, request.service)

    async def cookies(self) -> CookieJar | None:
        """Return the cookies of the workspace, in step with its file; None while there is no workspace.

        Raises:
            ExchangeError: (layer `file`) they cannot be written; `jar` still has them.
        """
        if self.workspace is None:
            return None
        folder = self.workspace.folder
        async with self._baking:
            if self.jar is None or self._jar_of != folder:
                await self._write_cookies()
                self.jar, self._jar_of = await self.disk(_jar_of, folder), folder
            jar = self.jar
        await self.disk(jar.sync)
        return jar

    async def cookies_in_memory(self) -> CookieJar | None:
        """Return the cookies; that they cannot be written is told when an exchange is over."""
        try:
            return await self.cookies()
        except ExchangeError:
            return self.jar

    async def _write_cookies(self) -> None:
        if self.jar is not None:
            with suppress(ExchangeError):  # told when it failed the first time
                await self.disk(self.jar.sync)

    async def transport(self) -> HttpTransport:
        """Return the network; the first call prepares it in a thread (importing it takes 200 ms)."""
        async with self._warming:
            if self._transport is None:
                self._transport = await asyncio.to_thread(_open_transport, self.settings, self.secrets)
        return self._transport

    async def reach_network_anew(self) -> None:
        """Let the settings of the network, which have changed, count for the next request."""
        transport = await self.transport()
        async with self._reaching:  # in turn: a slower thread with older settings must not have the last word
            network = await asyncio.to_thread(network_settings, self.settings, self.secrets.get)
            transport.use(network)

    def shown_nowhere(self) -> frozenset[str]:
        """Return the secrets that requests of this session used: no answer and no message may show them."""
        return frozenset(self.used_secrets) | self.tokens.values() | self.secrets.given()

    async def secret_look_up(self, request: Request, variables: Mapping[str, Variable]) -> Callable[[str], str | None]:
        """Return what Scope.secret wants. A keyring answers in 20 ms, or asks the person: never on the loop."""
        known = await asyncio.to_thread(read_secrets, request, variables, self.secrets)
        if None in known.values() and self.secrets.vault.state == "locked" and await self.unlock():
            known = await asyncio.to_thread(read_secrets, request, variables, self.secrets)
        self.used_secrets |= set(filter(None, known.values()))
        return await asyncio.to_thread(look_up_in, known, self.secrets)

    def new_request(self, name: str = "") -> Request:
        """Return a new request as the settings want it; where it is saved it inherits."""
        return Request(name=name, authorization=INHERIT, settings=new_request_settings(self.settings))

    def choose(self, **changed: Any) -> None:
        """Let a choice count at once; `close` keeps it for the next start, at the latest."""
        self.settings = replace(self.settings, **changed)
        self._unkept.update(changed)

    async def change_settings(self, **changed: Any) -> None:
        """Keep a choice for the next start; the choices of another window stay.

        Raises:
            ExchangeError: (layer `file`) it could not be written.
        """
        self.choose(**changed)
        await self.disk(self._keep_choices)

    def _keep_choices(self) -> None:
        changed = dict(self._unkept)
        if changed:
            change_saved(changed, self.settings)
            for name, value in changed.items():
                if self._unkept.get(name) == value:  # not chosen anew meanwhile
                    self._unkept.pop(name, None)

    async def use_settings(self, settings: Settings) -> None:
        """Keep other settings for the next start."""
        self.settings = settings
        self._unkept.clear()
        await self.disk(save_settings, settings)

    async def close(self) -> None:
        """End the calls for tokens, keep what was chosen a moment ago and close every connection."""
        await self.tokens.aclose()
        with suppress(ExchangeError):  # the window that could tell it is gone
            await self.disk(self._keep_choices)
        await self._write_cookies()
        if self._transport is not None:
            await self._transport.aclose()


async def _nobody_to_ask() -> bool:
    return False


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do blocking work in a thread, and wait until it is done even when cancelled: a thread cannot be stopped."""
    running = asyncio.get_running_loop().run_in_executor(None, partial(work, *args, **kwargs))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


def _jar_of(folder: Path) -> CookieJar:
    from firstlight.store.cookie_jar import CookieJar

    return CookieJar.of(folder)


def _open_transport(settings: Settings, secrets: SecretStore) -> HttpTransport:
    from firstlight.transport import HttpTransport, warm_up

    with suppress(ExchangeError):  # certificates that are named but not there: the first https request says so
        warm_up()
    return HttpTransport(network_settings(settings, secrets.get))
