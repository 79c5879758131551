"""Standard output and standard error of a command: exact bytes, at once; errors in one line; a reader may leave."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from firstlight.model.failure import Failure
from firstlight.texts import tr


def complain(failure: Failure) -> None:
    """Say on standard error, in one line, what went wrong and what to do."""
    message, hint = tr(failure.message), tr(failure.hint)
    say(tr("{message} {hint}", message=message, hint=hint) if hint else message)


def say(text: str) -> None:
    """Write one line to standard error."""
    line = f"firstlight: {' '.join(text.split())}\n"
    sys.stderr.buffer.write(line.encode("utf-8", "replace"))
    sys.stderr.buffer.flush()


class Output:
    """Standard output as bytes. When whoever reads it leaves (`| head`), `gone` is called once, then nothing more."""

    def __init__(self) -> None:
        self.is_gone = False
        self.gone: Callable[[], object] = lambda: None

    def write(self, data: bytes) -> None:
        """Write and flush: what happened can be seen at once."""
        if self.is_gone:
            return
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            self.is_gone = True
            # The interpreter flushes once more at its end and would complain; let that go nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self.gone()

    @staticmethod
    def is_terminal() -> bool:
        """Whether a person watches."""
        return sys.stdout.isatty()
