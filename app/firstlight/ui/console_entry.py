"""One exchange as the Console tells it: the row, and the lines under it. Secrets never show. No Qt."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import NamedTuple

from firstlight.model.events import (
    Cancelled,
    Connected,
    Event,
    Failed,
    Finished,
    HeadersReceived,
    Redirected,
    Started,
    TlsEstablished,
)
from firstlight.model.response import reason_phrase
from firstlight.model.secrets import Masker
from firstlight.texts import tr
from firstlight.ui.figures import duration, size
from firstlight.ui.response.failure_text import LAYER_NAMES
from firstlight.ui.theme.status_color import status_token


class Line(NamedTuple):
    """A line under a row; `kind` is `head`, `text`, `note` or `error`."""

    text: str
    kind: str = "text"


class ConsoleEntry:
    """The facts of one exchange; small, since bodies are not kept."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.clock = time.strftime("%H:%M:%S")
        self.started: Started | None = None
        self.connected: Connected | None = None
        self.tls: TlsEstablished | None = None
        self.head: HeadersReceived | None = None
        self.redirects: list[Redirected] = []
        self.end: Finished | Failed | Cancelled | None = None

    def take(self, event: Event) -> bool:
        """Keep what the Console tells; return whether the event was of that kind."""
        match event:
            case Started():
                self.started = event
            case Connected():
                self.connected = event
            case TlsEstablished():
                self.tls = event
            case HeadersReceived():
                self.head = event
            case Redirected():
                self.redirects.append(event)
            case Finished() | Failed() | Cancelled():
                self.end = event
            case _:
                return False
        return True

    def cells(self) -> tuple[str, str, str, str, str, str]:
        """Return time, method, URL, status, duration, size."""
        method, url = (self.started.method, self.started.url) if self.started else ("", self.name)
        total = duration(self.end.timings.total_ms) if self.end and self.end.timings.total_ms is not None else ""
        arrived = size(self.end.body_bytes) if self.end and self.head else ""
        return self.clock, method, url, self.status(), total, arrived

    def status(self) -> str:
        """Return how it stands in a word or two."""
        if isinstance(self.end, Failed):
            code = f"{self.head.status} · " if self.head else ""
            return code + tr("failed: {layer}", layer=tr(LAYER_NAMES[self.end.failure.layer]))
        if isinstance(self.end, Cancelled):
            return tr("cancelled")
        if self.head is None:
            return tr("sending…")
        return f"{self.head.status} {self.head.reason or reason_phrase(self.head.status)}".strip()

    def status_token(self) -> str:
        """Return the name of the token that the status is painted in."""
        if isinstance(self.end, Failed):
            return "error"
        if self.end is None or isinstance(self.end, Cancelled) or self.head is None:
            return "text_muted"
        return status_token(self.head.status)

    def lines(self) -> list[Line]:
        """Return what the row unfolds to."""
        lines: list[Line] = []
        if self.started:
            lines.append(Line(f"{self.started.method} {self.started.url}", "head"))
            lines += _headers(self.started.headers)
            lines += [Line(tr(note), "note") for note in self.started.notes]
            if self.started.body_bytes:
                lines.append(Line(tr("Body: {size}", size=f"{self.started.body_bytes:,} B")))
            if self.started.meta_uuid:
                lines.append(Line(f"meta.uuid: {self.started.meta_uuid}"))
        lines += self._connection()
        for step in self.redirects:
            lines.append(Line(f"{step.status} → {step.method} {step.location}", "head"))
            if step.dropped:
                lines.append(Line(tr("Not sent there: {names}", names=", ".join(step.dropped))))
        if self.head:
            reason = self.head.reason or reason_phrase(self.head.status)
            lines.append(Line(f"{self.head.http_version} {self.head.status} {reason}".strip(), "head"))
            lines += _headers(self.head.headers)
        if isinstance(self.end, Failed):
            lines.append(Line(tr(self.end.failure.message), "error"))
            if self.end.failure.hint:
                lines.append(Line(tr(self.end.failure.hint)))
        return lines

    def _connection(self) -> Iterable[Line]:
        if self.connected:
            reused = tr("kept connection") if self.connected.reused else tr("new connection")
            yield Line(f"{self.connected.address} · {reused}", "head")
        if self.tls:
            yield Line(" · ".join(part for part in (self.tls.version, self.tls.cipher, self.tls.protocol) if part))
            if not self.tls.verified:
                yield Line(tr("TLS certificate not verified"), "error")

    def text(self) -> str:
        """Return everything as plain text, for the clipboard."""
        return "\n".join(
            [" ".join(cell for cell in self.cells() if cell), *(f"  {line.text}" for line in self.lines())]
        )


def _headers(headers: tuple[tuple[str, str], ...]) -> list[Line]:
    masker = Masker()
    return [Line(f"{name}: {masker.mask_header(name, value)}") for name, value in headers]
