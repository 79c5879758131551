"""Opens connections for httpcore: looks the name up, tries its addresses, tells what happens."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from firstlight.transport.failures import connecting
from firstlight.transport.quiet_httpx import httpcore
from firstlight.transport.sockets import SocketStream
from firstlight.transport.stamped_socket import AVAILABLE, StampedSocket
from firstlight.transport.wire import Wire, current_wire

_HEAD_START_S = 0.25
"""How long an address is tried before the next one joins in (RFC 8305 §5)."""


class Network(httpcore.AsyncNetworkBackend):
    """The way to the network that every pool uses."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> SocketStream:
        """Connect to a host name or address.

        Raises:
            ExchangeError: layer `dns`, `connect` or `proxy`.
        """
        wire = current_wire.get()
        if wire.settings.connect_to and not wire.proxied:
            host, port = elsewhere(wire.settings.connect_to, port)
        loop = asyncio.get_running_loop()
        race = _Race([], port)
        connect_by = None if timeout is None else loop.time() + timeout
        try:
            async with asyncio.timeout_at(connect_by):
                addresses = [host] if _is_address(host) else await _told_addresses(wire, host, port)
                wire.phase = "proxy" if wire.proxied else "connect"
                race = _Race(addresses, port)
                stream = await race.first_success()
        except TimeoutError as error:
            raise connecting.timed_out(wire, host, port, timeout, race.tried) from error
        except OSError as error:
            raise connecting.refused(wire, host, port, error, race.tried) from error
        stream.connect_by = connect_by
        wire.connected(stream)
        return stream

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore would between attempts. Ours makes none."""
        await asyncio.sleep(seconds)


def elsewhere(connect_to: str, port: int) -> tuple[str, int]:
    """Read `address` or `address:port`; an IPv6 address with a port stands in brackets.

    Raises:
        ExchangeError: layer `connect`; it is neither.
    """
    text = connect_to.strip()
    if _is_address(text):
        return text, port
    found = re.fullmatch(r"(\[[^\]]+\]|[^\[\]:/\s]+)(?::(\d{1,5}))?", text)
    if not found or not 0 < int(found[2] or port) < 65536:
        raise connecting.bad_connect_to(text)
    return found[1].strip("[]"), int(found[2] or port)


def _is_address(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


async def _told_addresses(wire: Wire, host: str, port: int) -> list[str]:
    wire.phase = "dns"
    addresses = await resolve(host, port)
    wire.resolved(host, addresses[0], port)
    return addresses


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of `host`, best first, families taking turns.

    Raises:
        ExchangeError: layer `dns`.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(give: Callable[[Any], None], value: object) -> None:
        if not answer.done():
            give(value)

    def look_up() -> None:
        try:
            found: object = _addresses(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            give: Callable[[Any], None] = answer.set_result
        except (OSError, UnicodeError) as error:
            found, give = error, answer.set_exception
        with suppress(RuntimeError):  # the loop may be gone by now
            loop.call_soon_threadsafe(settle, give, found)

    # A thread of its own and not the loop's pool: a name server that does not answer would keep the program
    # from ending, because the pool waits for its threads.
    threading.Thread(target=look_up, name=f"look up {host}", daemon=True).start()
    try:
        return await answer
    except (OSError, UnicodeError) as error:
        raise connecting.unknown_host(host, error) from error


def _addresses(found: Iterable[tuple[Any, ...]]) -> list[str]:
    families: dict[int, list[str]] = {}
    for family, _, _, _, place in found:
        if place[0] not in families.setdefault(family, []):
            families[family].append(str(place[0]))
    longest = max(map(len, families.values()), default=0)
    return [names[turn] for turn in range(longest) for names in families.values() if turn < len(names)]


async def _connect(address: str, port: int) -> SocketStream:
    loop = asyncio.get_running_loop()
    if not AVAILABLE:
        _, stream = await loop.create_connection(lambda: SocketStream(loop), address, port)
        return stream
    numeric = address.encode("ascii")  # as bytes: a str would load Python's codec for names
    found = socket.getaddrinfo(numeric, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    family, _, _, _, place = found[0]
    stamped = StampedSocket(family)
    try:
        await loop.sock_connect(stamped, place)
        _, stream = await loop.create_connection(lambda: SocketStream(loop, stamped), sock=stamped)
    except BaseException:
        stamped.close()
        raise
    return stream


class _Race:
    """Connects to the first address that answers; each gets a head start over the next."""

    def __init__(self, addresses: list[str], port: int) -> None:
        self._addresses = addresses
        self._port = port
        self._progress = asyncio.Event()
        self._winners: list[SocketStream] = []
        self.tried: dict[str, OSError | None] = {}
        """Every address so far, and why not; None as long as it is silent."""

    async def first_success(self) -> SocketStream:
        """Return the connection that came about first. Raises OSError, the first one, when none did."""
        if len(self._addresses) == 1:
            return await _connect(self._addresses[0], self._port)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = []
                for address in self._addresses:
                    tasks.append(group.create_task(self._run(address)))
                    await self._settled(_HEAD_START_S)
                    if self._winners:
                        break
                await self._settled(None)
                for task in tasks:
                    task.cancel()
        except BaseException:
            self._drop(self._winners)
            raise
        if not self._winners:
            raise next(error for error in self.tried.values() if error)
        self._drop(self._winners[1:])
        return self._winners[0]

    async def _run(self, address: str) -> None:
        self.tried[address] = None
        try:
            self._winners.append(await _connect(address, self._port))
        except OSError as error:
            self.tried[address] = error
        self._progress.set()

    async def _settled(self, limit_s: float | None) -> None:
        """Return when one has won, all that run have lost, or the time is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                await asyncio.sleep(0)  # the newest one begins
                while not self._winners and None in self.tried.values():
                    self._progress.clear()
                    await self._progress.wait()

    def _drop(self, streams: list[SocketStream]) -> None:
        for stream in streams:
            stream.cut()
