"""What may be typed behind `firstlight`: each command's arguments as a value, its help, its usage errors."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from firstlight.cli.usage_errors import in_our_words
from firstlight.texts import tr

USAGE = 2
_LONGEST_S = 10_000_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOptions:
    """`firstlight send`."""

    target: str = ""
    curl: str = ""
    """A cURL command instead of the target; `-` reads it from standard input."""
    workspace: str = ""
    environment: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    channel: str = ""
    credential: str = ""
    """Of the request's service; empty: as the request says."""
    messages: tuple[str, ...] = ()
    """WebSocket: sent instead of the saved ones."""
    wait_s: float | None = None
    """WebSocket: the silence after which it is closed; None: as the request's idle timeout says."""
    output: str = ""
    as_json: bool = False
    as_events: bool = False
    fail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatOptions:
    """`firstlight format`."""

    file: str = "-"
    minify: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertOptions:
    """`firstlight convert`."""

    input: str
    to: str
    kind: str = ""
    """Of the input; empty: it is recognised."""
    output: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOptions:
    """`firstlight demo`."""

    headless: bool = False
    port: int = 0


class _QuietError(Exception):
    """A usage error while only asking what the arguments mean."""


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Translate the word before the usage."""
        super().add_usage(usage, actions, groups, prefix or tr("Usage: "))


class _Parser(argparse.ArgumentParser):
    def __init__(self, prog: str, description: str, *, quiet: bool = False, epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog or None,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Formatter,
        )
        self._quiet = quiet
        self.inputs = self.add_argument_group(tr("Arguments"))
        self.options = self.add_argument_group(tr("Options"))
        if not quiet:  # asking for help opens no window
            self.options.add_argument("-h", "--help", action="help", help=tr("Show this help and end."))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line and end with code 2."""
        if self._quiet:
            raise _QuietError
        line = tr("{program}: {message} (see {program} --help)", program=self.prog, message=in_our_words(message))
        print(line, file=sys.stderr)  # noqa: T201 - this is the command line
        raise SystemExit(USAGE)


def parse_send(argv: list[str]) -> SendOptions:
    """Read the arguments of `send`; ends the program on --help and on a usage error."""
    parser = _Parser("firstlight send", tr("Send a request and print the answer."))
    parser.inputs.add_argument(
        "target",
        metavar="TARGET",
        nargs="?",
        default="",
        help=tr("Collection/Folder/Request, the file of a request, or a URL."),
    )
    add = parser.options.add_argument
    add("--curl", metavar="COMMAND", default="", help=tr("Send a cURL command; - reads it from standard input."))
    add("-w", "--workspace", metavar="FOLDER", default="", help=tr("The workspace; else the one around this folder."))
    add("-e", "--environment", metavar="NAME", default="", help=tr("The environment whose variables count."))
    add("--var", metavar="NAME=VALUE", action="append", default=[], type=_variable, help=tr("Set a variable."))
    add("--channel", metavar="NAME", default="", help=tr("Send over this channel of the request's service."))
    add("--credential", metavar="NAME", default="", help=tr("Sign with this credential of it, or with none."))
    add("--message", metavar="TEXT", action="append", default=[],
        help=tr("WebSocket: send this message instead of the saved ones; may be repeated."))  # fmt: skip
    add("--wait", metavar="SECONDS", type=_seconds, default=None,
        help=tr("WebSocket: close after so long a silence; else after the request's idle timeout."))  # fmt: skip
    add("-o", "--output", metavar="FILE", default="", help=tr("Write the body, byte for byte, into this file."))
    add("--json", action="store_true", help=tr("Print request, answer, times and error as one JSON object."))
    add("--events", choices=["jsonl"], help=tr("Print every event as one line of JSON while it happens."))
    add("--fail", action="store_true", help=tr("End with code 1 when the status is 400 or more."))
    found = parser.parse_args(argv)
    if found.target and found.curl:
        parser.error(tr("TARGET and --curl exclude each other"))
    if not found.target and not found.curl:
        parser.error(tr("{names} is missing", names="TARGET"))
    if (found.channel or found.credential) and (found.curl or "://" in found.target):
        parser.error(
            tr("--channel and --credential choose among those of a service: TARGET must be one of its requests")
        )
    if found.json and found.events:
        parser.error(tr("--json and --events exclude each other"))
    return SendOptions(
        target=found.target,
        curl=found.curl,
        workspace=found.workspace,
        environment=found.environment,
        variables=tuple(found.var),
        channel=found.channel,
        credential=found.credential,
        messages=tuple(found.message),
        wait_s=found.wait,
        output=found.output,
        as_json=found.json,
        as_events=found.events is not None,
        fail=found.fail,
    )


