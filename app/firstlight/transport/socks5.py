"""The way through a SOCKS5 proxy (RFC 1928, RFC 1929): the proxy looks the name up and connects.

In the place of httpcore's, which waits for ever for a proxy that says nothing, takes half a message for a broken one,
and does not offer to do without the login that it has.
"""

from __future__ import annotations

import asyncio
from importlib import import_module

from firstlight.transport.failures import proxying
from firstlight.transport.sockets import SocketStream
from firstlight.transport.wire import Wire, current_wire

_OPEN, _LOGIN = 0, 2
_ADDRESS_BYTES = {1: 4, 4: 16}


def install() -> None:
    """Let httpcore go this way."""
    module = import_module("httpcore._async.socks_proxy")
    module._init_socks5_connection = connect  # type: ignore[attr-defined]  # it offers no setting for that


async def connect(
    stream: SocketStream, *, host: bytes | str, port: int, auth: tuple[bytes, bytes] | None = None
) -> None:
    """Have the proxy at the other end of `stream` connect to `host`.

    Raises:
        ExchangeError: layer `proxy`; it does not let us in, does not get there, or is none.
    """
    wire = current_wire.get()
    wire.phase = "proxy"
    try:
        async with asyncio.timeout_at(stream.connect_by):
            await _log_in(stream, wire, auth)
            await _ask(stream, wire, host.encode() if isinstance(host, str) else host, port)
    except TimeoutError as error:
        stream.cut()
        raise proxying.silent(wire) from error
    except BaseException:
        stream.cut()  # httpcore forgets a connection that the proxy did not let through
        raise
    wire.first_bytes = b""  # what came until now was said by the proxy
    wire.phase = "send"


async def _log_in(stream: SocketStream, wire: Wire, auth: tuple[bytes, bytes] | None) -> None:
    methods = bytes((_OPEN, _LOGIN) if auth else (_OPEN,))
    await stream.write(bytes((5, len(methods))) + methods)
    version, method = await _read(stream, wire, 2)
    if version != 5:
        raise proxying.no_socks(wire)
    if method == _OPEN:
        return
    if method != _LOGIN or auth is None:
        raise proxying.login(wire, "")
    name, password = auth
    await stream.write(bytes((1, len(name))) + name + bytes((len(password),)) + password)
    if (await _read(stream, wire, 2))[1]:
        raise proxying.login(wire, "")


async def _ask(stream: SocketStream, wire: Wire, host: bytes, port: int) -> None:
    await stream.write(bytes((5, 1, 0, 3, len(host))) + host + port.to_bytes(2, "big"))
    version, code, _, kind = await _read(stream, wire, 4)
    if version != 5:
        raise proxying.no_socks(wire)
    if code:
        raise proxying.not_reached(wire, code)
    length = _ADDRESS_BYTES.get(kind) or (await _read(stream, wire, 1))[0]
    await _read(stream, wire, length + 2)


async def _read(stream: SocketStream, wire: Wire, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = await stream.read(count - len(data))
        if not more:
            raise proxying.no_socks(wire)
        data += more
    return data
