"""Fills in `{{name}}`, `{{secret:name}}` and `{{$dynamic}}` before anything is encoded or sent."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from firstlight.bodies import body_kind
from firstlight.bodies.messages import message_kind
from firstlight.model.changed import changed
from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.path_variables import filled_path, path_rows
from firstlight.model.protocols import is_websocket
from firstlight.model.request import Body, FormPart, Header, Message, Param, Request, RequestSettings
from firstlight.model.secrets import environment_name
from firstlight.model.urls import as_row
from firstlight.runner.places import (
    BODY,
    CA_FILE,
    CONNECT_TO,
    METHOD,
    SUBPROTOCOLS,
    URL,
    header_row,
    message_named,
    param_row,
    part_row,
    path_variable,
)
from firstlight.runner.route import filled_authorization, in_folder, on_service
from firstlight.texts import Phrase

if TYPE_CHECKING:
    from firstlight.runner.dynamic import Dynamic

REFERENCE = re.compile(r"""\{\{[ \t]*+([^{}"'\s,]++(?:[^\S\r\n]++[^{}"'\s,]++)*+)[ \t]*+\}\}""")
"""Group 1 is the name. Quotes, commas and line breaks are excluded: `{{"a": 1}}` in a body is no reference.

Possessive throughout, so that no text takes more than one pass."""

_R = TypeVar("_R", Param, Header)
_POINTER = "secret:"
_MOST_REPLACEMENTS = 100_000  # ten variables of ten references each would otherwise make 10^10


def resolve(request: Request, scope: Scope) -> tuple[Request, frozenset[str]]:
    """Return `request` with every reference filled in, and the secrets that were used. It needs no Service any more.

    Only what will be sent is looked at: unticked rows and the fields of other body kinds stay as they are.

    Raises:
        ExchangeError: layer `variable`; names the field and the variable that is missing or goes round in circles.
    """
    filler = _Filler(scope)
    path_variables = _path_variables(filler, request)
    filled = changed(
        request,
        method=filler.fill(request.method, METHOD),
        url=_url(filler, request.url, path_variables),
        params=tuple(_param(filler, row) for row in request.params),
        path_variables=path_variables,
        headers=tuple(_header(filler, row) for row in request.headers),
        authorization=filled_authorization(request.authorization, filler.fill),
        body=request.body if is_websocket(request) else _body(filler, request.body),
        settings=_settings(filler, request.settings, scope.folder),
    )
    if filled.service:  # last: what came out of a variable is not filled in a second time
        filled = on_service(filled, scope, filler.fill)
    return filled, frozenset(filler.secrets)


def resolve_message(message: Message, scope: Scope) -> tuple[Message, frozenset[str]]:
    """Return a WebSocket message with every reference filled in, and the secrets that were used.

    Raises:
        ExchangeError: layer `variable`.
    """
    filler, place = _Filler(scope), message_named(message.name)
    used = message_kind(message.kind).fields
    filled = replace(message, **{name: filler.fill(getattr(message, name), place) for name in used})
    return filled, frozenset(filler.secrets)


class _Filler:
    """Replaces references in one text after another and remembers which secrets it met."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._replacements = 0
        self.secrets: set[str] = set()

    def fill(self, text: str, place: Phrase) -> str:
        """Return `text` with its references replaced; `place` is for the error message."""
        return self._expand(text, place, ()) if "{{" in text else text

    def _expand(self, text: str, place: Phrase, trail: tuple[str, ...]) -> str:
        return REFERENCE.sub(lambda found: self._value(found[1], place, trail), text)

    def _value(self, name: str, place: Phrase, trail: tuple[str, ...]) -> str:
        self._replacements += 1
        if name in trail or self._replacements > _MOST_REPLACEMENTS:
            raise _circle(place, (*trail, name))
        if name.startswith(_POINTER):
            return self._secret(name.removeprefix(_POINTER).strip(), place)
        if name.startswith("$") and (dynamic := _dynamic(name)) is not None:
            return dynamic.make()
        variable = self._scope.variables.get(name)
        if variable is None:
            raise _missing(place, name, list(self._scope.variables))
        value = self._expand(variable.value, place, (*trail, name)) if "{{" in variable.value else variable.value
        if variable.secret and value:
            self.secrets.add(value)
        return value

    def _secret(self, name: str, place: Phrase) -> str:
        value = self._scope.secret(name)
        if value is None:
            raise failed(
                "variable",
                "unknown-secret",
                Phrase("{place}: there is no secret “{name}”.", place=place, name=name),
                Phrase(
                    "Type the value itself in this place and save the request, or set the environment variable {name}.",
                    name=environment_name(name),
                ),
            )
        self.secrets.add(value)
        return value


def _dynamic(name: str) -> Dynamic | None:
    from firstlight.runner.dynamic import BY_NAME  # with its words 0.5 MB: many a session needs none

    return BY_NAME.get(name)


def _missing(place: Phrase, name: str, known: list[str]) -> ExchangeError:
    from difflib import get_close_matches

    from firstlight.runner.dynamic import BY_NAME

    near = get_close_matches(name, [*known, *BY_NAME], n=1)
    hint = (
        Phrase("Did you mean {suggestion}?", suggestion=f"{{{{{near[0]}}}}}")
        if near
        else Phrase("Define it in the workspace, the collection or the environment; or correct the name.")
    )
    message = Phrase("{place}: the variable {name} has no value.", place=place, name=f"{{{{{name}}}}}")
    return failed("variable", "unknown-variable", message, hint)


def _circle(place: Phrase, trail: tuple[str, ...]) -> ExchangeError:
    shown = " → ".join(f"{{{{{name}}}}}" for name in trail[:10])
    return failed(
        "variable",
        "circular-variable",
        Phrase("{place}: these variables refer to each other: {trail}.", place=place, trail=shown),
        Phrase("Give one of them a plain value."),
    )


def _path_variables(filler: _Filler, request: Request) -> tuple[Param, ...]:
    """Fill in the rows that the URL names; one it names and nobody filled in is an error."""
    rows = []
    for row in path_rows(request.url, request.path_variables):
        place = path_variable(row.name)
        value = filler.fill(row.value, place)
        if not value:
            raise _empty_path_variable(place, row.name)
        rows.append(replace(row, value=value))
    return tuple(rows)


def _url(filler: _Filler, url: str, path_variables: tuple[Param, ...]) -> str:
    """Fill in the URL. A path variable is data: whatever it holds stays within its segment."""
    values = {row.name: row.value for row in path_variables}
    return filled_path(url, values.__getitem__, lambda text: filler.fill(text, URL))


def _empty_path_variable(place: Phrase, name: str) -> ExchangeError:
    return failed(
        "variable",
        "empty-path-variable",
        Phrase("{place}: the path variable :{name} has no value.", place=place, name=name),
        Phrase("Fill it in on the Params tab. For a colon that is part of the address write %3A in the URL."),
    )


def _param(filler: _Filler, row: Param) -> Param:
    return _row(filler, as_row(row), param_row(row.name)) if row.enabled else row


def _header(filler: _Filler, row: Header) -> Header:
    return _row(filler, row, header_row(row.name)) if row.enabled else row


def _row(filler: _Filler, row: _R, place: Phrase) -> _R:
    return changed(row, name=filler.fill(row.name, place), value=filler.fill(row.value, place))


def _settings(filler: _Filler, settings: RequestSettings, folder: str) -> RequestSettings:
    return changed(
        settings,
        connect_to=filler.fill(settings.connect_to, CONNECT_TO),
        ca_file=in_folder(filler.fill(settings.ca_file, CA_FILE), folder),
        subprotocols=filler.fill(settings.subprotocols, SUBPROTOCOLS),
    )


def _body(filler: _Filler, body: Body) -> Body:
    used = body_kind(body.kind).fields
    return changed(
        body,
        text=filler.fill(body.text, BODY) if "text" in used else body.text,
        path=filler.fill(body.path, BODY) if "path" in used else body.path,
        parts=tuple(_part(filler, part) for part in body.parts) if "parts" in used else body.parts,
        pairs=tuple(_pair(filler, row) for row in body.pairs) if "pairs" in used else body.pairs,
        query=filler.fill(body.query, BODY) if "query" in used else body.query,
        variables=filler.fill(body.variables, BODY) if "variables" in used else body.variables,
        operation=filler.fill(body.operation, BODY) if "operation" in used else body.operation,
    )


def _pair(filler: _Filler, row: Param) -> Param:
    return _row(filler, row, part_row(row.name)) if row.enabled else row


def _part(filler: _Filler, part: FormPart) -> FormPart:
    if not part.enabled:
        return part
    place = part_row(part.name)
    return changed(
        part,
        name=filler.fill(part.name, place),
        value=filler.fill(part.value, place),
        files=tuple(filler.fill(path, place) for path in part.files),
        file_names=tuple(filler.fill(name, place) for name in part.file_names),
        content_type=filler.fill(part.content_type, place),
    )
