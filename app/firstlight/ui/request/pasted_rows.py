"""Rows out of pasted text: header lines, `key=value` lines, cells of a spreadsheet. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEADER_LINE = re.compile(r"\s*(//)?\s*([^\s:=\t][^:=\t]*?)\s*(?::\s|:$|=|\t)\s*(.*?)\s*$")


class PastedRow(NamedTuple):
    """One line that reads as a row."""

    name: str
    value: str
    enabled: bool


def pasted_rows(text: str) -> list[PastedRow]:
    """Return the rows of a text of several lines, or nothing when any line is no row.

    A line is `Key: Value`, `key=value` or two tab-separated cells; `//` before it means unticked, as in Postman.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return []
    found = [_HEADER_LINE.match(line) for line in lines]
    return [PastedRow(m[2], m[3], not m[1]) for m in found if m] if all(found) else []
