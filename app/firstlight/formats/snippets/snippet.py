"""The shape of a snippet writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from firstlight.formats.snippets.outgoing import Outgoing
from firstlight.model.failure import failed
from firstlight.model.protocols import HTTP, WEBSOCKET
from firstlight.texts import Phrase, tr


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
    is_program: bool = False
    """Whether its text is a program of its own: two of them are not one."""
    speaks: frozenset[str] = frozenset({HTTP})
    """The protocols it has words for; of a WebSocket all of them but one know the handshake alone."""
    signs: bool = False
    """Whether its text signs by itself, where there is a Signer."""

    @property
    def several(self) -> bool:
        """Whether one text can hold several requests: commands stand one after another, a script is a program."""
        return not (self.repeats or self.is_program)

    def written(self, request: Outgoing, repeat: Repeat) -> str:
        """Return the text, below what must be known of it.

        Raises:
            ExchangeError: layer `protocol`, when it has no words for the request's protocol.
        """
        if request.protocol not in self.speaks:
            raise failed("protocol", "no-snippet", *_speechless(self.label, request.protocol))
        notes = () if self.signs and request.signer else request.notes
        if request.protocol == WEBSOCKET and HTTP in self.speaks:
            notes += (
                tr("cURL tries the handshake alone: 101 means that the service accepts it. It carries no messages."),
                tr("Ctrl+C ends it."),
            )
        return "".join(f"{self.comment} {note}\n" for note in notes) + self.write(request, repeat)

    def write_all(self, requests: Sequence[Outgoing]) -> str:
        """Return the requests one after another, each sent once."""
        return "\n".join(self.written(request, Repeat()) for request in requests)


def _speechless(label: str, protocol: str) -> tuple[Phrase, Phrase]:
    if protocol == WEBSOCKET:
        return (
            Phrase("{label} cannot open a WebSocket.", label=label),
            Phrase("Choose python-websockets, or curl, which shows the handshake."),
        )
    return Phrase("{label} is for WebSockets only.", label=label), Phrase("Choose another way to write this request.")
