"""Reads a broken JSON text token by token, up to where it stops being JSON. Loaded when there is such a text."""

from __future__ import annotations

import re

from firstlight.texts import Phrase
from firstlight.views.json_words import misplaced, unreadable

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


class JsonReader:
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
