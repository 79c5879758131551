"""What the three shells' readers share: the words of one command, and what stood around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from firstlight.model.secrets import ENVIRONMENT_PREFIX
from firstlight.texts import N_, Phrase

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(slots=True)
class Split:
    """The words of a command as the program would receive them, shell variables written as `{{NAME}}`."""

    words: list[str] = field(default_factory=list)
    notes: list[Phrase] = field(default_factory=list)

    def note(self, text: str, /, **values: str) -> None:
        """Remember something that was not taken over; once is enough."""
        phrase = Phrase(text, **values)
        if phrase not in self.notes:
            self.notes.append(phrase)

    def variable(self, name: str) -> str:
        """Return our reference for a variable of the shell."""
        if name.startswith(ENVIRONMENT_PREFIX):
            return f"{{{{secret:{name.removeprefix(ENVIRONMENT_PREFIX).lower().replace('_', '-')}}}}}"
        self.note(
            N_("The shell's variable {name} became {reference}: give it a value."),
            name=name,
            reference=f"{{{{{name}}}}}",
        )
        return f"{{{{{name}}}}}"

    def rest(self, text: str) -> None:
        """Name what follows the command."""
        first = text.lstrip("|&;> \t\r\n").partition("\n")[0].split(" ")[0][:40]
        if first:
            self.note(N_("What follows the command was left out: {text} …"), text=first)


def continues(text: str, at: int) -> bool:
    """Tell whether the line that begins at `at` can only be the next line of the command.

    Vendors' pages lose the sign at the end of a line; an option cannot begin a command of its own.
    """
    return re.compile(r"\s*-").match(text, at) is not None
