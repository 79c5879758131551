"""Rows of a table as text, one `name: value` per line, and back. Pure.

As in Postman `//` before a line means unticked. What a line cannot say (a description, the files of a part, whether an
empty value has an equals sign) stays with the row whose line it still is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from firstlight.model.request import FormPart, Header, Param

Row = TypeVar("Row", bound=Param | Header | FormPart)

_OFF = "//"
_SHOWN = str.maketrans({"\n": "␊", "\r": "␍", "\u2028": "␤", "\u2029": "␤"})
"""A row is one line: what would break it is shown by its picture."""
_READ = str.maketrans({"␊": "\n", "␍": "\r"})


def bulk_text(rows: Iterable[Row]) -> str:
    """Return the rows as lines."""
    return "\n".join(map(_line, rows))


def bulk_rows(text: str, old: Sequence[Row], blank: Row) -> tuple[Row, ...]:
    """Return the rows that `text` holds; `old` are the rows it was made of, `blank` is what a new one starts as.

    A line that nobody touched is its old row. A changed one keeps what it cannot say from the first row of its name
    that no other line is.
    """
    lines, was = [line for line in text.split("\n") if line.strip()], list(map(_line, old))
    start = _common(lines, was)
    end = _common(lines[start:][::-1], was[start:][::-1])  # equal lines: each is the one in its place
    between = _merged(lines[start : len(lines) - end], old[start : len(old) - end], blank)
    return (*old[:start], *between, *old[len(old) - end :])


def _common(lines: Sequence[str], was: Sequence[str]) -> int:
    """Return how many lines both begin with."""
    return next((n for n, (a, b) in enumerate(zip(lines, was, strict=False)) if a != b), min(len(lines), len(was)))


def _merged(lines: Sequence[str], old: Sequence[Row], blank: Row) -> Iterator[Row]:
    untouched: dict[str, list[Row]] = {}
    for row in old:
        untouched.setdefault(_line(row), []).append(row)
    found = [untouched[line].pop(0) if untouched.get(line) else None for line in lines]
    by_name: dict[str, list[Row]] = {}
    for row in (row for rows in untouched.values() for row in rows):
        by_name.setdefault(row.name, []).append(row)
    for line, known in zip(lines, found, strict=True):
        yield known if known is not None else _read(line, by_name, blank)


def _line(row: Row) -> str:
    name, value = row.name.translate(_SHOWN), row.value.translate(_SHOWN)
    bare = getattr(row, "bare", False) and not value and name.strip()
    line = name if bare else f"{name}: {value}" if value else f"{name}:"
    return line if row.enabled else f"{_OFF} {line}"


def _read(line: str, known: dict[str, list[Row]], blank: Row) -> Row:
    """Read one line, as a change of the next known row of its name; a name alone is a parameter without `=`."""
    text = line.strip()
    enabled = not text.startswith(_OFF)
    text = text if enabled else text.removeprefix(_OFF).strip()
    name, colon, value = text.partition(": ")
    if not colon:
        name, colon, value = text.partition(":")
    name = name.strip().translate(_READ)
    said: dict[str, Any] = {"name": name, "value": value.strip().translate(_READ), "enabled": enabled}
    if isinstance(blank, Param):
        said["bare"] = not said["value"] and not colon
    return replace(known[name].pop(0) if known.get(name) else blank, **said)
