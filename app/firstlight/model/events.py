"""Everything that can happen during an Exchange, in the order it may happen.

`at_ns` is `time.perf_counter_ns()` taken where the fact became known: in the transport for everything that
arrives. Events are msgspec structs because a stream makes 50,000 of them a second (docs/adr/0004); they encode
themselves as the command line's `--events jsonl` lines.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from firstlight.model.caution import Caution
from firstlight.model.cookies import CookieVerdict
from firstlight.model.explanation import Explanation
from firstlight.model.failure import Failure
from firstlight.model.response import MetaUuid, StreamSummary, Timings
from firstlight.model.signing import Signing
from firstlight.texts import Phrase


class _Event(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="kind"):
    at_ns: int


class Started(_Event, frozen=True, kw_only=True, tag="started"):
    """The request is built and signed; nothing has been sent. Header values are masked."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body_bytes: int = 0
    notes: tuple[Phrase, ...] = ()
    """What was mended in the request before it was sent."""
    cautions: tuple[Caution, ...] = ()
    """What the guards say of it."""
    meta_uuid: str = ""
    """What stands at `meta.uuid` of a JSON body."""
    signing: Signing | None = None
    """How it was signed, secrets masked."""


class Resolved(_Event, frozen=True, kw_only=True, tag="resolved"):
    """The host name has an address."""

    host: str
    address: str
    port: int


class Connected(_Event, frozen=True, kw_only=True, tag="connected"):
    """A connection is ready: a new one, or one kept from an earlier request."""

    address: str
    reused: bool = False
    port: int = 0
    local_address: str = ""
    local_port: int = 0
    proxy: str = ""
    """The proxy whose address this is, without its password; empty for a direct connection."""
    request_number: int = 1
    """Counts the requests on this connection, this one included."""


class TlsEstablished(_Event, frozen=True, kw_only=True, tag="tls"):
    """The TLS handshake is over."""

    version: str
    cipher: str
    protocol: str = ""
    """What ALPN chose: `h2`, `http/1.1` or empty."""
    verified: bool = True
    reused: bool = False
    """True on a kept connection: agreed with an earlier request."""
    chain: tuple[bytes, ...] = ()
    """The certificates, the server's own first, each as DER; up to the authority where one was found."""
    client_certificate: str = ""
    """The file with the certificate that this machine has ready for a server that asks; empty for none."""
    client_certificate_asked: bool = False
    """The server asked for one (heard on Linux only)."""


class CertificateRefused(_Event, frozen=True, kw_only=True, tag="certificate_refused"):
    """The handshake failed for the certificates that the server showed; what is wrong with them is told at the end."""

    chain: tuple[bytes, ...]
    """As the server sent them, its own first, each as DER."""


