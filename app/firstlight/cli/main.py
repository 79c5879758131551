"""Decides between window and command line, and runs the commands. Imports as little as the question needs."""

from __future__ import annotations

import os
import sys

COMMANDS = ("demo", "send", "convert", "format")
STOPPED = 130
"""The exit code after Ctrl+C, as shells expect it."""


def wants_window(argv: list[str]) -> bool:
    """Whether these arguments open the window: none, a workspace folder, or the demo without `--headless`."""
    if argv and argv[0] == "demo":
        from firstlight.cli.arguments import parse_demo

        options = parse_demo(argv[1:], quiet=True)
        asked = options is not None and not options.headless
    else:
        asked = not argv or (len(argv) == 1 and argv[0] not in COMMANDS and os.path.isdir(argv[0]))
    return asked and has_display()


def has_display() -> bool:
    """Whether a window can be shown. Qt would end the program with a message that names its plug-ins."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run_command(argv: list[str]) -> int:
    """Run what these arguments ask for on the command line and return the exit code (docs/cli.md)."""
    if argv == ["--version"]:
        from firstlight import __version__

        sys.stdout.write(f"firstlight {__version__}\n")
        return 0
    from firstlight.cli.crash import watch
    from firstlight.cli.language import choose_language

    watch()
    choose_language()
    try:
        return _run(argv)
    except SystemExit as ended:  # argparse ends the program after --help and after a usage error
        return int(ended.code or 0)
    except KeyboardInterrupt:
        return STOPPED


def _run(argv: list[str]) -> int:
    from firstlight.cli import arguments

    command, rest = (argv[0], argv[1:]) if argv and argv[0] in COMMANDS else ("", argv)
    if command == "send":
        from firstlight.cli.send import send

        return send(arguments.parse_send(rest))
    if command == "convert":
        from firstlight.cli.convert import convert

        return convert(arguments.parse_convert(rest))
    if command == "format":
        from firstlight.cli.format_json import format_file

        return format_file(arguments.parse_format(rest))
    if command == "demo":
        from firstlight.cli.demo import serve

        options = arguments.parse_demo(rest)
        return serve(options.port if options else 0)
    arguments.refuse(rest)
    return 0
