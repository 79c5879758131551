"""Says where a text stops being JSON (RFC 8259), and why, in words a person can act on.

Valid text is recognised at 200 MB/s; only a broken one is read token by token.
"""

from __future__ import annotations

import msgspec

from firstlight.texts import Phrase

_BOM = "\ufeff"
_is_json = msgspec.json.Decoder(msgspec.Raw).decode


class JsonProblem(Exception):  # noqa: N818 - a problem of the user's text, shown beside it more often than raised
    """The first place where a text is not JSON. Lines and columns count from 1, columns in characters."""

    def __init__(self, line: int, column: int, message: Phrase, offset: int = 0) -> None:
        super().__init__(line, column, message, offset)
        self.line = line
        self.column = column
        self.message = message
        self.offset = offset
        """The same place in characters from the start of the text."""

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}"


def find_problem(text: str | bytes, *, editing: bool = True) -> JsonProblem | None:
    """Return the first reason why `text` is not JSON, or None.

    An editor's text (`editing`) may be empty and may hold `{{placeholders}}` where values stand. Bytes must be UTF-8;
    one byte order mark is allowed.
    """
    if isinstance(text, bytes):
        data = text
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            return _not_utf8(data, error.start)
    body = text.removeprefix(_BOM)
    if editing and not body.strip():
        return None
    try:
        _is_json(body.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        from firstlight.views.json_reader import JsonReader  # its patterns and words: 0.3 MB for broken texts only

        found = JsonReader(body, placeholders=editing).read()
        return found and _problem(text, found[0] + len(text) - len(body), found[1])
    return None


def _problem(text: str, offset: int, message: Phrase) -> JsonProblem:
    line_start = text.rfind("\n", 0, offset) + 1
    return JsonProblem(text.count("\n", 0, offset) + 1, offset - line_start + 1, message, offset)


def _not_utf8(data: bytes, offset: int) -> JsonProblem:
    before = data[:offset].decode()
    message = Phrase("The byte {byte} is not UTF-8 text", byte=f"0x{data[offset]:02X}")
    return _problem(before, len(before), message)
