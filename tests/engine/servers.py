"""Loopback servers that send exactly the bytes a test names, in plain TCP or TLS, and remember what they received."""

from __future__ import annotations

import asyncio
import datetime
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from firstlight.model.events import Event
from firstlight.model.exchange import Exchange, Scope, Variable
from firstlight.model.request import Request
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport

T = TypeVar("T")


@dataclass
class Received:
    """One request as it arrived."""

    line: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]

    @property
    def method(self) -> str:
        return self.line.split(" ")[0]


@dataclass
class Server:
    """A running server and its memory."""

    port: int
    scheme: str = "http"
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    left: int = 0
    """How many clients have closed their connection, seen from here."""

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"


class Peer:
    """The server's end of one connection."""

    def __init__(self, server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer

    async def head(self) -> Received:
        """Read a request up to its blank line and remember it."""
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("utf-8").split("\r\n")
        pairs = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines[1:] if line)]
        received = Received(lines[0], pairs, b"")
        self.server.received.append(received)
        return received

    async def request(self) -> Received:
        """Read a whole request and remember it."""
        received = await self.head()
        if length := received.header("content-length"):
            received.body = await self.reader.readexactly(int(length))
        return received

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        """Break the connection off: the client sees "connection reset"."""
        raw: socket.socket = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def gone(self) -> None:
        """Wait until the client has closed."""
        with suppress(ConnectionError):
            while await self.reader.read(65536):
                pass


Handler = Callable[[Peer], Awaitable[None]]


@asynccontextmanager
async def serving(handler: Handler, context: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """Serve every connection with `handler`; the connection is closed when it returns."""
    tasks: dict[asyncio.Task[None], asyncio.WriteTransport] = {}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks[task] = writer.transport
        server.connections += 1
        try:
            await handler(Peer(server, reader, writer))
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            server.left += 1
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()
            del tasks[task]

    listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    server = Server(listening.sockets[0].getsockname()[1], "https" if context else "http")
    try:
        yield server
    finally:
        listening.close()
        for task, transport in tasks.items():
            task.cancel()
            transport.abort()  # what nobody reads any more would keep it open
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # now the sockets are closed
        await listening.wait_closed()


def replies(*answers: bytes, then_close: bool = False) -> Handler:
    """Answer request after request of a connection; the last answer repeats."""

    async def handler(peer: Peer) -> None:
        turn = 0
        while True:
            await peer.request()
            await peer.send(answers[min(turn, len(answers) - 1)])
            turn += 1
            if then_close:
                return

    return handler


def response(body: bytes = b"", *lines: str, status: str = "200 OK") -> bytes:
    """Write an answer with Content-Length."""
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines))
    return head.encode() + b"\r\n" + body


def chunked(*chunks: bytes, content_type: str = "text/plain", end: bool = True) -> bytes:
    """Write a chunked answer."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    return head + b"".join(b"%x\r\n%b\r\n" % (len(c), c) for c in chunks) + (b"0\r\n\r\n" if end else b"")


def closed_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def scope(folder: Path | str = "", secrets: dict[str, str] | None = None, **variables: str) -> Scope:
    """Return a scope with these variables and secrets."""
    known = secrets or {}
    made = {name: Variable(value=value, origin="run") for name, value in variables.items()}
    return Scope(variables=made, secret=known.get, folder=str(folder))


async def collect(
    request: Request, transport: HttpTransport | None = None, where: Scope | None = None
) -> tuple[Exchange, list[Event]]:
    """Run an exchange and return it with its events; without a transport it gets one of its own."""
    events: list[Event] = []
    used = transport or HttpTransport()
    try:
        outcome = await exchange(request, where or scope(), used, events.append)
    finally:
        if transport is None:
            await used.aclose()
    return outcome, events


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a test's coroutine, with a limit so that a hang is a failure with a traceback."""

    async def limited() -> T:
        async with asyncio.timeout(60):
            return await work

    return asyncio.run(limited())


class Authority:
    """A certificate authority made for one test run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "First Light test authority")])
        builder = self._builder(self._name, self._key.public_key(), days=30)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
            key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
            decipher_only=False,
        )  # fmt: skip
        builder = builder.add_extension(usage, critical=True)
        identifier = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        certificate = builder.add_extension(identifier, critical=False).sign(self._key, hashes.SHA256())
        self.path = folder / "authority.pem"
        self.path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def _builder(self, subject: x509.Name, key: ec.EllipticCurvePublicKey, *, days: int) -> x509.CertificateBuilder:
        now = datetime.datetime.now(datetime.UTC)
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self._name).public_key(key)
        builder = builder.serial_number(x509.random_serial_number())
        start, end = now - datetime.timedelta(days=60), now + datetime.timedelta(days=days)
        return builder.not_valid_before(start).not_valid_after(end)

    def server_context(self, *hosts: str, days: int = 30) -> ssl.SSLContext:
        """Return a server's TLS context with a certificate for `hosts`; negative `days` make it expired."""
        key, certificate = self.issue(*hosts, days=days)
        path = self._folder / f"{hosts[0]}{days}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def demanding_context(self, *hosts: str, version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
        """Return a server's TLS context that wants a certificate of this authority from its clients."""
        context = self.server_context(*hosts)
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(self.path)
        context.maximum_version = version
        return context

    def issue(self, *hosts: str, days: int = 30) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        """Return a new key and a certificate for it."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
        names: list[x509.GeneralName] = [_general_name(host) for host in hosts]
        builder = self._builder(name, key.public_key(), days=days)
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return key, builder.add_extension(issuer, critical=False).sign(self._key, hashes.SHA256())


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
