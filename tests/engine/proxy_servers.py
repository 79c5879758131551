"""Real small proxies on loopback: SOCKS5 (RFC 1928, 1929) and HTTP (absolute form, CONNECT), with or without a login.

Names of services lead where the test says: a client that looks them up by itself gets nowhere.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from servers import Peer, Server, response, serving

Login = tuple[str, str]


@dataclass
class Seen:
    """What a proxy was asked for."""

    port: int = 0
    asked: list[str] = field(default_factory=list)
    """`name:port` as it came over the wire."""
    logins: list[Login] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


@asynccontextmanager
async def socks_serving(
    places: Mapping[str, Server], login: Login | None = None, refusal: int = 0
) -> AsyncIterator[Seen]:
    """Run a SOCKS5 proxy; with a `refusal` it answers every wish with that code."""
    seen = Seen()

    async def handler(peer: Peer) -> None:
        read = peer.reader.readexactly
        _, count = await read(2)
        offered = await read(count)
        if login is None:
            await peer.send(b"\x05\x00")
        elif 2 not in offered:
            await peer.send(b"\x05\xff")
            return
        else:
            await peer.send(b"\x05\x02")
            name = await read((await read(2))[1])
            given = (name.decode(), (await read((await read(1))[0])).decode())
            seen.logins.append(given)
            await peer.send(b"\x01\x00" if given == login else b"\x01\x01")
            if given != login:
                return
        _, _, _, kind = await read(4)
        host = (await read((await read(1))[0])).decode() if kind == 3 else ".".join(map(str, await read(4)))
        asked = f"{host}:{int.from_bytes(await read(2), 'big')}"
        seen.asked.append(asked)
        if refusal or asked not in places:
            await peer.send(bytes([5, refusal or 4, 0, 1, 0, 0, 0, 0, 0, 0]))
            return
        await peer.send(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        await _tunnel(peer, places[asked])

    async with serving(handler) as server:
        seen.port = server.port
        yield seen


@asynccontextmanager
async def proxy_serving(places: Mapping[str, Server], login: Login | None = None) -> AsyncIterator[Seen]:
    """Run an HTTP proxy."""
    seen = Seen()

    async def handler(peer: Peer) -> None:
        received = await peer.head()
        seen.heads.append(received.line)
        given = (received.header("proxy-authorization") or "").removeprefix("Basic ")
        if given:
            name, _, password = base64.b64decode(given).decode().partition(":")
            seen.logins.append((name, password))
        if login is not None and seen.logins[-1:] != [login]:
            lines = ('Proxy-Authenticate: Basic realm="lab"', "Connection: close")
            await peer.send(response(b"who are you?", *lines, status="407 Proxy Authentication Required"))
            return
        if received.method == "CONNECT":
            seen.asked.append(received.target)
            await peer.send(b"HTTP/1.1 200 Connection established\r\nX-Proxy: lab\r\n\r\n")
            await _tunnel(peer, places[received.target])
            return
        place = received.target.removeprefix("http://").partition("/")[0]
        seen.asked.append(place)
        await peer.send(response(f"by the proxy: {received.target}".encode(), "Connection: close"))

    async with serving(handler) as server:
        seen.port = server.port
        yield seen


async def _tunnel(peer: Peer, place: Server) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", place.port)
    try:
        await asyncio.gather(_pump(peer.reader, writer), _pump(reader, peer.writer))
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()
