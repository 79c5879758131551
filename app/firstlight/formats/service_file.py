"""First Light YAML of a Service. Rows keep what this version does not know of them, as in request_reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from firstlight.formats.request_reader import read_authorization, read_header, read_table
from firstlight.formats.request_writer import write_authorization, write_header, write_rows
from firstlight.formats.yaml_fields import Fields
from firstlight.formats.yaml_nodes import read_mapping
from firstlight.formats.yaml_writer import write_mapping
from firstlight.model.service import Channel, Credential, Limits, Service

_GROUPS = frozenset({"channels", "credentials", "headers", "limits"})


def parse_service(text: str) -> Service:
    """Read a file of services/. Raises FormatError."""
    fields = Fields(read_mapping(text))
    unknown: dict[str, Any] = {}
    limits = fields.group("limits")
    service = Service(
        name=fields.text("name"),
        vendor=fields.text("vendor") or "other",
        description=fields.text("description"),
        channels=read_table(fields, "channels", _channel, unknown),
        credentials=read_table(fields, "credentials", _credential, unknown),
        headers=read_table(fields, "headers", read_header, unknown),
        limits=Limits(
            body_bytes=limits.number("body_bytes"),
            time_s=limits.seconds("time_s", None),
            one_file=limits.flag("one_file", False) if limits.has("one_file") else None,
        ),
        unknown=unknown,
    )
    if limits.left():
        unknown["limits"] = limits.left()
    unknown.update(fields.left())
    return service


def dump_service(service: Service) -> str:
    """Return the text of a service's file."""
    unknown = service.unknown
    groups = {
        "description": service.description,
        "channels": write_rows(service.channels, _written_channel, unknown.get("channels")),
        "credentials": write_rows(service.credentials, _written_credential, unknown.get("credentials")),
        "headers": write_rows(service.headers, write_header, unknown.get("headers")),
        "limits": {**_written_limits(service.limits), **unknown.get("limits", {})},
    }
    return write_mapping(
        {
            "name": service.name,
            "vendor": service.vendor,
            **{key: value for key, value in groups.items() if value},
            **{key: value for key, value in unknown.items() if key not in _GROUPS},
        }
    )


def _channel(row: Fields) -> Channel:
    return Channel(
        name=row.text("name"),
        kind=row.text("kind") or "public",
        url=row.text("url"),
        connect_to=row.text("connect_to"),
        verify_tls=row.flag("verify_tls", True),
        ca_file=row.text("ca_file"),
        credential=row.text("credential"),
        description=row.text("description"),
    )


def _written_channel(channel: Channel) -> dict[str, Any]:
    return {
        "kind": channel.kind,
        "url": channel.url,
        "connect_to": channel.connect_to,
        **({} if channel.verify_tls else {"verify_tls": False}),
        "ca_file": channel.ca_file,
        "credential": channel.credential,
        "description": channel.description,
    }


def _credential(row: Fields) -> Credential:
    strange: dict[str, Any] = {}
    credential = Credential(name=row.text("name"), authorization=read_authorization(row, strange))
    row.left().update(strange)
    return credential


def _written_credential(credential: Credential) -> dict[str, Any]:
    return {"auth": write_authorization(credential.authorization, None) or {"kind": credential.authorization.kind}}


def _written_limits(limits: Limits) -> Mapping[str, Any]:
    written = {"body_bytes": limits.body_bytes, "time_s": limits.time_s, "one_file": limits.one_file}
    return {key: value for key, value in written.items() if value is not None}
