"""What the palette offers, and how well it fits what was typed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nsmallest


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row: a request, an environment, an action, a setting."""

    title: str
    place: str = ""
    """Where it is found otherwise: folder, menu, group."""
    kind: str = ""
    """What it is, in one word."""
    keys: str = ""
    picture: str = ""
    method: str = ""
    """The method of a request, shown as its badge instead of a picture."""
    run: Callable[[], object]


_BEST, _START, _WORD, _INSIDE, _INITIALS, _PLACE = range(6)


def rank(entry: Entry, words: list[str]) -> tuple[int, int] | None:
    """Return how well `entry` fits all `words` (lower-case): smaller is better, None: not at all.

    A word fits best at the start of the title, then at the start of one of its words, inside it, as the initials of
    its words (`sc` → Streamed chat), at last in the place.
    """
    title, place = entry.title.casefold(), entry.place.casefold()
    worst = _BEST
    for word in words:
        found = _fit(word, title, place)
        if found is None:
            return None
        worst = max(worst, found)
    return worst, len(title)


def _fit(word: str, title: str, place: str) -> int | None:
    at = title.find(word)
    if at == 0:
        return _BEST if len(word) == len(title) else _START
    if at > 0:
        return _WORD if not title[at - 1].isalnum() or f" {word}" in title else _INSIDE
    if len(word) > 1 and "".join(part[0] for part in title.split()).find(word) >= 0:
        return _INITIALS
    return _PLACE if word in place else None


def best(entries: Iterable[Entry], text: str, most: int) -> list[Entry]:
    """Return the `most` entries that fit `text` best; equal ones in the order given, all of them for no text."""
    words = text.casefold().split()
    ranked = ((rank(entry, words), number, entry) for number, entry in enumerate(entries))
    found = ((fit, number, entry) for fit, number, entry in ranked if fit is not None)
    key = (lambda row: row[1]) if not words else (lambda row: (row[0], row[1]))
    return [entry for _fit, _number, entry in nsmallest(most, found, key=key)]
