"""The messages of a stream as rows of text: number, time, gap, type, data. No Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any, Protocol

from firstlight.inference.sse import is_message
from firstlight.model.events import ServerEvent
from firstlight.texts import tr

_TYPE_WIDTHS = (10, 22)  # characters: `content_block_delta` is seen whole, a type of a page is not
_COMPARED = 2000  # characters
_WORTH_LEAVING_OUT = 40
_MOST_FILTERED = 20_000
"""Messages looked through in one step: 10 ms."""


class Rows(Protocol):
    """What a MessageTable shows: rows that grow at the end, and may be lost at the beginning."""

    count: int
    lost: int
    """How many rows the last `grow` has taken away at the beginning."""

    def grow(self) -> bool:
        """Take in what has come; tell whether anything changed."""

    @property
    def behind(self) -> bool:
        """There is something that the filter has not looked at yet."""

    def titles(self) -> tuple[str, str, str, str]:
        """Return the words over the columns before the data."""

    def widths(self) -> tuple[int, int, int, int]:
        """Return their widths in characters; 0 for one that is not shown."""

    def lead(self, row: int, widths: tuple[int, int, int, int]) -> str:
        """Return a row without its mark and its data."""

    def mark(self, row: int, widths: tuple[int, int, int, int]) -> tuple[str, str]:
        """Return what stands between the lead and the data in a colour of its own, and the token of that."""

    def tones(self, row: int) -> tuple[str, str]:
        """Return the tokens of the colours of lead and data."""

    def data(self, row: int, length: int) -> str:
        """Return `length` characters of the data on one line."""

    def message(self, row: int) -> Any:
        """Return what the row stands for."""

    def shown(self) -> list[Any]:
        """Return what all rows stand for."""

    def copied(self, row: int) -> str:
        """Return what is copied of a row."""


class MessageRows:
    """Looks into a list that only grows. All columns but the last are padded, for a monospaced font."""

    def __init__(
        self, messages: list[ServerEvent], started_ns: int, late: Mapping[int, int] | None = None, *, wanted: str = ""
    ) -> None:
        self._messages = messages
        self._started_ns = started_ns
        self._late = {} if late is None else late
        """Stamps that are not exact; grows like the list."""
        self._wanted = wanted.casefold()
        self._passed: list[int] | None = [] if wanted else None
        """Places of the messages that pass the filter; None without one."""
        self._seen = 0
        self.lost = 0
        """Nothing ever is."""
        self.count = 0
        """Rows that are shown; `grow` takes in what the list has more."""
        self._type_width = 0
        """In characters; 0 while there are no other types than `message` to tell apart."""

    def grow(self) -> bool:
        """Take in what the list has more than before; tell whether it has."""
        before, most = self._seen, len(self._messages)
        if before == most:
            return False
        self._seen = most if self._passed is None else min(most, before + _MOST_FILTERED)
        fresh = self._messages[before : self._seen]
        types = {message.type for message in fresh} - {"message"}
        if types:
            least, most_wide = _TYPE_WIDTHS
            self._type_width = max(least, self._type_width, min(most_wide, max(map(len, types)) + 1))
        if self._passed is None:
            self.count = self._seen
        else:
            self._passed += (before + place for place, message in enumerate(fresh) if self._passes(message))
            self.count = len(self._passed)
        return True

    @property
    def behind(self) -> bool:
        """There are messages that the filter has not looked at yet."""
        return self._seen < len(self._messages)

    def titles(self) -> tuple[str, str, str, str]:
        """Return the words over the columns."""
        return tr("#"), tr("Time (ms)"), tr("Gap (ms)"), tr("Type")

    def tones(self, row: int) -> tuple[str, str]:
        """Return the colours of a row: comments are muted, what went wrong is red."""
        message = self.message(row)
        if message.truncated or message.type == "error":
            return "error", "error"
        return "text_muted", "text" if is_message(message) else "text_muted"

    def mark(self, row: int, widths: tuple[int, int, int, int]) -> tuple[str, str]:
        """Return nothing: the type is part of the lead."""
        return "", "text"

    def copied(self, row: int) -> str:
        """Return the data of a row."""
        return self.message(row).data

    def message(self, row: int) -> ServerEvent:
        """Return the message of a row."""
        return self._messages[self._place(row)]

    def shown(self) -> list[ServerEvent]:
        """Return the messages of all rows."""
        return self._messages[: self.count] if self._passed is None else [self._messages[n] for n in self._passed]

    def _place(self, row: int) -> int:
        return row if self._passed is None else self._passed[row]

    def _passes(self, message: ServerEvent) -> bool:
        wanted = self._wanted
        return wanted in message.data.casefold() or wanted in message.type.casefold() or wanted in message.comment

    def widths(self) -> tuple[int, int, int, int]:
        """Return the widths of number, time, gap and type in characters."""
        last_ms = (self._messages[-1].at_ns - self._started_ns) / 1e6 if self._messages else 0.0
        number = max(3, len(f"{self._seen:,}"))
        time = max(9, len(f"≈{last_ms:,.1f}"))
        return number, time, 8, self._type_width

    def lead(self, row: int, widths: tuple[int, int, int, int]) -> str:
        """Return a row without its data."""
        place = self._place(row)
        message = self._messages[place]
        about = "≈" if message.at_ns in self._late else ""
        at = f"{about}{(message.at_ns - self._started_ns) / 1e6:,.1f}"
        gap = f"{(message.at_ns - self._messages[place - 1].at_ns) / 1e6:,.1f}" if place else ""
        number, time, wide, typed = widths
        lead = f"{place + 1:>{number},}  {at:>{time}}  {gap:>{wide}}  "
        return f"{lead}{message.type[: typed - 1]:<{typed}}  " if typed else lead

    def data(self, row: int, length: int) -> str:
        """Return `length` characters of a row's data on one line; of its comment when it has no data.

        Chunks of a chat begin alike for 150 characters: what is said already in the row above is left out. Under a
        filter a row begins with the member that it was found by.
        """
        message = self.message(row)
        text = message.data if message.data or not message.comment else f": {message.comment}"
        shown = found_at(text, self._wanted, length)
        return shown or shortened(text, self.message(row - 1).data if row else "", length)


def found_at(text: str, wanted: str, length: int) -> str:
    """Return `length` characters of `text`, from the member on that holds `wanted`; nothing when it is at the start."""
    start = _member_start(text, text.casefold().find(wanted)) if wanted else 0
    return one_line(f"…{text[start : start + length]}") if start > _WORTH_LEAVING_OUT else ""


def one_line(text: str) -> str:
    """Return `text` with its line breaks as signs."""
    return text.replace("\n", " ⏎ ")


def shortened(text: str, above: str, length: int) -> str:
    """Return `length` characters of `text` on one line, without the beginning that it shares with the text above."""
    alike = _alike(text, above)
    shown = f"…{text[alike : alike + length]}" if alike else text[:length]
    return one_line(shown)


def _alike(text: str, above: str) -> int:
    """Return where the first member begins that differs from the text above; 0 when that is near the start."""
    common = bisect_left(range(1, min(len(text), len(above), _COMPARED) + 1), True, key=lambda n: text[:n] != above[:n])
    start = _member_start(text, common)
    return start if start > _WORTH_LEAVING_OUT and common < len(text) else 0


def _member_start(text: str, place: int) -> int:
    """Return where the member of a JSON object begins that `place` lies in."""
    return max(text.rfind("{", 0, max(place, 0)), text.rfind(",", 0, max(place, 0))) + 1
