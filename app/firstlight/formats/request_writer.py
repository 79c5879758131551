"""Request → First Light YAML. `name` and `url` always, everything else only where it differs from empty.

`method` is left out of a WebSocket alone, whose handshake is a GET.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from firstlight.formats.request_reader import usual_authorization
from firstlight.formats.yaml_writer import BlockText, write_mapping
from firstlight.model.request import Authorization, Body, FormPart, Header, Message, Param, Request, RequestSettings

_GROUPS = frozenset({"params", "path_variables", "headers", "auth", "body", "messages", "settings"})


def dump_request(request: Request) -> str:
    """Return the text of the request's file."""
    unknown = request.unknown
    groups = {
        "service": request.service,
        "channel": request.channel,
        "credential": request.credential,
        "params": write_rows(request.params, _param, unknown.get("params")),
        "path_variables": write_rows(request.path_variables, _param, unknown.get("path_variables")),
        "headers": write_rows(request.headers, write_header, unknown.get("headers")),
        "without": list(request.without),
        "auth": write_authorization(request.authorization, unknown.get("auth"), usual_authorization(request.service)),
        "body": _body(request.body, unknown.get("body")),
        "messages": write_rows(request.messages, _message, unknown.get("messages")),
        "settings": {**_settings(request.settings), **unknown.get("settings", {})},
        "description": request.description,
    }
    return write_mapping(
        {
            "name": request.name,
            **_kind(request),
            "url": request.url,
            **{key: value for key, value in groups.items() if value},
            **{key: value for key, value in unknown.items() if key not in _GROUPS},
        }
    )


def _kind(request: Request) -> dict[str, str]:
    if request.protocol == "http":
        return {"method": request.method}
    return {"protocol": request.protocol} | ({"method": request.method} if request.method != "GET" else {})


def write_authorization(
    authorization: Authorization, unknown: Mapping[str, Any] | None, otherwise: str = "none"
) -> dict[str, Any]:
    """Return the `auth` group; empty where there is nothing but the kind that is meant when none is given."""
    values = {key: value for key, value in authorization.values.items() if key != "kind"}
    if authorization.kind == otherwise and not values and not unknown:
        return {}
    return {"kind": authorization.kind, **values, **(unknown or {})}


def write_rows(rows: Sequence[Any], write: Any, unknown: Mapping[Any, Any] | None) -> list[dict[str, Any]]:
    """Return the rows of a table, each with its name and what `write` says of it that is not empty."""
    seen: Counter[str] = Counter()
    written = []
    for row in rows:
        kept = (unknown or {}).get((row.name, seen[row.name]), {})
        seen[row.name] += 1
        known = {"name": row.name, **{k: v for k, v in write(row).items() if v not in ("", ())}}
        groups = {key: {**known[key], **more} for key, more in kept.items() if key in known}
        written.append({**known, **kept, **groups})
    return written


def _notes(row: Param | Header | FormPart) -> dict[str, Any]:
    return {"description": row.description} | ({} if row.enabled else {"enabled": False})


def _param(row: Param) -> dict[str, Any]:
    return {"value": row.value} | ({"bare": True} if row.bare else {}) | _notes(row)


def write_header(row: Header) -> dict[str, Any]:
    """Return what the file says of a header beside its name."""
    return {"value": row.value} | _notes(row)


def _part(row: FormPart) -> dict[str, Any]:
    implied = "file" if row.files else "text"
    named = {"kind": row.kind} if row.kind != implied else {}
    sent = {"value": row.value, "files": row.files, "file_names": row.file_names, "content_type": row.content_type}
    return named | sent | _notes(row)


def _message(message: Message) -> dict[str, Any]:
    encoding = "" if message.encoding == "hex" else message.encoding
    return {"kind": message.kind, "encoding": encoding, "text": BlockText(message.text), "path": message.path}


def _body(body: Body, unknown: Mapping[str, Any] | None) -> dict[str, Any]:
    if body == Body() and not unknown:
        return {}
    kept = dict(unknown or {})
    written = {
        "language": body.language if body.language != "json" else "",
        "text": BlockText(body.text),
        "parts": write_rows(body.parts, _part, kept.pop("parts", None)),
        "path": body.path,
        "pairs": write_rows(body.pairs, _param, kept.pop("pairs", None)),
        "query": BlockText(body.query),
        "variables": BlockText(body.variables),
        "operation": body.operation,
        "new_meta_uuid": body.new_meta_uuid,
    }
    return {"kind": body.kind, **{key: value for key, value in written.items() if value}, **kept}


def _settings(settings: RequestSettings) -> dict[str, Any]:
    default = RequestSettings()
    names = [field.name for field in fields(RequestSettings)]
    return {name: getattr(settings, name) for name in names if getattr(settings, name) != getattr(default, name)}
