"""One exchange as the Console tells it: the row, and the lines under it. Secrets never show. No Qt."""

from __future__ import annotations

import time
from collections.abc import Iterable

from msgspec import structs

from firstlight.model.events import (
    Cancelled,
    Challenged,
    Connected,
    Event,
    Failed,
    Finished,
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
from firstlight.model.response import reason_phrase
from firstlight.model.secrets import Masker
from firstlight.texts import tr
from firstlight.ui.console_lines import Line, explanation_lines, fact_lines, headers_of, started_lines
from firstlight.ui.figures import duration, size
from firstlight.ui.response.failure_text import LAYER_NAMES
from firstlight.ui.theme.status_color import status_token

_MOST_FACTS = 200
"""A server may send 1xx answers for ever."""
_TOLD = (
    Connected, Tunnelled, TlsEstablished, HeadSent, Informed, Redirected, Challenged, HeadersReceived, TrailersReceived,
    WebSocketOpened, WebSocketClosed,
)  # fmt: skip


class ConsoleEntry:
    """The facts of one exchange in their order; small, since bodies are not kept."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.clock = time.strftime("%H:%M:%S")
        self.started: Started | None = None
        self.head: HeadersReceived | None = None
        self.end: Finished | Failed | Cancelled | None = None
        self.weight_bytes = 0
        """What the header lines take, roughly."""
        self._facts: list[Event] = []
        self._left_out = 0

    def take(self, event: Event) -> bool:
        """Keep what the Console tells; return whether the event was of that kind."""
        match event:
            case Started():
                self.started = event
            case Finished() | Failed() | Cancelled():
                self.end = event
            case _ if isinstance(event, _TOLD):
                self._keep(event)
            case _:
                return False
        self.weight_bytes += sum(len(name) + len(value) for name, value in headers_of(event))
        return True

    def _keep(self, event: Event) -> None:
        if isinstance(event, HeadersReceived):
            self.head = event
        elif isinstance(event, TlsEstablished):
            event = structs.replace(event, chain=())
        if len(self._facts) < _MOST_FACTS or not isinstance(event, Informed):
            self._facts.append(event)
        else:
            self._left_out += 1

    def cells(self, masker: Masker) -> tuple[str, str, str, str, str, str]:
        """Return time, method, URL, status, duration, size."""
        method, url = (self.started.method, self.started.url) if self.started else ("", self.name)
        total = duration(self.end.timings.total_ms) if self.end and self.end.timings.total_ms is not None else ""
        arrived = size(self.end.body_bytes) if self.end and self.head else ""
        return self.clock, method, masker.mask(url), masker.mask(self.status()), total, arrived

    def holds(self, words: str) -> bool:
        """Tell whether every word, in any case, stands in the row, in the request's name or in a header's name."""
        names = (name for event in self._facts for name, _ in headers_of(event))
        text = "\n".join((*self.cells(Masker()), self.name, *names)).casefold()
        return all(word in text for word in words.casefold().split())

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

    def lines(self, masker: Masker) -> list[Line]:
        """Return what the row unfolds to, in the order in which it happened."""
        lines: list[Line] = []
        if self.started:
            sent = any(isinstance(event, HeadSent) for event in self._facts)
            lines += started_lines(self.started, masker, prepared=not sent)
        for event in self._facts:
            lines += fact_lines(event, masker)
        if self._left_out:
            lines.append(Line(tr("{count} more informational answers", count=self._left_out)))
        lines += self._ending()
        return [line._replace(text=masker.mask(line.text)) for line in lines]

    def _ending(self) -> Iterable[Line]:
        if isinstance(self.end, Failed):
            yield Line(tr(self.end.failure.message), "error")
            if self.end.failure.hint:
                yield Line(tr(self.end.failure.hint))
        if isinstance(self.end, Finished | Failed) and self.end.explanation:
            yield from explanation_lines(self.end.explanation)
        if self.end is not None and self.started and not any(isinstance(event, Challenged) for event in self._facts):
            yield Line(tr("Retries: none. A request is never repeated by itself."))

    def text(self, masker: Masker) -> str:
        """Return everything as plain text, for the clipboard."""
        return "\n".join(
            [" ".join(cell for cell in self.cells(masker) if cell), *(f"  {line.text}" for line in self.lines(masker))]
        )
