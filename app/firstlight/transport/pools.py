"""Lends connections: a pool for each request, kept for the next one that goes the same way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from firstlight.model.client_certificate import ClientCertificate, certificate_for
from firstlight.model.network import NetworkSettings
from firstlight.model.request import RequestSettings
from firstlight.model.wire_url import WireUrl
from firstlight.transport import tls
from firstlight.transport.client_certificates import version
from firstlight.transport.pool import Kind, Pool
from firstlight.transport.proxies import Proxies

_MOST_IDLE = 16


class Pools:
    """The pools of one transport, as long as the settings of the network stay the same."""

    def __init__(self, network: NetworkSettings) -> None:
        self._network = network
        self._proxies = Proxies(network)
        self._idle: list[Pool] = []
        self._lent: set[Pool] = set()
        self._closed = False

    @asynccontextmanager
    async def lend(self, url: WireUrl, settings: RequestSettings, *, tunnel: bool = False) -> AsyncIterator[Pool]:
        """Give a pool whose connections suit `url`; nobody else has it meanwhile.

        `tunnel`: a proxy is to pass the bytes on as they are, also those of http.
        """
        pool = await self._take(await self._kind(url, settings, tunnel=tunnel), url)
        self._lent.add(pool)
        try:
            yield pool
        finally:
            self._lent.discard(pool)
            self._idle.append(pool)
            if self._closed or len(self._idle) > _MOST_IDLE:
                await self._idle.pop(0).aclose()

    async def aclose(self) -> None:
        """Close every connection; those in use once they come back."""
        self._closed = True
        pools, self._idle = self._idle, []
        for pool in pools:
            await pool.aclose()

    async def abort(self) -> None:
        """Close every connection, those in use included."""
        await self.aclose()
        for pool in tuple(self._lent):
            await pool.aclose()

    async def _kind(self, url: WireUrl, settings: RequestSettings, *, tunnel: bool) -> Kind:
        plain = url.scheme == "http"
        client = None if plain else certificate_for(self._network.client_certificates, url.host, url.port)
        proxy = self._proxies.proxy_for(url)
        return Kind(
            tls="plain" if plain else "verified" if settings.verify_tls else "unverified",
            proxy=proxy,
            tunnel=tunnel and plain and proxy.startswith("http"),
            http_version=settings.http_version,
            connect_to=settings.connect_to.strip(),
            ca_file=settings.ca_file or self._network.ca_file,
            client=client,
            client_version=await _version(client),
        )

    async def _take(self, kind: Kind, url: WireUrl) -> Pool:
        await asyncio.sleep(
            0
        )  # a server that has just closed is heard before its connection is used: nothing is repeated
        fitting = [pool for pool in self._idle if pool.kind == kind]
        connected = next((pool for pool in fitting if pool.is_connected_to(url)), None)
        if pool := connected or (fitting[-1] if fitting else None):
            self._idle.remove(pool)
            return pool
        if kind.tls == "plain":
            return Pool(kind, None)
        make = partial(tls.context, verify=kind.tls == "verified", ca_file=kind.ca_file, client=kind.client)
        return Pool(kind, await asyncio.to_thread(make))


async def _version(client: ClientCertificate | None) -> tuple[int, ...]:
    if client is None:
        return ()
    return await asyncio.to_thread(version, client)  # the files may lie on a slow drive
