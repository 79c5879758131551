"""What one Exchange has told so far, gathered from its events for the tabs to show. No Qt.

Tokens and messages arrive 50,000 times a second: taking one costs well under a microsecond, and what it adds to is
only ever appended to, so a tab shows what came after the place it has reached.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import msgspec

from firstlight.model.cookies import CookieVerdict
from firstlight.model.events import (
    BodyReceived,
    Cancelled,
    CertificateRefused,
    Challenged,
    Connected,
    CookiesReceived,
    Event,
    Failed,
    Finished,
    HeadersReceived,
    Inexact,
    Informed,
    Redirected,
    Resolved,
    Saved,
    Saving,
    Sent,
    ServerEvent,
    Started,
    TlsEstablished,
    Token,
    TrailersReceived,
    Uploading,
    WebSocketMessage,
)
from firstlight.model.explanation import Explanation
from firstlight.model.response import REDIRECTS, Response, reason_phrase
from firstlight.model.secrets import Masker
from firstlight.runner.masking import masked_end
from firstlight.ui.talk.timeline import ENTRIES, Timeline

_KEPT = 60  # 3 seconds: a speed that is calm and still follows a network that slows down
_MOST_EARLY = 100  # progress that a server tells for hours: the Console has it
End: TypeAlias = Finished | Failed | Cancelled
_FACTS: dict[type, str] = {
    Resolved: "resolved", TlsEstablished: "tls", CertificateRefused: "refused", Sent: "sent", Saved: "saved",
}  # fmt: skip
"""What is simply remembered, and as which attribute."""


class Answer:
    """The text of one choice, as UTF-8."""

    def __init__(self) -> None:
        self.text = bytearray()
        self.reasoning = bytearray()


class ExchangeRecord:
    """The facts of the exchange that runs or ran last."""

    def __init__(self) -> None:
        self.number = 0
        """Counts exchanges; a tab that shows another number starts afresh."""
        self.secrets: Callable[[], frozenset[str]] = frozenset
        """What may not be read in what is told of the exchange; the answer itself is shown as it came."""
        self.forget()

    def forget(self) -> None:
        """Begin afresh: nothing is known."""
        self.number += 1
        self.started: Started | None = None
        self.resolved: Resolved | None = None
        self.connected: Connected | None = None
        self.tls: TlsEstablished | None = None
        self.refused: CertificateRefused | None = None
        self.uploads: deque[Uploading] = deque(maxlen=_KEPT)
        """How far a big body is: the last seconds, from which its speed follows."""
        self.downloads: deque[tuple[int, int]] = deque(maxlen=_KEPT)
        """The same of the answer's body: (time, bytes until then)."""
        self.late: dict[int, int] = {}
        """Stamp of an arrival that could not be timed exactly → by how much it may be late."""
        self.sent: Sent | None = None
        self.head: HeadersReceived | None = None
        self.end: End | None = None
        self.steps: list[Redirected | Challenged] = []
        """What was asked for on the way to the answer."""
        self.early: list[Informed] = []
        """What the server said before its answer."""
        self.trailers: tuple[tuple[str, str], ...] = ()
        """Header lines behind the body."""
        self.cookies: list[CookieVerdict] = []
        self.saved: Saved | None = None
        self.messages: list[ServerEvent] = []
        self.timeline = Timeline()
        """What travels over a WebSocket."""
        self.answers: dict[int, Answer] = {}
        self.tokens = 0
        self.first_token_ns = 0
        self.last_token_ns = 0
        self.token_ns = array("q")
        """When each piece of generated text arrived."""
        self.body_bytes = 0
        self._pieces: list[bytes] = []

    def take(self, batch: Sequence[Event]) -> None:
        """Add events, in their order."""
        messages = self.messages
        tokens: list[Token] = []
        new_pieces: list[bytes] = []
        arrived_ns = 0
        travelled: list[Any] = []
        for event in batch:
            if type(event) is Token:
                tokens.append(event)
            elif type(event) is ServerEvent:
                messages.append(event)
            elif type(event) in ENTRIES:
                travelled.append(event)
            elif type(event) is BodyReceived:
                new_pieces.append(event.data)
                arrived_ns = event.at_ns
            else:
                self._take_fact(event)
                if messages is not self.messages:  # another exchange began: what came before is not its
                    messages, tokens, new_pieces, travelled = self.messages, [], [], []
        if new_pieces:
            self._pieces.append(b"".join(new_pieces))
            self.body_bytes += len(self._pieces[-1])
            self.downloads.append((arrived_ns, self.body_bytes))
        if travelled:
            self._take_travelled(travelled)
        if tokens:
            self._take_tokens(tokens)

    def _take_travelled(self, travelled: Sequence[Any]) -> None:
        self.timeline.extend(travelled)
        if self.uploads and any(type(each) is WebSocketMessage and each.direction == "out" for each in travelled):
            self.uploads.clear()  # it is sent

    def _take_fact(self, event: Event) -> None:
        match event:
            case Started():
                self.forget()
                self.started = event
            case Connected():
                self.connected, self.tls, self.refused = event, None, None
            case HeadersReceived():
                self.head = msgspec.structs.replace(event, reason=self.masked(event.reason))
            case Saving():
                self.body_bytes = event.received_bytes
                self.downloads.append((event.at_ns, event.received_bytes))
            case Resolved() | TlsEstablished() | CertificateRefused() | Sent() | Saved():
                setattr(self, _FACTS[type(event)], event)
            case Finished() | Failed() | Cancelled():
                if self.end is not None:
                    self.forget()  # it failed before it could start
                self.end = masked_end(event, Masker.of(self.secrets()))
            case _:
                self._collect(event)

    def _collect(self, event: Event) -> None:
        """Take a fact of which there may be several."""
        match event:
            case Redirected() | Challenged():
                self.steps.append(event)
                self.early, self.trailers = [], ()  # they were about the answer that pointed elsewhere
            case Informed() if len(self.early) < _MOST_EARLY:
                self.early.append(event)
            case TrailersReceived():
                self.trailers = event.headers
            case CookiesReceived():
                self.cookies += event.cookies
            case Uploading():
                if not event.sent_bytes:
                    self.uploads.clear()
                self.uploads.append(event)
            case Inexact():
                self.late[event.at_ns] = event.late_ns

    def _take_tokens(self, tokens: list[Token]) -> None:
        self.first_token_ns = self.first_token_ns or tokens[0].at_ns
        self.last_token_ns = tokens[-1].at_ns
        self.tokens += len(tokens)
        self.token_ns.extend([token.at_ns for token in tokens])
        for choice in {token.choice for token in tokens}:
            answer = self.answers.setdefault(choice, Answer())
            answer.text += "".join([t.text for t in tokens if t.choice == choice]).encode("utf-8", "replace")
            reasoning = "".join([t.reasoning for t in tokens if t.choice == choice])
            if reasoning:
                answer.reasoning += reasoning.encode("utf-8", "replace")

    def masked(self, text: str) -> str:
        """Return a text out of the answer as it may be told beside it: services quote what they were sent."""
        return Masker.of(self.secrets()).mask_words(text)

    @property
    def running(self) -> bool:
        """It has begun and has not ended."""
        return self.started is not None and self.end is None

    @property
    def explanation(self) -> Explanation | None:
        """What is known of a failing answer."""
        return self.end.explanation if isinstance(self.end, Finished | Failed) else None

    @property
    def uploaded(self) -> float | None:
        """The part of a big body or message that is sent; None when there is none, or nothing left of it."""
        if not self.uploads or ((self.sent or self.head) and not self.is_open):
            return None
        return self.uploads[-1].sent_bytes / self.uploads[-1].total_bytes

    @property
    def total_bytes(self) -> int | None:
        """How long the answer's body will be; None when nobody said, or it is packed and grows while it arrives."""
        if self.head is None:
            return None
        told = {name.lower(): value for name, value in self.head.headers}
        length = told.get("content-length", "")
        return int(length) if length.isdecimal() and "content-encoding" not in told else None

    @property
    def downloaded(self) -> float | None:
        """The part of the answer's body that has arrived; None while its length is unknown."""
        total = self.total_bytes
        return min(1.0, self.body_bytes / total) if total and self.downloads else None

    @property
    def streamed(self) -> bool:
        """The answer arrives as messages."""
        return bool(self.messages) or (self.head is not None and bool(self.head.stream))

    @property
    def is_partial(self) -> bool:
        """The body ended before its end. That of a refused handshake is whole."""
        if self.end is None or isinstance(self.end, Finished) or not self.body_bytes:
            return False
        return not (isinstance(self.end, Failed) and self.end.failure.kind == "handshake-refused")

    @property
    def talks(self) -> bool:
        """It is a WebSocket that is or was open."""
        return self.timeline.opened is not None

    @property
    def is_open(self) -> bool:
        """It is a WebSocket that is open."""
        return self.talks and self.timeline.closed is None and self.end is None

    @property
    def media_type(self) -> str:
        """The Content-Type without parameters, in lower case; empty while unknown."""
        return self.response(b"").media_type if self.head else ""

    @property
    def location(self) -> str:
        """Where the answer points; empty when it is no redirect."""
        if self.head is None or self.head.status not in REDIRECTS:
            return ""
        return next((value for name, value in self.head.headers if name.lower() == "location"), "")

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates of the server, those that were refused included."""
        shown = self.tls or self.refused
        return shown.chain if shown else ()

    @property
    def unverified(self) -> bool:
        """The peer's certificate was not checked."""
        return self.tls is not None and not self.tls.verified

    def body(self) -> bytes:
        """Return the body as far as it came; joined once, when it is over."""
        whole = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        if self.end is not None:
            self._pieces[:] = [whole]
        return whole

    def body_after(self, pieces: int) -> tuple[bytes, int]:
        """Return what came after the first `pieces` pieces, and how many there are now. While it runs only."""
        return b"".join(self._pieces[pieces:]), len(self._pieces)

    def response(self, body: bytes | None = None) -> Response:
        """Return the answer as far as it came; `body` replaces its body."""
        head = self.head or HeadersReceived(at_ns=0, status=0, reason="", http_version="", headers=())
        return Response(
            status=head.status,
            reason=head.reason or reason_phrase(head.status),
            http_version=head.http_version,
            headers=head.headers,
            body=self.body() if body is None else body,
        )
