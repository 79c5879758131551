"""Connections that stay open between requests: httpx's transport on our own sockets."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Any, cast

from firstlight.model.client_certificate import ClientCertificate
from firstlight.model.wire_url import WireUrl
from firstlight.transport import http1, http2
from firstlight.transport.failures import connecting
from firstlight.transport.network import Network
from firstlight.transport.quiet_httpx import httpcore, httpx
from firstlight.transport.sockets import NoTls, SocketStream

_KEPT_OPEN_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What the connections of a pool have in common."""

    tls: str
    """plain, verified, unverified"""
    proxy: str = ""
    tunnel: bool = False
    """The proxy is asked for a tunnel although the connection is plain: what travels is no HTTP (RFC 6455 §4.1)."""
    http_version: str = "auto"
    connect_to: str = ""
    ca_file: str = ""
    client: ClientCertificate | None = None
    client_version: tuple[int, ...] = ()
    """Changes when its files do: what was read of older ones is not used again."""


class Pool(httpx.AsyncHTTPTransport):
    """Connections of one kind (see `Kind`), for one request at a time. Its one method is `handle_async_request`.

    One at a time, because several requests on one HTTP/2 connection would share its stamps and its failures.

    httpx's client above it is left out on purpose: it would keep cookies, refuse a redirect with an odd Location
    even when redirects are off, and normalise URLs.
    """

    def __init__(self, kind: Kind, context: ssl.SSLContext | None) -> None:
        http1.install(kind.proxy)
        if kind.http_version == "2":  # else once TLS has agreed on it
            http2.install()
        self.kind = kind
        # httpx offers no way to give it a network backend, so its constructor is replaced as a whole
        make = _TunnelPool if kind.tunnel else httpcore.AsyncConnectionPool
        self._pool = make(
            ssl_context=context,
            proxy=as_proxy(kind.proxy) if kind.proxy else None,
            max_connections=None,
            max_keepalive_connections=20,
            keepalive_expiry=_KEPT_OPEN_S,
            network_backend=Network(),
            http1=kind.http_version != "2",
            http2=kind.http_version != "1.1",
        )

    def is_connected_to(self, url: WireUrl) -> bool:
        """Tell whether a connection to the origin of `url` is open and free."""
        origin = httpcore.Origin(url.scheme.encode(), url.host.strip("[]").encode(), url.port)
        return any(made.can_handle_request(origin) and made.is_available() for made in self._pool.connections)

    async def close_connection(self, stream: SocketStream) -> None:
        """Close the connection over `stream`, which a cancelled request has left half-way.

        httpcore shields its own tidying from anyio's cancellation, but asyncio's reaches through: the connection
        would stay open, and count as busy, for as long as the pool lives.
        """
        for connection in self._pool.connections:
            if _stream_of(connection) is stream:
                await connection.aclose()


class _TunnelPool(httpcore.AsyncConnectionPool):
    """Asks its proxy for a tunnel, as httpcore does for https alone."""

    def create_connection(self, origin: httpcore.Origin) -> Any:
        from httpcore._async.http_proxy import AsyncTunnelHTTPConnection

        proxy: Any = self._proxy
        return AsyncTunnelHTTPConnection(
            proxy_origin=proxy.url.origin,
            remote_origin=origin,
            ssl_context=cast("ssl.SSLContext", NoTls()),
            proxy_headers=proxy.headers,
            keepalive_expiry=_KEPT_OPEN_S,
            network_backend=self._network_backend,
        )


def _stream_of(connection: Any) -> object:
    """Return the stream of a connection of httpcore's, which wraps one in another for proxies and protocols."""
    while inner := getattr(connection, "_connection", None):
        connection = inner
    return getattr(connection, "_network_stream", None)


def as_proxy(url: str) -> httpcore.Proxy:
    """Read the address of a proxy. Raises ExchangeError (layer `proxy`) when it cannot be one."""
    try:
        named = httpx.Proxy(url)
    except (ValueError, httpx.InvalidURL) as error:
        raise connecting.bad_proxy(url) from error
    origin = httpcore.URL(
        scheme=named.url.raw_scheme, host=named.url.raw_host, port=named.url.port, target=named.url.raw_path
    )
    return httpcore.Proxy(origin, auth=named.raw_auth, headers=named.headers.raw)
