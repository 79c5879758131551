"""The lines that one event of an exchange becomes in the Console. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from firstlight.model.events import (
    Challenged,
    Connected,
    Event,
    HeadersReceived,
    HeadSent,
    Informed,
    Redirected,
    Started,
    TlsEstablished,
    TrailersReceived,
    Tunnelled,
    WebSocketClosed,
    WebSocketOpened,
)
from firstlight.model.explanation import Explanation
from firstlight.model.secrets import Masker
from firstlight.model.signing import Signing
from firstlight.texts import language, tr
from firstlight.ui.figures import endpoint
from firstlight.ui.response.connection_facts import challenge_words, own_certificate


class Line(NamedTuple):
    """A line under a row; `kind` is `head`, `text`, `note` or `error`."""

    text: str
    kind: str = "text"


def started_lines(started: Started, masker: Masker, *, prepared: bool) -> Iterable[Line]:
    """Tell what was asked for; with the headers as `prepared` as long as none have travelled."""
    yield Line(f"{started.method} {started.url}", "head")
    if prepared:
        yield from _lines(started.headers, masker)
    yield from (Line(tr(note), "note") for note in started.notes)
    for caution in started.cautions:
        if not caution.afterwards:
            told = tr("Note: {message} {remedy}", message=tr(caution.message), remedy=tr(caution.remedy))
            yield Line(told, "note")
    if started.body_bytes:
        yield Line(tr("Body: {size}", size=f"{started.body_bytes:,} B"))
    if started.meta_uuid:
        yield Line(f"meta.uuid: {started.meta_uuid}")
    if started.signing:
        yield from _signed(started.signing)


def _signed(signing: Signing) -> Iterable[Line]:
    """Tell what was signed, to be compared with the log of a gateway."""
    for title, text in (
        (tr("Canonical request"), signing.canonical_request),
        (tr("String to sign"), signing.string_to_sign),
    ):
        if text:
            yield Line(title, "head")
            yield from (Line(line) for line in text.split("\n"))


def explanation_lines(found: Explanation) -> Iterable[Line]:
    """Tell what a failing answer means and what to do."""
    meaning, remedy = found.told(language())
    yield Line(f"{found.code}: {meaning}", "note")
    if remedy:
        yield Line(tr("Next: {hint}", hint=remedy), "note")


def fact_lines(event: Event, masker: Masker) -> Iterable[Line]:
    """Tell what happened on the wire, in the words of the wire."""
    match event:
        case Connected():
            yield from _connected(event)
        case TlsEstablished():
            yield from _secured(event)
        case Tunnelled():
            yield Line(tr("The proxy: {status} {reason}", status=event.status, reason=event.reason).strip(), "head")
            yield from _lines(event.headers, masker)
        case HeadSent():
            yield Line(event.line or event.http_version, "head")
            yield from _lines(event.headers, masker)
        case Informed():
            yield from _first_lines(event)
            yield from _lines(event.headers, masker)
        case HeadersReceived() | Redirected() | Challenged():
            yield from _answered(event, masker)
        case WebSocketOpened() | WebSocketClosed():
            yield from _turned(event, masker)
        case TrailersReceived():
            yield Line(tr("Trailers"), "head")
            yield from _lines(event.headers, masker)


def _connected(event: Connected) -> Iterable[Line]:
    kept = tr("kept connection, request {number} on it", number=event.request_number)
    parts = [endpoint(event.address, event.port), kept if event.reused else tr("new connection")]
    if event.local_port:
        parts.append(tr("from {address}", address=endpoint(event.local_address, event.local_port)))
    if event.proxy:
        parts.append(tr("through the proxy {proxy}", proxy=event.proxy))
    yield Line(" · ".join(parts), "head")


def _secured(event: TlsEstablished) -> Iterable[Line]:
    yield Line(" · ".join(part for part in (event.version, event.cipher, event.protocol) if part))
    if not event.verified:
        yield Line(tr("TLS certificate not verified"), "error")
    if own := own_certificate(event):
        yield Line(tr("Client certificate: {what}", what=own))


def _turned(event: WebSocketOpened | WebSocketClosed, masker: Masker) -> Iterable[Line]:
    """Tell the beginning or the end of a WebSocket."""
    if isinstance(event, WebSocketClosed):
        yield Line(tr("WebSocket closed: {code}", code=masker.mask(f"{event.code} {event.reason}".strip())), "head")
        return
    yield Line(tr("WebSocket opened"), "head")
    if event.subprotocol:
        yield Line(tr("subprotocol {name}", name=event.subprotocol))
    if event.extensions:
        yield Line(event.extensions)


def _answered(event: HeadersReceived | Redirected | Challenged, masker: Masker) -> Iterable[Line]:
    yield from _first_lines(event)
    yield from _lines(event.headers, masker)
    if isinstance(event, Redirected):
        yield Line(f"{event.status} → {event.method} {event.location}", "head")
        if event.dropped:
            yield Line(tr("Not sent there: {names}", names=", ".join(event.dropped)))
    if isinstance(event, Challenged):
        yield Line(challenge_words(event), "note")


def _first_lines(event: HeadersReceived | Redirected | Challenged | Informed) -> Iterable[Line]:
    """Tell how a head begins, as it was received: the usual words for a status are not added."""
    if event.http_version == "HTTP/2":  # which has no words for a status
        yield Line(event.http_version, "head")
        yield Line(f":status: {event.status}")
    else:
        yield Line(f"{event.http_version} {event.status} {event.reason}".strip(), "head")


def headers_of(event: Event) -> tuple[tuple[str, str], ...]:
    """Return the header lines that the event carries."""
    headers: tuple[tuple[str, str], ...] = getattr(event, "headers", ())
    return headers


def _lines(headers: tuple[tuple[str, str], ...], masker: Masker) -> Iterable[Line]:
    return (Line(f"{name}: {masker.mask_header(name, value)}") for name, value in headers)
