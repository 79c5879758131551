"""Over which Channel and with which Credential a Request of a Service goes. Pure; finds, joins, and splits again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from firstlight.model.changed import changed
from firstlight.model.protocols import http_url, is_websocket
from firstlight.model.request import FROM_SERVICE, Header, Request
from firstlight.model.service import NO_CREDENTIAL, Channel, Credential, Service, named

_FULL_URL = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.\-]*://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is picked for one sending, over what the Request says."""

    channel: str = ""
    """Name of a Channel; empty: as the Request says."""
    credential: str = ""
    """Name of a Credential, or NO_CREDENTIAL; empty: as the Request says."""


def chosen(request: Request, choice: Choice) -> Request:
    """Return `request` as it goes with `choice`. A Credential that is picked signs, whatever the request says."""
    if choice.channel:
        request = replace(request, channel=choice.channel)
    if choice.credential:
        request = replace(request, credential=choice.credential, authorization=FROM_SERVICE)
    return request


def channel_of(request: Request, service: Service) -> Channel | None:
    """Return the Channel the request names, or the first one; None: there is no such Channel."""
    if request.channel:
        return named(service.channels, request.channel)
    return service.channels[0] if service.channels else None


def credential_name(request: Request, channel: Channel) -> str:
    """Return the name of the Credential that counts on `channel`, or NO_CREDENTIAL."""
    return request.credential or channel.credential or NO_CREDENTIAL


def credential_of(request: Request, service: Service) -> Credential | None:
    """Return the Credential that signs; None: there is none, none was wanted, or the request signs by itself."""
    channel = channel_of(request, service)
    if channel is None or request.authorization.kind != FROM_SERVICE.kind:
        return None
    return named(service.credentials, credential_name(request, channel))


def default_headers(request: Request, rows: Iterable[Header]) -> tuple[Header, ...]:
    """Return those of a Service's header rows that nothing in the request stands against."""
    own = {row.name.strip().lower() for row in request.headers if row.enabled}
    own |= {name.strip().lower() for name in request.without}
    return tuple(row for row in rows if row.enabled and row.name.strip().lower() not in own)


def as_plain(request: Request, service: Service | None) -> Request:
    """Return the request without its Service: with the full URL, the headers and the credential written into it.

    What cannot be found is left out. References stay references.
    """
    if not request.service or service is None:
        return request
    channel, credential = channel_of(request, service), credential_of(request, service)
    signed = credential.authorization if credential else request.authorization
    return on_channel(
        replace(
            request,
            headers=(*default_headers(request, service.headers), *request.headers),
            authorization=signed,
        ),
        channel or Channel(name=""),
    )


def on_channel(request: Request, channel: Channel) -> Request:
    """Return the request with the address and the settings of `channel` in it, and of no Service any more.

    HTTP or WebSocket is the request's choice: an address that the vendor's console shows as wss is no other for it.
    """
    settings = request.settings
    address = channel.url if is_websocket(request) else http_url(channel.url)
    return replace(
        request,
        service="",
        channel="",
        credential="",
        url=joined(address, request.url),
        settings=changed(
            settings,
            verify_tls=settings.verify_tls and channel.verify_tls,
            connect_to=settings.connect_to.strip() or channel.connect_to,
            ca_file=settings.ca_file.strip() or channel.ca_file,
        ),
    )


def is_full_url(url: str) -> bool:
    """Tell whether `url` names its scheme: then it is no path of a Service."""
    return _FULL_URL.match(url) is not None


def joined(address: str, path: str) -> str:
    """Return `path` behind `address`. There is one slash at the seam; everything else stays as it is written.

    The query of an address comes behind the path.
    """
    made, _, query = address.strip().partition("#")[0].partition("?")
    path, hash_sign, fragment = path.strip().partition("#")
    made = f"{made.removesuffix('/')}/{path.removeprefix('/')}" if path and not path.startswith("?") else made + path
    if query:
        made += ("&" if "?" in made else "?") + query
    return made + hash_sign + fragment


def path_behind(address: str, url: str) -> str | None:
    """Return the path that `joined` makes `url` of; None: `url` does not begin with `address`, or goes on within it."""
    begin, question, _ = address.strip().partition("#")[0].partition("?")
    if question or not begin or not url.startswith(begin):
        return None
    path = url[len(begin) :]
    if begin.endswith("/"):
        return "/" + path if path else ""
    return path if not path or path[0] in "/?#" else None
