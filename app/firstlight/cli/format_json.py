"""`firstlight format`: the lossless formatter of the Pretty view."""

from __future__ import annotations

import sys
from pathlib import Path

from firstlight.cli.arguments import FormatOptions
from firstlight.cli.console import Output, complain, say
from firstlight.cli.exit_codes import ANSWERED, WRONG_INPUT
from firstlight.model.failure import ExchangeError
from firstlight.store import disk
from firstlight.texts import tr


def format_file(options: FormatOptions) -> int:
    """Print the file laid out, or minified, with one line break at the end."""
    from firstlight.views.json_format import JsonProblem, format_json, minify_json

    try:
        data = _standard_input() if options.file == "-" else disk.read_bytes(Path(options.file))
    except ExchangeError as error:
        complain(error.failure)
        return WRONG_INPUT
    try:
        shown = minify_json(data, strict=True) if options.minify else format_json(data, strict=True)
    except JsonProblem as problem:
        name = tr("Standard input") if options.file == "-" else options.file
        say(
            tr(
                "{name}, line {line}, column {column}: {message}",
                name=name,
                line=problem.line,
                column=problem.column,
                message=tr(problem.message),
            )
        )
        return WRONG_INPUT
    output = Output()
    output.write(shown + b"\n")
    return output.exit_code(ANSWERED)


def _standard_input() -> bytes:
    try:
        return b"" if sys.stdin is None else sys.stdin.buffer.read()
    except OSError as error:  # a folder, for example
        raise disk.cannot_read(Path(tr("Standard input")), error) from error
