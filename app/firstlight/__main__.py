"""The `firstlight` command: opens the window or hands over to the command line, whichever is asked for."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run the program and return its exit code. Qt is imported only when a window opens."""
    arguments = sys.argv[1:] if argv is None else argv
    from firstlight.cli.main import run_command, wants_window

    if not wants_window(arguments):
        return run_command(arguments)
    from firstlight.ui.main import run

    return run(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
