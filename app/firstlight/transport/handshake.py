"""The TLS handshake over an open connection, its failures named."""

from __future__ import annotations

import asyncio
import ssl

from firstlight.transport.failures import connecting
from firstlight.transport.wire import current_wire

_NEVER_S = 24 * 3600.0  # asyncio insists on a limit of its own; ours is the connect timeout


async def secure(
    transport: asyncio.Transport,
    protocol: asyncio.Protocol,
    context: ssl.SSLContext,
    hostname: str,
    limit_s: float | None,
) -> asyncio.Transport:
    """Return the transport that encrypts.

    Raises:
        ExchangeError: layer `tls`; says what is wrong with the certificate or that the peer does not speak TLS.
    """
    wire = current_wire.get()
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(limit_s):
            secured = await loop.start_tls(
                transport, protocol, context, server_hostname=hostname, ssl_handshake_timeout=_NEVER_S
            )
    except TimeoutError as error:
        raise connecting.handshake_timeout(wire, limit_s) from error
    except (ssl.SSLError, OSError) as error:
        raise connecting.handshake_failed(wire, error) from error
    if secured is None:  # asyncio's way to say that the peer left in the same moment
        raise connecting.handshake_failed(wire, ConnectionResetError())
    return secured
