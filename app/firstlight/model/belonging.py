"""A request joins a Service and leaves it again: full URL ↔ path, own credential ↔ the Service's. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from firstlight.model.protocols import WEBSOCKET, has_websocket_url, http_url
from firstlight.model.request import FROM_SERVICE, INHERIT, NO_AUTHORIZATION, Authorization, Request, RequestSettings
from firstlight.model.route import as_plain, credential_of, path_behind
from firstlight.model.service import Channel, Service

_HEAD = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.\-]*://[^/?#]*|\{\{[^{}]*\}\})")
"""Scheme and authority of a full URL, or the variable that holds them."""


def joining(request: Request, service: Service, filled: Callable[[str], str] = str) -> Request:
    """Return a request with a full URL as one of `service`.

    Where its URL begins with a Channel's address that Channel is kept, and what the request says as the Service does is
    left to the Service. `filled` fills variables in, so that an address is recognised however it is written.
    """
    if has_websocket_url(request.url):
        request = replace(request, url=http_url(request.url), protocol=WEBSOCKET)
    found = max(_matches(request.url, service, filled), key=lambda match: len(match[0].url), default=None)
    channel, path = found or (None, _without_head(request.url))
    kept = service.channels[0] if service.channels else None
    rows = {(row.name.strip().lower(), row.value) for row in service.headers if row.enabled}
    joined = replace(
        request,
        url=path,
        service=service.name,
        channel=channel.name if channel and channel is not kept else "",
        headers=tuple(row for row in request.headers if (row.name.strip().lower(), row.value) not in rows),
        settings=_settings(request.settings, channel) if channel else request.settings,
    )
    return _signed(joined, request.authorization, service)


def leaving(request: Request, service: Service | None) -> Request:
    """Return a request of `service` as one with a full URL, and all it needs to be answered as before."""
    plain = replace(as_plain(request, service), service="", channel="", credential="")
    return replace(plain, authorization=NO_AUTHORIZATION) if plain.authorization.kind == FROM_SERVICE.kind else plain


def belongs(url: str, service: Service, filled: Callable[[str], str] = str) -> bool:
    """Tell whether `url` begins with the address of one of the Service's Channels."""
    return any(True for _ in _matches(http_url(url), service, filled))


def _matches(url: str, service: Service, filled: Callable[[str], str]) -> Iterator[tuple[Channel, str]]:
    head = _HEAD.match(url)
    known = filled(head[0]) + url[head.end() :] if head else url
    for channel in service.channels:
        path = path_behind(http_url(channel.url), url)
        if path is None:
            path = path_behind(http_url(filled(channel.url)), http_url(known))
        if path is not None:
            yield channel, path


def _without_head(url: str) -> str:
    head = _HEAD.match(url)
    return url[head.end() :] if head else url


def _settings(settings: RequestSettings, channel: Channel) -> RequestSettings:
    usual = RequestSettings()
    return replace(
        settings,
        verify_tls=settings.verify_tls or not channel.verify_tls,
        connect_to=usual.connect_to if settings.connect_to == channel.connect_to else settings.connect_to,
        ca_file=usual.ca_file if settings.ca_file == channel.ca_file else settings.ca_file,
    )


def _signed(request: Request, own: Authorization, service: Service) -> Request:
    """Return the request signed by the Service, unless it signs in a way that the Service does not know."""
    from_service = replace(request, authorization=FROM_SERVICE)
    if own.kind in (NO_AUTHORIZATION.kind, INHERIT.kind):
        return from_service
    same = [entry for entry in service.credentials if entry.authorization == own]
    if not same:
        return request
    usual = credential_of(from_service, service)
    return from_service if usual in same else replace(from_service, credential=same[0].name)