def parse_format(argv: list[str]) -> FormatOptions:
    """Read the arguments of `format`."""
    parser = _Parser("firstlight format", tr("Lay out JSON without changing a digit."))
    parser.inputs.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help=tr("The file; - or nothing reads standard input.")
    )
    parser.options.add_argument("--minify", action="store_true", help=tr("Remove the blanks instead."))
    found = parser.parse_args(argv)
    return FormatOptions(file=found.file, minify=found.minify)


def parse_convert(argv: list[str]) -> ConvertOptions:
    """Read the arguments of `convert`."""
    from firstlight.formats.table import FORMATS

    parser = _Parser("firstlight convert", tr("Turn a request into another format; nothing is sent."))
    parser.inputs.add_argument(
        "input", metavar="INPUT", help=tr("A file, - for standard input, or a cURL command in quotes.")
    )
    add = parser.options.add_argument
    readable = [entry.kind for entry in FORMATS if entry.read]
    add("--from", dest="kind", metavar="KIND", choices=readable, default="",
        help=tr("The format of the input: {kinds}. Else it is recognised.", kinds=", ".join(readable)))  # fmt: skip
    kinds = [entry.kind for entry in FORMATS]
    add("--to", metavar="KIND", choices=kinds, required=True,
        help=tr("The format to write: {kinds}.", kinds=", ".join(kinds)))  # fmt: skip
    add("-o", "--output", metavar="FILE", default="", help=tr("Write into this file instead of standard output."))
    found = parser.parse_args(argv)
    return ConvertOptions(input=found.input, to=found.to, kind=found.kind, output=found.output)


def parse_demo(argv: list[str], *, quiet: bool = False) -> DemoOptions | None:
    """Read the arguments of `demo`; when `quiet`, None instead of help and usage errors."""
    parser = _Parser("firstlight demo", tr("Run the demo services, and the window on their workspace."), quiet=quiet)
    add = parser.options.add_argument
    add("--headless", action="store_true", help=tr("No window: print addresses and credentials, serve until Ctrl+C."))
    add("--port", metavar="NUMBER", type=_port, default=0, help=tr("The port to serve on; else a free one."))
    try:
        found = parser.parse_args(argv)
    except _QuietError:
        return None
    if not found.headless and not quiet:
        refuse_window(parser)
    return DemoOptions(headless=found.headless, port=found.port)


def refuse(argv: list[str]) -> None:
    """Answer arguments that name no command and open no window: help, or a usage error."""
    commands = tr("Commands: demo, send, convert, format. “firstlight COMMAND --help” explains each.")
    parser = _Parser("firstlight", tr("Open the window, or run a command."), epilog=commands)
    parser.inputs.add_argument(
        "workspace", metavar="WORKSPACE", nargs="?", help=tr("The folder of the workspace to open.")
    )
    parser.options.add_argument("--version", action="store_true", help=tr("Print the version and end."))
    found = parser.parse_args(argv)
    if found.version:
        parser.error(tr("--version stands alone"))
    if found.workspace is not None and not Path(found.workspace).is_dir():
        parser.error(tr("“{name}” is neither a command nor the folder of a workspace", name=found.workspace))
    refuse_window(parser)


def refuse_window(parser: argparse.ArgumentParser) -> NoReturn:
    """Say that there is no display, and end with code 2."""
    parser.error(
        tr("there is no display to open the window on; “firstlight demo --headless” and “firstlight send” need none")
    )


def _variable(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(tr("“{text}” is not NAME=VALUE", text=text))
    return name, value


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < _LONGEST_S:
        raise argparse.ArgumentTypeError(tr("“{text}” is not a number of seconds", text=text))
    return seconds


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(tr("“{text}” is not a port", text=text))
    return int(text)
