"""Standard output and standard error of a command: exact bytes, at once; errors in one line; a reader may leave."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from firstlight.cli.exit_codes import NOBODY_READS, WRONG_INPUT
from firstlight.model.failure import Failure
from firstlight.store import disk
from firstlight.texts import tr


def complain(failure: Failure) -> None:
    """Say on standard error, in one line, what went wrong and what to do."""
    message, hint = tr(failure.message), tr(failure.hint)
    say(tr("{message} {hint}", message=message, hint=hint) if hint else message)


def say(text: str) -> None:
    """Write one line to standard error."""
    if sys.stderr is None:  # closed by whoever called us: nobody wants to hear it
        return
    line = f"firstlight: {' '.join(text.split())}\n"
    sys.stderr.buffer.write(line.encode("utf-8", "replace"))
    sys.stderr.buffer.flush()


class Output:
    """Standard output as bytes. When it takes no more (`| head`, a full disk), `gone` is called once, then nothing."""

    def __init__(self) -> None:
        self.gone: Callable[[], object] = lambda: None
        self._lost_with: OSError | None = None

    def write(self, data: bytes) -> None:
        """Write and flush: what happened can be seen at once."""
        if self._lost_with:
            return
        try:
            if sys.stdout is None:  # closed before we started
                raise BrokenPipeError
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except OSError as error:
            self._lost_with = error
            if sys.stdout is not None:
                # The interpreter flushes once more at its end and would complain; let that go nowhere.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self.gone()

    def exit_code(self, otherwise: int) -> int:
        """Return the exit code of a command that was about to end with `otherwise`; says why output was lost."""
        if self._lost_with is None:
            return otherwise
        if isinstance(self._lost_with, BrokenPipeError):
            return NOBODY_READS
        say(tr(disk.cannot_write(Path(tr("Standard output")), self._lost_with).failure.message))
        return WRONG_INPUT

    @staticmethod
    def is_terminal() -> bool:
        """Whether a person watches."""
        return sys.stdout is not None and sys.stdout.isatty()
