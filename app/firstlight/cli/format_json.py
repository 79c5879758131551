"""`firstlight format`: the lossless formatter of the Pretty view."""

from __future__ import annotations

from pathlib import Path

from firstlight.cli.arguments import FormatOptions
from firstlight.cli.console import Output, complain, say
from firstlight.cli.exit_codes import ANSWERED, WRONG_INPUT
from firstlight.cli.inputs import standard_input
from firstlight.model.failure import ExchangeError
from firstlight.store import disk
from firstlight.texts import tr


def format_file(options: FormatOptions) -> int:
    """Print the file laid out, or minified, with one line break at the end."""
    from firstlight.views.json_format import JsonProblem, format_json, minify_json

    try:
        data = standard_input() if options.file == "-" else disk.read_bytes(Path(options.file))
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
