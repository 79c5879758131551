"""The Pretty view: JSON indented without changing what it says, everything else as text with its language.

What formats is imported when there is something to format: this table is on the way to the first paint.
"""

from __future__ import annotations

from firstlight.model.response import Response
from firstlight.texts import N_
from firstlight.views.content import content_of
from firstlight.views.view import Text, View

_EXPLAINED_BYTES = 200_000
"""Broken JSON up to this size is explained; a larger one is formatted as far as it goes."""


def _priority(response: Response) -> int:
    content = content_of(response)
    return 10 if content == "binary" else 80 if content in ("json", "ndjson") else 60


def _render(response: Response) -> Text:
    from firstlight.views.charset import to_utf8

    content, data = content_of(response), to_utf8(response)
    if content == "json":
        return _json(data)
    if content == "ndjson":
        return Text(data=_lines(data), language="json")
    if content == "form":
        return Text(data=data.replace(b"&", b"&\n"))
    return Text(data=data, language=content if content != "binary" else "text")


def _json(data: bytes) -> Text:
    from firstlight.views.json_format import find_problem, format_json

    explained = len(data) <= _EXPLAINED_BYTES and bool(data.strip())
    return Text(data=format_json(data), language="json", problem=find_problem(data) if explained else None)


def _lines(data: bytes) -> bytes:
    """Format every line by itself, so that one bad line does not spoil the others."""
    from firstlight.views.json_format import format_json

    lines = (line.strip() for line in data.split(b"\n"))
    return b"\n".join(format_json(line) for line in lines if line)


VIEW = View(name="pretty", label=N_("Pretty"), priority=_priority, render=_render)
