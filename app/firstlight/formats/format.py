"""The shape of a file format: how a text becomes Requests, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from firstlight.formats.reading import Reading
from firstlight.formats.snippets.outgoing import Outgoing
from firstlight.model.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a Request down."""

    kind: str
    """The word on the command line: never changes."""
    label: str
    """Marked for translation, unless it is only names."""
    recognise: Callable[[str], bool] = lambda _text: False
    """Tells whether a text is in this format, by a look at its beginning; the first of the table that does is taken."""
    read: Callable[[str], Reading] | None = None
    """Raises FormatError. None: it can only be written."""
    write: Callable[[Request], str] | None = None
    """Everything the Request holds, whether it is sent or not. None: only what is sent is written."""
    write_sent: Callable[[Sequence[Outgoing]], str] | None = None
    """What is sent for the Requests, each with its credential."""
    several: bool = False
    """Whether one text can hold several Requests."""
