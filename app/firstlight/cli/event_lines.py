"""`firstlight send --events jsonl`: one line per event, while it happens (docs/cli.md)."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import msgspec

from firstlight.cli.console import Output
from firstlight.cli.shown import error_object, explanation_object, masked_headers, masked_values
from firstlight.model.events import (
    BodyReceived,
    Cancelled,
    Challenged,
    CookiesReceived,
    Event,
    Failed,
    Finished,
    HeadersReceived,
    Redirected,
    Started,
    Tunnelled,
    Uploading,
    WebSocketMessage,
    WebSocketNotSent,
    WebSocketPing,
    WebSocketPong,
)
from firstlight.model.exchange import Exchange
from firstlight.model.explanation import Explanation
from firstlight.model.masked_pieces import PieceMasker
from firstlight.model.request import Request
from firstlight.model.response import Response, reason_phrase
from firstlight.model.secrets import Masker
from firstlight.texts import tr

_SPARSE = frozenset({"meta_uuid", "signing", "clock_ahead_s"})


class EventLines:
    """Listens to one Exchange and prints each event at once."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._masker = Masker()
        self._body = PieceMasker(self._masker)

    def begin(self, request: Request, masker: Masker) -> None:
        """Learn what must not be shown."""
        self._masker, self._body = masker, PieceMasker(masker)

    def hear(self, event: Event) -> None:
        """Print the event on one line; how far an upload is and what cookies hold is for windows only."""
        if isinstance(event, Uploading | CookiesReceived):
            return
        if isinstance(event, Finished | Failed | Cancelled) and (rest := self._body.rest()):
            self._print({"kind": "body", "at_ns": event.at_ns, "bytes": 0, **_data(rest)})
        self._print(self._line(event))

    def _print(self, line: dict[str, Any]) -> None:
        self._output.write(msgspec.json.encode(line) + b"\n")

    def finish(self, exchange: Exchange) -> None:
        """Everything has been told: the last event says how it ended."""

    def kept(self, response: Response) -> bytes:
        """Return what belongs into a file."""
        return response.body

    def _line(self, event: Event) -> dict[str, Any]:
        if isinstance(event, BodyReceived):
            shown = _data(self._body.feed(event.data))
            return {"kind": "body", "at_ns": event.at_ns, "bytes": len(event.data), **shown}
        if isinstance(event, Started):
            started = dict(msgspec.to_builtins(event))  # its values are masked already
            told = [{"kind": c.kind, "message": tr(c.message), "remedy": tr(c.remedy)} for c in event.cautions]
            return _without_empty(started | {"notes": [str(note) for note in event.notes], "cautions": told})
        line = _named(_without_empty(masked_values(msgspec.to_builtins(event), self._masker)))
        if isinstance(event, HeadersReceived | Redirected | Tunnelled | Challenged):
            line["headers"] = masked_headers(event.headers, self._masker)
        elif isinstance(event, Failed):
            del line["failure"]
            line["error"] = masked_values(error_object(event.failure), self._masker)
        elif isinstance(event, WebSocketMessage):
            line = _without_what_is_not_there(line, event) | self._payload(event)
        elif isinstance(event, WebSocketPing | WebSocketPong):
            line["data"] = event.data.decode("utf-8", "replace")
        elif isinstance(event, WebSocketNotSent):
            del line["failure"]
            line["error"] = masked_values(error_object(event.failure), self._masker)
        if isinstance(event, Finished) and event.closed is None:
            del line["closed"]
        if isinstance(event, Finished | Failed):
            del line["explanation"]
            line |= self._explained(event.explanation)
        return dict(line)

    def _explained(self, found: Explanation | None) -> dict[str, Any]:
        return {"explanation": masked_values(explanation_object(found), self._masker)} if found else {}

    def _payload(self, message: WebSocketMessage) -> dict[str, str]:
        """Return a message as `text` or `base64`, which tells text and binary messages apart."""
        if message.text is not None:
            return {"text": self._masker.mask(message.text)}
        if message.data is not None:
            return {"base64": b64encode(self._masker.mask_bytes(message.data)).decode()}
        return {}


def _data(data: bytes) -> dict[str, str]:
    """Return bytes as `text` when they are UTF-8 by themselves, else as `base64`."""
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"base64": b64encode(data).decode()}


def _without_what_is_not_there(line: dict[str, Any], message: WebSocketMessage) -> dict[str, Any]:
    """Drop the keys of a message that say nothing: its payload is added in its own way."""
    return {
        key: value for key, value in line.items() if key not in {"text", "data"} and (key != "path" or message.path)
    }


def _named(line: dict[str, Any]) -> dict[str, Any]:
    """Give a status without words the usual ones."""
    return line | {"reason": line["reason"] or reason_phrase(line["status"])} if "status" in line else line


def _without_empty(line: dict[str, Any]) -> dict[str, Any]:
    """Drop what is not there of the keys that came later than the others, and that most services know nothing of."""
    return {key: value for key, value in line.items() if key not in _SPARSE or value not in ("", None)}
