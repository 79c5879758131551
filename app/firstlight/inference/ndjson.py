"""Decodes newline-delimited JSON (`application/x-ndjson`), as Ollama streams it, from any split of its bytes. Sans-I/O.

Each line that is not blank is one event of type `line`. A last line without a line end is whole when it is JSON by
itself (many writers leave the last LF out), otherwise the stream was cut inside it: `truncated=True`.
"""

from __future__ import annotations

import msgspec

from firstlight.model.events import ServerEvent

_BOM = b"\xef\xbb\xbf"
_is_json = msgspec.json.Decoder(msgspec.Raw).decode


class NdjsonDecoder:
    """Turns bytes into one ServerEvent per line. Lines end at LF; a CR before it belongs to the line end."""

    def __init__(self) -> None:
        self._line: list[bytes] = []  # pieces of a line whose end has not arrived; joined once
        self._at_start = True

    def feed(self, data: bytes, at_ns: int) -> list[ServerEvent]:
        """Take the next bytes and return the lines they completed."""
        *lines, rest = data.split(b"\n")
        if lines and self._line:
            lines[0] = b"".join((*self._line, lines[0]))
            self._line.clear()
        if rest:
            self._line.append(rest)
        return [self._event(text, at_ns) for line in lines if (text := self._text(line))]

    def close(self, at_ns: int) -> list[ServerEvent]:
        """Say that no more bytes will come; return the line the stream ended in, if any."""
        rest = b"".join(self._line)
        self._line.clear()
        text = self._text(rest)
        return [self._event(text, at_ns, truncated=not is_whole(text))] if text else []

    def _text(self, line: bytes) -> str:
        if self._at_start:
            line = line.removeprefix(_BOM)
            self._at_start = False
        return line.strip(b" \t\r").decode("utf-8", "replace")

    def _event(self, text: str, at_ns: int, *, truncated: bool = False) -> ServerEvent:
        return ServerEvent(at_ns=at_ns, type="line", data=text, truncated=truncated)


def is_whole(text: str) -> bool:
    """Tell whether a text is JSON by itself."""
    try:
        _is_json(text)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True