class Tunnelled(_Event, frozen=True, kw_only=True, tag="tunnel"):
    """A proxy answered the wish for a tunnel to the service."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...] = ()


class HeadSent(_Event, frozen=True, kw_only=True, tag="request_head"):
    """The head of the request as it was handed to the socket, in its order and spelling. Secrets are masked."""

    http_version: str
    line: str = ""
    """The request line; empty in HTTP/2, whose pseudo headers stand among `headers`."""
    headers: tuple[tuple[str, str], ...] = ()


class Uploading(_Event, frozen=True, kw_only=True, tag="uploading"):
    """So much of a big body, or of a WebSocket message of several frames, has been handed to the socket; told twenty
    times a second at most, and only to windows.
    """

    sent_bytes: int
    total_bytes: int


class Sent(_Event, frozen=True, kw_only=True, tag="sent"):
    """The last byte of the request has been handed to the socket."""

    body_bytes: int


class Informed(_Event, frozen=True, kw_only=True, tag="informational"):
    """The server said something before its answer: 100 Continue, 103 Early Hints (RFC 9110 §15.2)."""

    status: int
    reason: str
    http_version: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class HeadersReceived(_Event, frozen=True, kw_only=True, tag="headers"):
    """The status line and the header lines of the answer, as received."""

    status: int
    reason: str
    """As received: empty in HTTP/2, and from servers that give none."""
    http_version: str
    headers: tuple[tuple[str, str], ...]
    stream: str = ""
    """How the body is read: `sse`, `ndjson`, `json-array`, `text`; empty when it is no stream."""
    clock_ahead_s: int | None = None
    """How far this computer's clock is ahead of the server's; told when a signed request is refused."""


class CookiesReceived(_Event, frozen=True, kw_only=True, tag="cookies"):
    """The answer, or a redirect, set cookies. Their values are secrets: this is told to windows only."""

    cookies: tuple[CookieVerdict, ...]


class Redirected(_Event, frozen=True, kw_only=True, tag="redirected"):
    """The answer pointed elsewhere and was followed; `dropped` names what was not sent there."""

    status: int
    location: str
    method: str
    from_url: str = ""
    from_method: str = ""
    dropped: tuple[str, ...] = ()
    reason: str = ""
    http_version: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    """The head of the answer that pointed elsewhere. Secrets are masked."""


class Challenged(_Event, frozen=True, kw_only=True, tag="challenged"):
    """The answer asked for another proof, and the request is sent a second time with it, its body included."""

    status: int
    scheme: str
    """`Digest`."""
    repeated_bytes: int = 0
    """How much of a body is sent twice."""
    reason: str = ""
    http_version: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    """The head of the answer that asked. Secrets are masked."""


class TrailersReceived(_Event, frozen=True, kw_only=True, tag="trailers"):
    """Header lines that stood behind the body (RFC 9110 §6.5)."""

    headers: tuple[tuple[str, str], ...]


class BodyReceived(_Event, frozen=True, kw_only=True, tag="body"):
    """Bytes of the body as they arrived, content encoding (gzip, br, …) undone."""

    data: bytes


class Saving(_Event, frozen=True, kw_only=True, tag="saving"):
    """So much of the body has gone to its file; told when the connection waits for more, and at the end."""

    received_bytes: int


class Saved(_Event, frozen=True, kw_only=True, tag="saved"):
    """The body is in its file; or a part of it is, because the rest never came."""

    path: str
    whole: bool = True


class Inexact(_Event, frozen=True, kw_only=True, tag="inexact"):
    """What arrives with this `at_ns` may have come up to `late_ns` earlier: the program was busy."""

    late_ns: int
    end_is_exact: bool = False
    """The last byte of it did arrive at `at_ns`: the system says so."""


class ServerEvent(_Event, frozen=True, kw_only=True, tag="server_event"):
    """One message of a stream. Those of other kinds than SSE have the types `line`, `value` and `text`."""

    type: str
    data: str
    id: str = ""
    retry: int | None = None
    comment: str = ""
    """Text of the comment lines that stood before or instead of data (keep-alives)."""
    truncated: bool = False
    """True when the stream ended inside this message."""


class WebSocketOpened(_Event, frozen=True, kw_only=True, tag="websocket_opened"):
    """The handshake is over; messages can travel."""

    subprotocol: str = ""
    extensions: str = ""
    """As the server wrote them; empty: none."""


class WebSocketMessage(_Event, frozen=True, kw_only=True, tag="websocket_message"):
    """One message in either direction: `in` or `out`. Secrets in what was sent are masked."""

    direction: str
    text: str | None = None
    data: bytes | None = None
    path: str = ""
    """The file that was sent; its bytes are not repeated here."""
    size_bytes: int = 0
    """Of the message, compression undone."""
    frames: int = 1


class WebSocketPing(_Event, frozen=True, kw_only=True, tag="websocket_ping"):
    """A ping: `out`, or `in` and answered."""

    direction: str
    data: bytes = b""


class WebSocketPong(_Event, frozen=True, kw_only=True, tag="websocket_pong"):
    """The peer answered a ping, or sent a pong unasked."""

    data: bytes = b""
    round_trip_ms: float | None = None
    """None for one that nobody asked for."""


class WebSocketNotSent(_Event, frozen=True, kw_only=True, tag="websocket_not_sent"):
    """A message could not be prepared; the connection goes on."""

    failure: Failure


class WebSocketClosed(_Event, frozen=True, kw_only=True, tag="websocket_closed"):
    """The WebSocket is over."""

    code: int
    """1005: without a code; 1006: without a close frame (RFC 6455 §7.4.1)."""
    reason: str = ""
    by: str = "peer"
    """Who said so first: `peer` or `us`."""
    clean: bool = True
    """Both sides said goodbye."""


class Token(_Event, frozen=True, kw_only=True, tag="token"):
    """A piece of generated text. One chunk may carry both answer and reasoning."""

    text: str = ""
    reasoning: str = ""
    choice: int = 0


class Finished(_Event, frozen=True, kw_only=True, tag="finished"):
    """The answer arrived whole."""

    body_bytes: int
    timings: Timings
    stream: StreamSummary | None = None
    meta_uuid: MetaUuid | None = None
    """Set when the body sent had one."""
    explanation: Explanation | None = None
    """Set when the answer is a refusal, or its body reports an error."""
    closed: WebSocketClosed | None = None
    """How a WebSocket ended."""


class Failed(_Event, frozen=True, kw_only=True, tag="failed"):
    """The exchange ended without a whole answer, or the service reported an error inside its stream."""

    failure: Failure
    body_bytes: int = 0
    timings: Timings = Timings()
    stream: StreamSummary | None = None
    explanation: Explanation | None = None
    """Set when more is known of an answer that came, or of the error in its stream."""


class Cancelled(_Event, frozen=True, kw_only=True, tag="cancelled"):
    """The user stopped it."""

    body_bytes: int = 0
    timings: Timings = Timings()
    stream: StreamSummary | None = None


Event: TypeAlias = (
    Started | Resolved | Connected | Tunnelled | TlsEstablished | CertificateRefused | HeadSent | Uploading | Sent
    | Informed | HeadersReceived | CookiesReceived | Redirected | Challenged | Inexact | BodyReceived | Saving | Saved
    | TrailersReceived | ServerEvent | WebSocketOpened | WebSocketMessage | WebSocketPing | WebSocketPong
    | WebSocketNotSent | WebSocketClosed | Token | Finished | Failed | Cancelled
)  # fmt: skip
