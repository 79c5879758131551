"""Path variables: segments of a URL's path that are written `:name` and filled in from a table. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from firstlight.model.request import Param

_SEGMENT = re.compile(r"(?<=/):([^\W\d][\w.\-]*)(?=/|$)")
"""A whole segment; its name begins with a letter, so that `:8080` never is one."""
_MARK = "/:"
"""Without it there is none: most URLs need no closer look."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")


def path_variable_names(url: str) -> tuple[str, ...]:
    """Return the names in `url` in their order, each once."""
    if _MARK not in url:
        return ()
    start, end = _path(url)
    return tuple(dict.fromkeys(_SEGMENT.findall(url[:end], start)))


def path_rows(url: str, known: tuple[Param, ...]) -> tuple[Param, ...]:
    """Return the rows of the Path Variables table: one for each name in `url`, with what is known of it."""
    rows = {row.name: row for row in reversed(known)}
    return tuple(rows.get(name) or Param(name=name) for name in path_variable_names(url))


def renamed_rows(url: str, rows: tuple[Param, ...]) -> tuple[Param, ...]:
    """Return the rows after the URL was edited to `url`.

    One that has another name now, its neighbours being where they were, keeps its value.
    """
    names = path_variable_names(url)
    old = {row.name for row in rows}
    kept = list(path_rows(url, rows))
    if len(names) == len(rows):
        for position, row in enumerate(rows):
            if row.name not in names and names[position] not in old:
                kept[position] = replace(row, name=names[position])
    return tuple(kept)


def filled_path(url: str, value_of: Callable[[str], str], fill: Callable[[str], str] = str) -> str:
    """Return `url` with its path variables replaced by what `value_of` gives, percent-encoded; `fill` does the rest."""
    if _MARK not in url:
        return fill(url)
    start, end = _path(url)
    made: list[str] = []
    done = 0
    for found in _SEGMENT.finditer(url[:end], start):
        made += fill(url[done : found.start()]), quote(value_of(found[1]), safe="", errors="surrogatepass")
        done = found.end()
    return "".join((*made, fill(url[done:])))


def _path(url: str) -> tuple[int, int]:
    """Return where the path of `url` begins and ends."""
    end = min((place for mark in "?#" if (place := url.find(mark)) >= 0), default=len(url))
    scheme = _SCHEME.match(url)
    slash = url.find("/", scheme.end() if scheme else 0, end)
    return (slash if slash >= 0 else end), end
