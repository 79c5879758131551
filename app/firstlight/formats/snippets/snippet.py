"""The shape of a snippet writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from firstlight.formats.snippets.outgoing import Outgoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """How often a script sends, as vendors' pages test a service under load."""

    executions: int = 1
    """Of each thread."""
    threads: int = 1

    @property
    def once(self) -> bool:
        """Whether nothing is repeated."""
        return self.executions == 1 and self.threads == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """One choice of the Code panel."""

    kind: str
    """The word on the command line: never changes."""
    label: str
    """Names only: the same in every language."""
    lexer: str
    """The name of the language for pygments."""
    write: Callable[[Outgoing, Repeat], str]
    comment: str = "#"
    """What begins a line that only people read."""
    repeats: bool = False
    """Whether it makes use of Repeat."""
    signs: bool = False
    """Whether its text signs by itself, where there is a Signer."""

    @property
    def several(self) -> bool:
        """Whether one text can hold several requests: commands stand one after another, a script is a program."""
        return not self.repeats

    def written(self, request: Outgoing, repeat: Repeat) -> str:
        """Return the text, below what must be known of it."""
        notes = () if self.signs and request.signer else request.notes
        return "".join(f"{self.comment} {note}\n" for note in notes) + self.write(request, repeat)

    def write_all(self, requests: Sequence[Outgoing]) -> str:
        """Return the requests one after another, each sent once."""
        return "\n".join(self.written(request, Repeat()) for request in requests)
