"""What one request hears from its connection: where it stands, when bytes arrived, what to tell.

httpcore opens a connection inside the task of the request that needs it, so a context variable tells the
network backend whose request that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from time import perf_counter_ns
from typing import TYPE_CHECKING

from firstlight.model.events import (
    Connected,
    Informed,
    Resolved,
    Sent,
    TlsEstablished,
    TrailersReceived,
    Uploading,
)
from firstlight.model.exchange import Emit
from firstlight.model.failure import Layer
from firstlight.model.request import RequestSettings
from firstlight.model.response import reason_phrase
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


def _nothing() -> None:
    """Stand in for `flush` until there is a body."""


class Wire:
    """The course of one request over one connection."""

    def __init__(
        self, url: WireUrl, emit: Emit, settings: RequestSettings | None = None, *, proxied: bool = False
    ) -> None:
        self.url = url
        self.settings = settings or RequestSettings()
        self.proxied = proxied
        self.phase: Layer = "connect"
        self.stream: SocketStream | None = None
        self.reused = False
        self.arrived_ns = 0
        """When the bytes that were read last had arrived."""
        self.first_bytes = b""
        """How the answer began: quoted when it turns out not to be HTTP."""
        self.flush: Callable[[], None] = _nothing
        """Hand on what was parsed so far; called before the connection waits for more."""
        self.largest_body_bytes: int | None = None
        """Where an endless or explosive answer is broken off."""
        self._emit = emit
        self._told_ns = 0

    @property
    def where(self) -> str:
        """The peer as failures name it."""
        return f"{self.url.host}:{self.url.port}"

    def resolved(self, host: str, address: str, port: int) -> None:
        self._emit(Resolved(at_ns=perf_counter_ns(), host=host, address=address, port=port))

    def connected(self, stream: SocketStream) -> None:
        """Take a connection that was opened for this request."""
        self.stream = stream
        self.phase = "send"
        stream.wire = self
        self._emit(Connected(at_ns=perf_counter_ns(), address=stream.address))

    def adopt(self, stream: SocketStream) -> None:
        """Take a connection that an earlier request left open."""
        self.stream = stream
        self.phase = "send"
        self.reused = True
        stream.wire = self
        self._emit(Connected(at_ns=perf_counter_ns(), address=stream.address, reused=True))

    def secured(self, *, version: str, cipher: str, protocol: str, verified: bool) -> None:
        self.phase = "send"
        self._emit(
            TlsEstablished(
                at_ns=perf_counter_ns(), version=version, cipher=cipher, protocol=protocol, verified=verified
            )
        )

    def uploading(self, sent_bytes: int, total_bytes: int) -> None:
        """Tell how far a big body is, unless that was told a moment ago."""
        now_ns = perf_counter_ns()
        if now_ns - self._told_ns > _TELL_EVERY_NS:
            self._told_ns = now_ns
            self._emit(Uploading(at_ns=now_ns, sent_bytes=sent_bytes, total_bytes=total_bytes))

    def informed(self, status: int, reason: bytes, headers: Pairs) -> None:
        """Tell an informational answer."""
        said = reason.decode("latin-1") or reason_phrase(status)
        self._emit(Informed(at_ns=self.arrived_ns, status=status, reason=said, headers=as_text(headers)))

    def trailed(self, headers: Pairs) -> None:
        """Tell what stood behind the body."""
        self.flush()
        self._emit(TrailersReceived(at_ns=self.arrived_ns, headers=as_text(headers)))

    def sent(self, body_bytes: int) -> None:
        self.phase = "wait"
        self._emit(Sent(at_ns=perf_counter_ns(), body_bytes=body_bytes))


current_wire: ContextVar[Wire] = ContextVar("current_wire")
