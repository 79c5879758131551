"""The entries of a timeline as rows of text: number, time, size, kind, content. No Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from firstlight.model.events import WebSocketMessage
from firstlight.texts import tr
from firstlight.ui.response.message_rows import found_at, shortened
from firstlight.ui.talk.timeline import Entry, Timeline
from firstlight.ui.talk.timeline_words import color_token, content, kind_word, size_word

_KIND_WIDTH = 10
_COMPARED = 2000  # characters
_MOST_FILTERED = 20_000
"""Entries looked through in one step."""


class TimelineRows:
    """Looks into a timeline; for a MessageTable (see `message_rows.Rows`)."""

    def __init__(
        self, timeline: Timeline, started_ns: int, wanted: str = "", late: Mapping[int, int] | None = None
    ) -> None:
        """`late` holds the stamps that are inexact."""
        self._timeline = timeline
        self._started_ns = started_ns
        self._late = {} if late is None else late
        self._wanted = wanted.casefold()
        self._passed: list[int] | None = [] if wanted else None
        """Numbers, counted from the beginning of the timeline, of the entries that pass the filter."""
        self._seen = timeline.dropped
        """Up to this number everything was looked at."""
        self._first = timeline.dropped
        self.count = 0
        self.lost = 0

    def grow(self) -> bool:
        """Take in what has come and let go what was dropped; tell whether anything did."""
        timeline, before = self._timeline, (self._seen, self._first)
        self._seen = max(self._seen, timeline.dropped)
        if self._passed is None:
            self.lost = min(self.count, timeline.dropped - self._first)
            self._seen = timeline.total
            self.count = len(timeline.entries)
        else:
            self._filter(self._passed)
        self._first = timeline.dropped
        return before != (self._seen, self._first)

    def _filter(self, passed: list[int]) -> None:
        timeline = self._timeline
        self.lost = bisect_left(passed, timeline.dropped)
        del passed[: self.lost]
        start = self._seen
        self._seen = min(timeline.total, start + _MOST_FILTERED)
        fresh = timeline.entries[start - timeline.dropped : self._seen - timeline.dropped]
        passed += (start + place for place, entry in enumerate(fresh) if self._passes(entry))
        self.count = len(passed)

    def _passes(self, entry: Entry) -> bool:
        return self._wanted in content(entry).casefold() or self._wanted in kind_word(entry).casefold()

    @property
    def behind(self) -> bool:
        """There are entries that the filter has not looked at yet."""
        return self._seen < self._timeline.total

    def _number(self, row: int) -> int:
        return self._timeline.dropped + row if self._passed is None else self._passed[row]

    def message(self, row: int) -> Entry:
        """Return the entry of a row."""
        return self._timeline.entries[self._number(row) - self._timeline.dropped]

    def shown(self) -> list[Entry]:
        """Return the entries of all rows."""
        return [self.message(row) for row in range(self.count)]

    def titles(self) -> tuple[str, str, str, str]:
        """Return the words over the columns."""
        return tr("#"), tr("Time (ms)"), tr("Size (B)"), tr("Kind")

    def widths(self) -> tuple[int, int, int, int]:
        """Return the widths of number, time, size and kind in characters."""
        entries = self._timeline.entries
        last_ms = (entries[-1].at_ns - self._started_ns) / 1e6 if entries else 0.0
        return max(3, len(f"{self._timeline.total:,}")), max(9, len(f"≈{last_ms:,.1f}")), 10, _KIND_WIDTH

    def lead(self, row: int, widths: tuple[int, int, int, int]) -> str:
        """Return number, time and size of a row."""
        entry = self.message(row)
        at_ms = (entry.at_ns - self._started_ns) / 1e6
        number, time, size, _ = widths
        about = "≈" if entry.at_ns in self._late else ""
        return f"{self._number(row) + 1:>{number},}  {f'{about}{at_ms:,.1f}':>{time}}  {size_word(entry):>{size}}  "

    def mark(self, row: int, widths: tuple[int, int, int, int]) -> tuple[str, str]:
        """Return the direction and kind of a row and its colour."""
        entry = self.message(row)
        return kind_word(entry), color_token(entry)

    def tones(self, row: int) -> tuple[str, str]:
        """Return the colours of a row."""
        return "text_muted", "error" if color_token(self.message(row)) == "error" else "text"

    def data(self, row: int, length: int) -> str:
        """Return `length` characters of a row's content on one line, without what the row above has said already."""
        entry = self.message(row)
        if isinstance(entry, WebSocketMessage) and entry.text is not None:
            above = content(self.message(row - 1), _COMPARED) if row else ""
            return found_at(entry.text, self._wanted, length) or shortened(entry.text, above, length)
        return content(entry, length)[:length].replace("\n", " ⏎ ")

    def copied(self, row: int) -> str:
        """Return the whole content of a row."""
        return content(self.message(row))
