"""Says where a text stops being JSON (RFC 8259), and why, in words a person can act on.

Valid text is recognised at 200 MB/s; only a broken one is read token by token.
"""

from __future__ import annotations

import re

import msgspec

from firstlight.texts import Phrase
from firstlight.views.json_words import misplaced, unreadable

_BOM = "\ufeff"
_is_json = msgspec.json.Decoder(msgspec.Raw).decode
_NOT_BLANK = re.compile(r"[^ \t\r\n]")
_TOKEN = re.compile(
    r"""(?P<string>"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*")
    | (?P<sign>[{}\[\],:])
    | (?P<word>(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?=[\s,:\[\]{}"'/，：、]|\Z))
    """,
    re.VERBOSE,
)
_PLACEHOLDER = re.compile(r'\{\{[ \t]*[^{}"\s][^{}"\n]*\}\}')

_NEXT = {
    ("value", "value"): "more", ("value", "string"): "more", ("value", "{"): "name or }", ("value", "["): "value or ]",
    ("value or ]", "value"): "more", ("value or ]", "string"): "more", ("value or ]", "{"): "name or }",
    ("value or ]", "["): "value or ]", ("value or ]", "]"): "more",
    ("name or }", "string"): "colon", ("name or }", "}"): "more", ("name", "string"): "colon", ("colon", ":"): "value",
    ("more", ","): "next", ("more", "}"): "more", ("more", "]"): "more",
}  # fmt: skip
"""(what may stand here, what stands here) → what may stand next. `next` is `name` in an object, else `value`."""


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
        found = _Reader(body, placeholders=editing).read()
        return found and _problem(text, found[0] + len(text) - len(body), found[1])
    return None


def _problem(text: str, offset: int, message: Phrase) -> JsonProblem:
    line_start = text.rfind("\n", 0, offset) + 1
    return JsonProblem(text.count("\n", 0, offset) + 1, offset - line_start + 1, message, offset)


def _not_utf8(data: bytes, offset: int) -> JsonProblem:
    before = data[:offset].decode()
    message = Phrase("The byte {byte} is not UTF-8 text", byte=f"0x{data[offset]:02X}")
    return _problem(before, len(before), message)


class _Reader:
    """Reads a text by the grammar and stops at the first token that does not fit. Iterative: nesting costs no stack."""

    def __init__(self, text: str, *, placeholders: bool) -> None:
        self._text = text
        self._placeholders = placeholders
        self._position = 0
        self._open: list[int] = []  # offsets of the brackets that are not closed yet

    def read(self) -> tuple[int, Phrase] | None:
        """Return (offset, reason) of the first problem, or None when the text is JSON."""
        may_stand, comma = "value", -1
        while True:
            found = _NOT_BLANK.search(self._text, self._position)
            if found is None:
                return None if may_stand == "more" and not self._open else self._ended()
            start = self._position = found.start()
            kind = self._take()
            if not kind:
                return unreadable(self._text, start, may_stand)
            after = _NEXT.get((may_stand, kind))
            if after is None or not self._fits(kind):
                if kind in ("}", "]") and comma >= 0 and may_stand in ("value", "name"):
                    return comma, Phrase("This comma is one too many: no value follows it")
                return misplaced(self._text, start, may_stand, self._opener())
            self._track(kind, start)
            comma = start if kind == "," else -1
            may_stand = after if after != "next" else "name" if self._opener() == "{" else "value"

    def _take(self) -> str:
        """Step over a token and return its kind: a sign, `string`, `value`, or nothing when it is none."""
        if self._placeholders and (placeholder := _PLACEHOLDER.match(self._text, self._position)):
            self._position = placeholder.end()
            return "value"
        found = _TOKEN.match(self._text, self._position)
        if found is None:
            return ""
        self._position = found.end()
        return found.group() if found.lastgroup == "sign" else "string" if found.lastgroup == "string" else "value"

    def _fits(self, kind: str) -> bool:
        if kind == ",":
            return bool(self._open)
        return kind not in ("}", "]") or self._opener() == {"}": "{", "]": "["}[kind]

    def _track(self, kind: str, start: int) -> None:
        if kind in ("{", "["):
            self._open.append(start)
        elif kind in ("}", "]"):
            self._open.pop()

    def _opener(self) -> str:
        return self._text[self._open[-1]] if self._open else ""

    def _ended(self) -> tuple[int, Phrase]:
        if not self._open:
            return len(self._text), Phrase("There is no value here")
        opened = self._open[-1]
        line = self._text.count("\n", 0, opened) + 1
        closer = {"{": "}", "[": "]"}[self._opener()]
        message = Phrase("The text ends here, but the {opener} of line {line} is not closed: {closer} is missing",
                         opener=self._opener(), line=line, closer=closer)  # fmt: skip
        return len(self._text), message
