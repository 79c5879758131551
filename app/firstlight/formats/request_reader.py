"""First Light YAML → Request.

Keys this version does not know end up in `Request.unknown`, shaped like the file: a new key of the request under its
own name, a new key of a group (`settings`, `body`, `auth`) under the group's name, a new key of a table row under the
table's name and (row name, how many rows of that name came before).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from firstlight.formats.error import FormatError
from firstlight.formats.yaml_fields import Fields
from firstlight.formats.yaml_nodes import Mapping, read_mapping
from firstlight.model.request import (
    BINARY_ENCODINGS,
    FROM_SERVICE,
    HTTP_VERSIONS,
    NO_AUTHORIZATION,
    PROTOCOLS,
    STREAMS,
    Authorization,
    Body,
    FormPart,
    Header,
    Message,
    Param,
    Request,
    RequestSettings,
)
from firstlight.model.service import Channel, Credential
from firstlight.model.urls import split_url
from firstlight.texts import Phrase

_DEFAULTS = RequestSettings()
Row = TypeVar("Row", Param, Header, FormPart, Message, Channel, Credential)


def parse_request(text: str) -> Request:
    """Read one request file.

    Raises:
        FormatError: the place and the reason.
    """
    return request_from(read_mapping(text))


def request_from(mapping: Mapping) -> Request:
    """Build the Request that `mapping` describes."""
    fields = Fields(mapping)
    if mapping.entries.keys().isdisjoint({"name", "method", "url"}):
        reason = Phrase("Not a request: there is no “name”, “method” or “url”.")
        raise FormatError(fields.line, fields.column, reason)
    unknown: dict[str, Any] = {}
    url, typed = split_url(fields.text("url"))
    service = fields.text("service")
    request = Request(
        name=fields.text("name"),
        protocol=fields.choice("protocol", PROTOCOLS, "http"),
        method=fields.text("method") or "GET",
        url=url,
        service=service,
        channel=fields.text("channel"),
        credential=fields.text("credential"),
        params=(*typed, *read_table(fields, "params", _param, unknown, typed)),
        path_variables=read_table(fields, "path_variables", _param, unknown),
        headers=read_table(fields, "headers", read_header, unknown),
        without=fields.texts("without"),
        authorization=read_authorization(fields, unknown, usual_authorization(service)),
        body=_body(fields.group("body"), unknown),
        messages=read_table(fields, "messages", _message, unknown),
        settings=_settings(fields.group("settings"), unknown),
        description=fields.text("description"),
        unknown=unknown,
    )
    unknown.update(fields.left())
    return request


def usual_authorization(service: str) -> str:
    """Return the kind of authorization that is meant where the file names none."""
    return FROM_SERVICE.kind if service else NO_AUTHORIZATION.kind


def read_authorization(fields: Fields, unknown: dict[str, Any], otherwise: str = "none") -> Authorization:
    """Take `auth`: its `kind`, and the method's own fields beside it. `otherwise` is the kind where none is given."""
    group = fields.group("auth")
    kind = group.text("kind") or otherwise
    authorization = Authorization(kind=kind, values=group.all_texts())
    _keep(unknown, "auth", group)
    return authorization


def _keep(unknown: dict[str, Any], key: str, group: Fields) -> None:
    if group.left():
        unknown[key] = group.left()


def read_table(
    fields: Fields, key: str, read: Callable[[Fields], Row], unknown: dict[str, Any], before: Sequence[Param] = ()
) -> tuple[Row, ...]:
    """Take the rows of one table; `before` are rows that come from elsewhere and stand in front."""
    seen = Counter(row.name for row in before)
    kept = {}
    rows = []
    for fields_of_row in fields.rows(key):
        row = read(fields_of_row)
        if fields_of_row.left():
            kept[row.name, seen[row.name]] = fields_of_row.left()
        seen[row.name] += 1
        rows.append(row)
    if kept:
        unknown[key] = kept
    return tuple(rows)


def _param(row: Fields) -> Param:
    return Param(
        name=row.text("name"),
        value=row.text("value"),
        enabled=row.flag("enabled", True),
        description=row.text("description"),
        bare=row.flag("bare", False),
    )


def read_header(row: Fields) -> Header:
    """Read one row of a table of headers."""
    return Header(
        name=row.text("name"),
        value=row.text("value"),
        enabled=row.flag("enabled", True),
        description=row.text("description"),
    )


def _part(row: Fields) -> FormPart:
    files = row.texts("files")
    return FormPart(
        name=row.text("name"),
        kind=row.text("kind") or ("file" if files else "text"),
        value=row.text("value"),
        files=files,
        file_names=row.texts("file_names"),
        content_type=row.text("content_type"),
        enabled=row.flag("enabled", True),
        description=row.text("description"),
    )


def _message(row: Fields) -> Message:
    return Message(
        name=row.text("name"),
        kind=row.text("kind") or "text",
        text=row.text("text"),
        encoding=row.choice("encoding", BINARY_ENCODINGS, "hex"),
        path=row.text("path"),
    )


def _body(group: Fields, unknown: dict[str, Any]) -> Body:
    inner: dict[str, Any] = {}
    body = Body(
        kind=group.text("kind") or "none",
        language=group.text("language") or "json",
        text=group.text("text"),
        parts=read_table(group, "parts", _part, inner),
        path=group.text("path"),
        pairs=read_table(group, "pairs", _param, inner),
        query=group.text("query"),
        variables=group.text("variables"),
        operation=group.text("operation"),
        new_meta_uuid=group.flag("new_meta_uuid", False),
    )
    inner.update(group.left())
    if inner:
        unknown["body"] = inner
    return body


def _settings(group: Fields, unknown: dict[str, Any]) -> RequestSettings:
    settings = RequestSettings(
        follow_redirects=group.flag("follow_redirects", _DEFAULTS.follow_redirects),
        cookies=group.flag("cookies", _DEFAULTS.cookies),
        verify_tls=group.flag("verify_tls", _DEFAULTS.verify_tls),
        http_version=group.choice("http_version", HTTP_VERSIONS, _DEFAULTS.http_version),
        connect_to=group.text("connect_to"),
        ca_file=group.text("ca_file"),
        connect_timeout_s=group.seconds("connect_timeout_s", _DEFAULTS.connect_timeout_s),
        tls_timeout_s=group.seconds("tls_timeout_s", _DEFAULTS.tls_timeout_s),
        send_timeout_s=group.seconds("send_timeout_s", _DEFAULTS.send_timeout_s),
        wait_timeout_s=group.seconds("wait_timeout_s", _DEFAULTS.wait_timeout_s),
        idle_timeout_s=group.seconds("idle_timeout_s", _DEFAULTS.idle_timeout_s),
        total_timeout_s=group.seconds("total_timeout_s", _DEFAULTS.total_timeout_s),
        stream=group.choice("stream", STREAMS, _DEFAULTS.stream),
        stream_text_path=group.text("stream_text_path"),
        gateway_timings=group.flag("gateway_timings", _DEFAULTS.gateway_timings),
        subprotocols=group.text("subprotocols"),
        compress_messages=group.flag("compress_messages", _DEFAULTS.compress_messages),
        largest_message_mb=group.megabytes("largest_message_mb", _DEFAULTS.largest_message_mb),
        ping_every_s=group.seconds("ping_every_s", _DEFAULTS.ping_every_s),
    )
    _keep(unknown, "settings", group)
    return settings
