"""A TLS server that goes wrong in the way the host name asks for: `https://expired.demo.test:PORT/` and its kin.

The names have no address; a request connects to 127.0.0.1 and keeps the name (Connect to, on the Settings tab). What
a client sends first tells the name; only then is it known which certificate, or which breach, it gets.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from firstlight.demo.faults.certificates import Flaw, server_context
from firstlight.demo.faults.scripts import Script, hang_up, reset, silent

T = TypeVar("T")
DOMAIN = "demo.test"
_ANSWER = b'{"message": "You have turned verification off: this could have come from anyone."}'
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"


async def _plain_http(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@dataclass(frozen=True, slots=True)
class TlsFault:
    """One way to go wrong, by the first label of the host name."""

    label: str
    summary: str
    breach: Flaw | Script


FAULTS: tuple[TlsFault, ...] = (
    TlsFault("expired", "a certificate that ended ten days ago", Flaw(to_day=-10)),
    TlsFault("not-yet-valid", "a certificate that begins in ten days", Flaw(from_day=10)),
    TlsFault("wrong-host", "a certificate for another host", Flaw(host="other.demo.test")),
    TlsFault("self-signed", "a certificate that vouches for itself", Flaw(self_signed=True)),
    TlsFault("unknown-authority", "a certificate of an authority that no machine trusts", Flaw()),
    TlsFault("weak-key", "a certificate with 1024 bits of RSA", Flaw(self_signed=True, weak=True)),
    TlsFault("old-version", "TLS 1.1 at most", Flaw(newest=ssl.TLSVersion.TLSv1_1)),
    TlsFault("plain-http", "plain HTTP where TLS is expected", _plain_http),
    TlsFault("hang-up", "closes during the handshake", hang_up),
    TlsFault("reset", "tears the connection down during the handshake", reset),
    TlsFault("silent", "never finishes the handshake", silent),
)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Serve one connection: play the fault of its host name; an unknown name gets a sound but untrusted certificate."""
    hello = await reader.read(16_384)
    host, alert = _named(hello)
    if alert:
        writer.write(alert)  # plain HTTP, or nothing that any TLS would take
        return
    breach: Flaw | Script = next((fault.breach for fault in FAULTS if fault.label == host.partition(".")[0]), Flaw())
    if not isinstance(breach, Flaw):
        await breach(reader, writer)
        return
    context = await asyncio.to_thread(server_context, host or DOMAIN, breach)
    with suppress(ssl.SSLError, ConnectionError):  # the client does not accept it, which is the point
        tls = _Tls(context, hello, reader, writer)
        await tls.step(tls.connection.do_handshake)
        await tls.step(lambda: tls.connection.read(65_536))
        await tls.step(lambda: tls.connection.write(_HEAD % len(_ANSWER) + _ANSWER))
        await tls.step(tls.connection.unwrap)


def _named(hello: bytes) -> tuple[str, bytes]:
    """Let OpenSSL read the host name out of a ClientHello; the second is what it answers when it is none."""
    names: list[str] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda _connection, name, _context: names.append(name or "")
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    incoming.write(hello)
    with suppress(ssl.SSLError):
        context.wrap_bio(incoming, outgoing, server_side=True).do_handshake()
    return (names[0], b"") if names else ("", outgoing.read() or b"\x15\x03\x01\x00\x02\x02\x46")


class _Tls:
    """The server's side of TLS over a stream whose first bytes were read already, which asyncio cannot take over."""

    def __init__(
        self, context: ssl.SSLContext, hello: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._incoming.write(hello)
        self._reader, self._writer = reader, writer
        self.connection = context.wrap_bio(self._incoming, self._outgoing, server_side=True)

    async def step(self, action: Callable[[], T]) -> T:
        """Repeat `action` with what the client sends until it has what it needs."""
        while True:
            try:
                return action()
            except ssl.SSLWantReadError:
                self._flush()
                data = await self._reader.read(65_536)
                if not data:
                    raise ConnectionResetError from None
                self._incoming.write(data)
            finally:
                self._flush()

    def _flush(self) -> None:
        if data := self._outgoing.read():
            self._writer.write(data)
