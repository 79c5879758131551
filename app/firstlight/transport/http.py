"""The way to the network: how it is set, which connections are kept, the total time limit of a request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from firstlight.model.conversation import Orders
from firstlight.model.exchange import Emit
from firstlight.model.network import NetworkSettings
from firstlight.model.prepared import PreparedRequest
from firstlight.transport.heartbeat import Heartbeat

if TYPE_CHECKING:
    from firstlight.transport.journey import Journey
    from firstlight.transport.pools import Pools


class HttpTransport:
    """Sends prepared requests (model.exchange.Transport). One per event loop.

    Creating it costs nothing: the network stack is imported with the first request, or before by `warm_up()`.
    """

    def __init__(self, network: NetworkSettings | None = None) -> None:
        self.network = network or NetworkSettings()
        self._pools: Pools | None = None
        self._outdated: list[Pools] = []
        self._secrets: frozenset[str] | None = None
        self.heartbeat = Heartbeat()

    def use(self, network: NetworkSettings) -> None:
        """Reach the network in another way from the next request on; what is under way ends as it began."""
        self.network, self._secrets = network, None
        if self._pools is not None:
            self._outdated.append(self._pools)
            self._pools = None

    @property
    def secrets(self) -> frozenset[str]:
        """The passwords of proxies and the passphrases of keys; see Transport."""
        if self._secrets is None:
            from firstlight.transport.proxies import passwords

            keys = {client.passphrase for client in self.network.client_certificates if client.passphrase}
            self._secrets = passwords(self.network) | keys
        return self._secrets

    async def send(self, request: PreparedRequest, emit: Emit) -> None:
        """Send `request`, following redirects if its settings say so; see Transport."""
        from firstlight.transport.journey import Journey

        await self._travel(Journey(self, emit), request)

    async def converse(self, request: PreparedRequest, emit: Emit, orders: Orders) -> None:
        """Open a WebSocket and do what `orders` say until it is closed; see Transport."""
        from firstlight.transport.journey import Journey
        from firstlight.transport.upgrade import asking

        await self._travel(Journey(self, emit, orders), asking(request))

    async def _travel(self, journey: Journey, request: PreparedRequest) -> None:
        limit_s = request.settings.total_timeout_s
        self.heartbeat.start()
        try:
            async with asyncio.timeout(limit_s) as timeout:
                await journey.run(request)
        except TimeoutError as error:
            if not timeout.expired():
                raise
            from firstlight.transport.failures import limits

            raise limits.total_timeout(journey.phase, limit_s) from error
        finally:
            self.heartbeat.stop()

    async def aclose(self) -> None:
        """Close every connection."""
        pools = [*self._outdated, *([self._pools] if self._pools else [])]
        self._pools, self._outdated = None, []
        for kept in pools:
            await kept.abort()

    async def pools(self) -> Pools:
        """Return where connections are lent as the network is set now."""
        from firstlight.transport.pools import Pools

        outdated, self._outdated = self._outdated, []
        for old in outdated:
            await old.aclose()
        self._pools = self._pools or Pools(self.network)
        return self._pools
