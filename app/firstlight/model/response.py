"""The answer, its times and the summary of its stream, shaped as the command line prints them."""

from __future__ import annotations

import msgspec


class Timings(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Milliseconds per phase; None where the phase did not happen."""

    dns_ms: float | None = None
    connect_ms: float | None = None
    tls_ms: float | None = None
    send_ms: float | None = None
    wait_ms: float | None = None
    """From the last byte sent to the first byte of the answer's head."""
    first_byte_ms: float | None = None
    """From the start to the first byte of the answer's head."""
    download_ms: float | None = None
    total_ms: float | None = None


class InterTokenLatency(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Percentiles of the time between two arrivals of text, in milliseconds."""

    p50: float
    p95: float
    p99: float


class ToolCall(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the model wants to have run, joined from its pieces."""

    choice: int = 0
    index: int = 0
    id: str = ""
    name: str = ""
    arguments: str = ""
    """As the service wrote them: JSON, unless the stream was cut."""


class ChoiceSummary(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One of several answers that were generated side by side."""

    index: int
    text: str = ""
    reasoning: str = ""
    finish_reason: str | None = None


class StreamSummary(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a streamed answer amounted to."""

    kind: str
    """`sse`, `ndjson`, `json-array`, `text` or `websocket`."""
    events: int = 0
    text: str = ""
    reasoning: str = ""
    finish_reason: str | None = None
    usage: dict[str, object] | None = None
    """The last value of every count that was seen; never a sum."""
    ttft_ms: float | None = None
    """From the start of the exchange to the first token, reasoning included."""
    first_answer_ms: float | None = None
    """From the start of the exchange to the first token that is not reasoning."""
    itl_ms: InterTokenLatency | None = None
    tokens_per_s: float | None = None
    truncated: bool = False
    unfinished: bool = False
    """Something began that has no end: a generated answer, whether text of it came or not, or half a JSON value."""
    tool_calls: tuple[ToolCall, ...] = ()
    choices: tuple[ChoiceSummary, ...] = ()
    """Each of several choices by itself; empty when there is only one."""
    buffered: bool = False
    """It took long to come and then came in one piece: something on the way, or the service, held it back."""
    inexact: int = 0
    """How many arrivals could not be timed exactly, because this program was busy."""


class MetaUuid(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What stood at `meta.uuid` of the body sent, and of the answer (empty: nothing did). ModelArts gives it back."""

    sent: str
    received: str

    @property
    def matches(self) -> bool:
        """The answer belongs to the request."""
        return self.sent == self.received


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """An HTTP answer, whole or as far as it came."""

    status: int
    reason: str
    http_version: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """Content encoding undone, otherwise the bytes as received."""

    def header(self, name: str) -> str:
        """Return the first value of a header, or an empty string."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    @property
    def media_type(self) -> str:
        """The Content-Type without parameters, in lower case."""
        return self.header("content-type").partition(";")[0].strip().lower()


SWITCHED = 101
"""Switching Protocols: the one informational status that is the answer (RFC 9110 §15.2.2)."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses that can be followed (RFC 9110 §15.4)."""

STANDARD_GAPS = {
    450: "Queue Full",
    494: "Request Header Too Large",
    499: "Client Closed Request",
    530: "Site Frozen",
}
"""Statuses that gateways really send and no standard table names."""


def reason_phrase(status: int) -> str:
    """Return the usual words for a status, or an empty string for one nobody named."""
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return STANDARD_GAPS.get(status, "")
