"""Reads the generated text out of a WebSocket's messages, where they are chunks of a known shape. Pure."""

from __future__ import annotations

import msgspec

from firstlight.inference.stream import StreamReader
from firstlight.inference.text_path import TextPath
from firstlight.model.events import Event, WebSocketMessage
from firstlight.model.response import StreamSummary

_BEGINNINGS = ("{", "[DONE]", " ", "\n")
"""How a chunk of the known shapes begins, or its end mark."""
_PATIENCE = 64
"""So many messages without text behind ours, and nothing is looked for until we send the next one: telemetry and
quotes may come by the million, and each would be read three times in vain."""


class DialogueReader:
    """Follows the messages of both directions; several answers follow each other with a blank line between."""

    def __init__(self, started_ns: int, text_path: TextPath | None = None) -> None:
        self._reader = StreamReader("", started_ns, kind="websocket", text_path=text_path)
        self._by_path = text_path is not None
        self._left = _PATIENCE
        self._messages = 0

    def take(self, message: WebSocketMessage) -> list[Event]:
        """Take a message; return the tokens it carried."""
        if message.direction == "out":
            self._left = _PATIENCE
            self._reader.expect_another()
            return []
        self._messages += 1
        text = message.text
        if not self._left or text is None or not (self._by_path or text.startswith(_BEGINNINGS)):
            return []
        found = self._reader.take(text, message.at_ns)
        if not found:
            self._left -= 1
            return []
        self._left = _PATIENCE
        return found

    def close(self, at_ns: int) -> list[Event]:
        """Say that nothing more comes; return tokens held back."""
        return self._reader.close(at_ns)

    def summary(self) -> StreamSummary:
        """Return what was generated; `events` counts every message that came in."""
        return msgspec.structs.replace(self._reader.summary(), events=self._messages)
