"""`firstlight convert`: a request from one format into another, nothing sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from firstlight.cli.arguments import ConvertOptions
from firstlight.cli.console import Output, complain, say
from firstlight.cli.exit_codes import ANSWERED, WRONG_INPUT
from firstlight.cli.inputs import standard_input
from firstlight.cli.targets import jar_of, workspace_for
from firstlight.formats.curl import looks_like_curl
from firstlight.formats.error import FormatError
from firstlight.formats.format import Format
from firstlight.formats.reading import Reading
from firstlight.formats.table import FORMATS
from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.request import Request
from firstlight.model.route import as_plain
from firstlight.model.secrets import environment_name
from firstlight.model.service import Service
from firstlight.runner.outgoing import outgoing
from firstlight.store import disk
from firstlight.store.client_certificates import read_unlocked
from firstlight.store.secret_fields import Scratch, names_in, stash, stash_service
from firstlight.store.secrets import SecretStore
from firstlight.store.settings import load_settings
from firstlight.store.workspace import Workspace
from firstlight.texts import Phrase, tr


def convert(options: ConvertOptions) -> int:
    """Read INPUT, say what was not understood, write the other format."""
    output = Output()
    try:
        reading = _read(options)
        for note in reading.notes:
            say(tr(note))
        text = _written(reading, options.input, next(entry for entry in FORMATS if entry.kind == options.to))
        if options.output:
            disk.write_text(Path(options.output), text)
        else:
            output.write(text.encode("utf-8", "surrogateescape"))
    except ExchangeError as error:
        complain(error.failure)
        return WRONG_INPUT
    return output.exit_code(ANSWERED)


def _read(options: ConvertOptions) -> Reading:
    text, name = _text(options.input)
    readable = [entry for entry in FORMATS if entry.read]
    wanted = [e for e in readable if (e.kind == options.kind if options.kind else e.recognise(text))]
    chosen = wanted[0] if wanted else None
    if chosen is None or chosen.read is None:
        kinds = ", ".join(entry.kind for entry in readable)
        message = Phrase("{name} is in none of the formats that can be read: {kinds}.", name=name, kinds=kinds)
        raise failed("file", "unknown-format", message, hint=Phrase("Name its format with --from."))
    try:
        return chosen.read(text)
    except FormatError as error:
        values = {"name": name, "line": str(error.line), "column": str(error.column), "message": error.reason}
        message = Phrase("{name}, line {line}, column {column}: {message}", **values)
        raise failed("file", "bad-format", message, hint=Phrase()) from error


def _text(given: str) -> tuple[str, str]:
    """Return the text and what to call it: standard input, a command typed in place, or a file."""
    if given == "-":
        name = tr("Standard input")
        return disk.decoded(Path(name), standard_input()), name
    if looks_like_curl(given):
        return given, tr("The command")
    return disk.read_text(Path(given)), given


def _written(reading: Reading, given: str, target: Format) -> str:
    if len(reading.requests) > 1 and not target.several:
        message = Phrase("The input holds {count} requests; this format holds one.", count=len(reading.requests))
        raise failed("file", "several-requests", message, hint=Phrase("Convert it to har or curl."))
    if target.write is not None:
        return target.write(_without_secrets(reading.requests[0]))
    assert target.write_sent is not None  # noqa: S101 - every format is written in one of two ways
    scope = Scope(variables={}, secret=lambda name: f"{{{{secret:{name}}}}}")
    looked_up = target.kind != "har"
    workspace = _workspace_of(given)
    if looked_up and workspace:
        scope = replace(scope, jar=jar_of(workspace))
    certificates = read_unlocked(load_settings().client_certificates)
    made = [
        outgoing(
            request,
            replace(scope, service=_service_of(request, workspace)),
            hide=looked_up,
            keep_variables=True,
            certificates=certificates,
        )
        for request in reading.requests
    ]
    text = target.write_sent(made)
    return text if looked_up else text.replace("%7B%7Bsecret:", "{{secret:").replace("%7D%7D", "}}")


def _workspace_of(given: str) -> Workspace | None:
    """Return the workspace that the file lies in."""
    if looks_like_curl(given) or not Path(given).is_file():
        return None
    return workspace_for("", Path(given).resolve().parent)


def _service_of(request: Request, workspace: Workspace | None) -> Service | None:
    service = workspace.services.named(request.service) if workspace and request.service else None
    return service and stash_service(service, service.name, Scratch(as_plain(request, service)))


def _without_secrets(request: Request) -> Request:
    """Return the request as it may stand in a file; says where its secrets have to come from."""
    store = SecretStore()
    kept = stash(request, request.name or "request", store)
    for name in sorted(names_in(kept) & store.session.keys()):  # no keyring: the value ends with this program
        variable = environment_name(name)
        say(tr("The secret {name} is not in the file: set {variable}.", name=name, variable=variable))
    return kept
