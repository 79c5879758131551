"""`firstlight send --json`: one object about the whole Exchange (docs/cli.md)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec

from firstlight.cli.console import Output
from firstlight.cli.shown import decoded, error_object, explanation_object, masked_headers, masked_values, typed_url
from firstlight.model.events import Event, Started, WebSocketClosed
from firstlight.model.exchange import Exchange
from firstlight.model.protocols import WEBSOCKET
from firstlight.model.request import Request
from firstlight.model.response import MetaUuid, Response, StreamSummary
from firstlight.model.secrets import Masker


class JsonReport:
    """Listens to one Exchange and prints its object at the end."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._request: dict[str, Any] | None = None
        self._masker = Masker()

    def begin(self, request: Request, masker: Masker) -> None:
        """Remember the request as typed, should it not become one that can be sent."""
        self._masker = masker
        self._request = {"method": request.method, "url": typed_url(request), "headers": []}

    def hear(self, event: Event) -> None:
        """Note what is sent."""
        if isinstance(event, Started):  # its values are masked already
            headers = [list(pair) for pair in event.headers]
            self._request = {"method": event.method, "url": event.url, "headers": headers}

    def finish(self, exchange: Exchange) -> None:
        """Print the object on one line."""
        report = {
            "request": self._request,
            "response": self._response(exchange.response) if exchange.response else None,
            "timings": msgspec.to_builtins(exchange.timings),
            "stream": self._stream(exchange.stream) if exchange.stream else None,
            "error": self._told(error_object(exchange.failure)) if exchange.failure else None,
            "explanation": self._told(explanation_object(exchange.explanation)) if exchange.explanation else None,
        }
        if exchange.sent is not None and exchange.sent.protocol == WEBSOCKET:
            report["websocket"] = self._closed(exchange.closed) if exchange.closed else None
        if exchange.meta_uuid:
            report["meta_uuid"] = self._meta_uuid(exchange.meta_uuid)
        self._output.write(msgspec.json.encode(report) + b"\n")

    def kept(self, response: Response) -> bytes:
        """Return what belongs into a file."""
        return response.body

    def _response(self, response: Response) -> dict[str, Any]:
        text, encoding = decoded(response)
        return {
            "status": response.status,
            "reason": self._masker.mask(response.reason),
            "http_version": response.http_version,
            "headers": masked_headers(response.headers, self._masker),
            "body_bytes": len(response.body),
            "body_sha256": sha256(response.body).hexdigest(),
            "body": None if text is None else self._masker.mask(text),
            "encoding": encoding,
        }

    def _told(self, told: dict[str, str]) -> dict[str, Any]:
        return dict(masked_values(told, self._masker))

    def _meta_uuid(self, found: MetaUuid) -> dict[str, Any]:
        return {"sent": found.sent, "received": found.received or None, "matches": found.matches}

    def _closed(self, closed: WebSocketClosed) -> dict[str, Any]:
        reason = self._masker.mask(closed.reason)
        return {"code": closed.code, "reason": reason, "by": closed.by, "clean": closed.clean}

    def _stream(self, stream: StreamSummary) -> dict[str, Any]:
        return dict(masked_values(msgspec.to_builtins(stream), self._masker))
