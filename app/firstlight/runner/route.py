"""Puts a Request onto its Service's Channel: address, default headers, TLS settings, Credential."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from firstlight.auth import AuthMethod, method
from firstlight.model.changed import changed
from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.request import FROM_SERVICE, NO_AUTHORIZATION, Authorization, Header, Request
from firstlight.model.route import channel_of, credential_name, default_headers, is_full_url, on_channel
from firstlight.model.service import NO_CREDENTIAL, Channel, Credential, Service, named
from firstlight.runner.places import (
    ADDRESS,
    CHANNEL_CA_FILE,
    CHANNEL_CONNECT_TO,
    authorization_field,
    header_row,
    of_channel,
    of_credential,
    of_service,
)
from firstlight.texts import Phrase

Fill: TypeAlias = Callable[[str, Phrase], str]
"""Fills the references of a text in; the Phrase names the place."""


def on_service(request: Request, scope: Scope, fill: Fill) -> Request:
    """Return `request`, whose own fields are filled in, as one that needs no Service any more.

    Raises:
        ExchangeError: layer `variable` or `protocol`; names the Service and what is wrong in it.
    """
    service = scope.service
    if service is None:
        raise _unknown_service(request.service)
    channel = _channel(request, service)
    credential = _credential(request, service, channel)
    filled = changed(
        channel,
        url=_address(request, service, channel, fill),
        connect_to=fill(channel.connect_to, of_channel(service, channel, CHANNEL_CONNECT_TO)),
        ca_file=in_folder(fill(channel.ca_file, of_channel(service, channel, CHANNEL_CA_FILE)), scope.folder),
    )
    rows = (_header(service, row, fill) for row in default_headers(request, service.headers))
    return on_channel(
        replace(
            request,
            headers=(*rows, *request.headers),
            authorization=_filled(credential, service, fill) if credential else _own(request),
        ),
        filled,
    )


def filled_authorization(
    authorization: Authorization, fill: Fill, place: Callable[[AuthMethod, str], Phrase] = authorization_field
) -> Authorization:
    """Return `authorization` with the fields that its method has filled in."""
    chosen = method(authorization.kind)
    if not any("{{" in value for value in authorization.values.values()):
        return authorization
    names = {field.name for field in chosen.fields_for(authorization.values)}
    values = {
        name: fill(value, place(chosen, name)) if name in names else value
        for name, value in authorization.values.items()
    }
    return replace(authorization, values=values)


def in_folder(path: str, folder: str) -> str:
    """Return a file's place; a relative path starts at `folder`, an empty one stays empty."""
    return str(Path(folder, os.path.expanduser(path.strip()))) if path.strip() else ""


def _address(request: Request, service: Service, channel: Channel, fill: Fill) -> str:
    if is_full_url(request.url):
        raise failed(
            "protocol",
            "full-url-of-service",
            Phrase("The request belongs to the service “{service}”, yet its URL names a host.", service=service.name),
            Phrase("Leave only the path in the URL, or take the request out of the service in the request bar."),
        )
    address = fill(channel.url, of_channel(service, channel, ADDRESS)).strip()
    if not address:
        raise failed(
            "variable",
            "empty-address",
            Phrase("{place} is empty.", place=of_channel(service, channel, ADDRESS)),
            Phrase("Open the service in the sidebar and fill it in."),
        )
    return address


def _header(service: Service, row: Header, fill: Fill) -> Header:
    place = of_service(service, header_row(row.name))
    return changed(row, name=fill(row.name, place), value=fill(row.value, place))


def _own(request: Request) -> Authorization:
    """Return the request's authorization where no Credential signs."""
    return NO_AUTHORIZATION if request.authorization.kind == FROM_SERVICE.kind else request.authorization


def _credential(request: Request, service: Service, channel: Channel) -> Credential | None:
    """Return the Credential that signs; None: none is wanted, or the request says how to sign by itself."""
    name = credential_name(request, channel)
    if request.authorization.kind != FROM_SERVICE.kind or name == NO_CREDENTIAL:
        return None
    credential = named(service.credentials, name)
    if credential is None:
        raise _unknown(
            "unknown-credential",
            Phrase("The service “{service}” has no credential “{name}”.", service=service.name, name=name),
            [*(entry.name for entry in service.credentials), NO_CREDENTIAL],
        )
    return credential


def _filled(credential: Credential, service: Service, fill: Fill) -> Authorization:
    def place(kind: AuthMethod, field: str) -> Phrase:
        return of_credential(service, credential, authorization_field(kind, field))

    return filled_authorization(credential.authorization, fill, place)


def _channel(request: Request, service: Service) -> Channel:
    channel = channel_of(request, service)
    if channel is not None:
        return channel
    if not service.channels:
        raise failed(
            "variable",
            "no-channel",
            Phrase("The service “{service}” has no channel yet.", service=service.name),
            Phrase("Open it in the sidebar and add the address it is reached at."),
        )
    raise _unknown(
        "unknown-channel",
        Phrase("The service “{service}” has no channel “{name}”.", service=service.name, name=request.channel),
        [entry.name for entry in service.channels],
    )


def _unknown(kind: str, message: Phrase, known: Iterable[str]) -> ExchangeError:
    names = ", ".join(f"“{name}”" for name in known)
    return failed("variable", kind, message, Phrase("There is {names}.", names=names))


def _unknown_service(name: str) -> ExchangeError:
    return failed(
        "variable",
        "unknown-service",
        Phrase("There is no service “{name}” in this workspace.", name=name),
        Phrase("Choose another one in the request bar, or give the request a full URL."),
    )
