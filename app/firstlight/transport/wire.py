"""What one request hears from its connection: where it stands, when bytes arrived, what to tell.

httpcore opens a connection inside the task of the request that needs it, so a context variable tells the
network backend whose request that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from time import perf_counter_ns
from typing import TYPE_CHECKING

from msgspec import structs

from firstlight.model.events import (
    CertificateRefused,
    Connected,
    HeadSent,
    Inexact,
    Informed,
    Resolved,
    Sent,
    TlsEstablished,
    TrailersReceived,
    Tunnelled,
    Uploading,
)
from firstlight.model.exchange import Emit
from firstlight.model.failure import Layer
from firstlight.model.request import RequestSettings
from firstlight.model.secrets import Masker
from firstlight.model.wire_url import WireUrl

if TYPE_CHECKING:
    from firstlight.transport.sockets import SocketStream

_TELL_EVERY_NS = 50_000_000  # 20 times a second: nobody reads faster


Pairs = Iterable[tuple[bytes, bytes]]


def as_text(headers: Pairs) -> tuple[tuple[str, str], ...]:
    """Decode header lines as UTF-8, or as Latin-1 where they are none (RFC 9110 §5.5 leaves it open)."""
    return tuple((_text(name), _text(value)) for name, value in headers)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def without_password(url: str) -> str:
    """Return the URL of a proxy without the name and the password that it may hold."""
    scheme, mark, rest = url.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"


def _nothing() -> None:
    """Stand in for `flush` until there is a body."""


def _never_late(_now_ns: int) -> int:
    """Stand in where no heart beats."""
    return 0


class Wire:
    """The course of one request over one connection."""

    def __init__(self, url: WireUrl, emit: Emit, settings: RequestSettings | None = None, *, proxy: str = "") -> None:
        self.url = url
        self.settings = settings or RequestSettings()
        self.proxy = proxy
        """URL of the proxy between here and there; empty for none."""
        self.phase: Layer = "connect"
        self.stream: SocketStream | None = None
        self.reused = False
        self.arrived_ns = 0
        """When the bytes that were read last had arrived."""
        self.wrote_ns = 0
        """When the bytes that were written last were handed over: before the call, for an answer may be quicker than
        its return."""
        self.first_bytes = b""
        """How the answer began, up to its whole head: quoted when it turns out not to be HTTP, read as far as it came
        when it breaks off."""
        self.flush: Callable[[], None] = _nothing
        """Hand on what was parsed so far; called before the connection waits for more."""
        self.proxy_said = ""
        """With what the proxy answered the wish for a tunnel: status and reason. httpcore keeps only its ASCII."""
        self.client_certificate = ""
        """The file with the certificate that a server gets when it asks for one."""
        self.largest_body_bytes: int | None = None
        """Where an endless or explosive answer is broken off."""
        self.secrets: Iterable[str] = ()
        """What must not be told."""
        self.late_ns: Callable[[int], int] = _never_late
        """By how much what arrives now may be late; see transport.heartbeat."""
        self._emit = emit
        self._told_ns = 0

    @property
    def speaks_http2(self) -> bool:
        """The frames of HTTP/2 travel on the connection."""
        tls = self.stream.tls if self.stream else None
        return tls.protocol == "h2" if tls else self.settings.http_version == "2"

    @property
    def proxied(self) -> bool:
        """The connection leads to a proxy."""
        return bool(self.proxy)

    @property
    def where(self) -> str:
        """The peer as failures name it."""
        return f"{self.url.host}:{self.url.port}"

    def patience_s(self, usual_s: float | None) -> float | None:
        """Return how long nothing may happen in this phase; `usual_s` is the idle timeout."""
        if self.phase == "send":
            return self.settings.send_timeout_s or usual_s
        waits = self.phase == "wait" and not self.first_bytes
        return (self.settings.wait_timeout_s if waits else None) or usual_s

    def resolved(self, host: str, address: str, port: int) -> None:
        self._emit(Resolved(at_ns=perf_counter_ns(), host=host, address=address, port=port))

    def connected(self, stream: SocketStream) -> None:
        """Take a connection that was opened for this request."""
        self.stream = stream
        self.phase = "send"
        stream.wire = self
        self._tell_connected(stream)

    def adopt(self, stream: SocketStream) -> None:
        """Take a connection that an earlier request left open."""
        self.stream = stream
        self.phase = "send"
        self.reused = True
        stream.wire = self
        stream.requests += 1
        self._tell_connected(stream)
        if stream.tls is not None:
            self._emit(structs.replace(stream.tls, at_ns=perf_counter_ns(), reused=True))

    def _tell_connected(self, stream: SocketStream) -> None:
        self._emit(
            Connected(
                at_ns=perf_counter_ns(),
                address=stream.address,
                port=stream.port,
                local_address=stream.local[0],
                local_port=stream.local[1],
                reused=self.reused,
                proxy=without_password(self.proxy),
                request_number=stream.requests,
            )
        )

    def secured(self, agreed: TlsEstablished) -> None:
        """Tell what TLS agreed on."""
        self.phase = "send"
        self._emit(agreed)

    def refused(self, chain: tuple[bytes, ...]) -> None:
        """Tell with which certificates the handshake has failed."""
        self._emit(CertificateRefused(at_ns=perf_counter_ns(), chain=chain))

    def asked(self, http_version: str, line: str, headers: Pairs) -> None:
        """Tell the head of the request, which has just been written."""
        self.first_bytes = b""  # what came until now was said by a proxy
        masker = Masker.of(self.secrets)
        shown = tuple((name, masker.mask_header(name, value)) for name, value in as_text(headers))
        line = masker.mask_words(line)
        self._emit(HeadSent(at_ns=self.wrote_ns, http_version=http_version, line=line, headers=shown))

    def uploading(self, sent_bytes: int, total_bytes: int) -> None:
        """Tell how far a big body or message is, unless that was told a moment ago."""
        now_ns = perf_counter_ns()
        if now_ns - self._told_ns > _TELL_EVERY_NS or sent_bytes == 0:
            self._told_ns = now_ns
            self._emit(Uploading(at_ns=now_ns, sent_bytes=sent_bytes, total_bytes=total_bytes))

    def inexact(self, late_ns: int, *, end_is_exact: bool) -> None:
        """Tell that what arrived last may have come up to `late_ns` earlier."""
        self._emit(Inexact(at_ns=self.arrived_ns, late_ns=late_ns, end_is_exact=end_is_exact))

    def tunnelled(self, status: int, reason: bytes, headers: Pairs) -> None:
        """Tell what a proxy says to the wish for a tunnel."""
        said = _text(reason)
        self.proxy_said = f"{status} {said}"
        self._emit(Tunnelled(at_ns=self.arrived_ns, status=status, reason=said, headers=as_text(headers)))

    def informed(self, http_version: str, status: int, reason: bytes, headers: Pairs) -> None:
        """Tell an informational answer."""
        self._emit(
            Informed(
                at_ns=self.arrived_ns,
                status=status,
                reason=reason.decode("latin-1"),
                http_version=http_version,
                headers=as_text(headers),
            )
        )

    def trailed(self, headers: Pairs) -> None:
        """Tell what stood behind the body."""
        self.flush()
        self._emit(TrailersReceived(at_ns=self.arrived_ns, headers=as_text(headers)))

    def sent(self, body_bytes: int) -> None:
        self.phase = "wait"
        self._emit(Sent(at_ns=self.wrote_ns, body_bytes=body_bytes))


current_wire: ContextVar[Wire] = ContextVar("current_wire")
