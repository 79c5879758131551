"""The TLS handshake over an open connection, its failures named."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import AbstractContextManager, nullcontext
from time import perf_counter_ns

from firstlight.model.events import TlsEstablished
from firstlight.transport.certificates import read_chain
from firstlight.transport.failures import certificates, client_certificates, connecting
from firstlight.transport.listening import ListeningContext, chain_of
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
        with _listening(context):
            async with asyncio.timeout(limit_s):
                secured = await loop.start_tls(
                    transport, protocol, context, server_hostname=hostname, ssl_handshake_timeout=_NEVER_S
                )
    except TimeoutError as error:
        raise connecting.handshake_timeout(wire) from error
    except ssl.SSLCertVerificationError as error:
        shown = getattr(error, "chain", ())
        if shown:
            wire.refused(shown)
        chain = await asyncio.to_thread(read_chain, shown)
        raise certificates.refused(wire, hostname, error, chain) from error
    except (ssl.SSLError, OSError) as error:
        ours = client_certificates.named(wire, error, asked=getattr(error, "asked", False))
        raise ours or connecting.handshake_failed(wire, error) from error
    if secured is None:  # asyncio's way to say that the peer left in the same moment
        raise connecting.handshake_failed(wire, ConnectionResetError())
    return secured


def _listening(context: ssl.SSLContext) -> AbstractContextManager[None]:
    return context.listening() if isinstance(context, ListeningContext) else nullcontext()


def agreed(transport: asyncio.Transport, context: ssl.SSLContext, client_certificate: str = "") -> TlsEstablished:
    """Return what the handshake that is just over has agreed on."""
    tls: ssl.SSLObject = transport.get_extra_info("ssl_object")
    cipher = tls.cipher()
    verified = context.verify_mode == ssl.CERT_REQUIRED
    own = tls.getpeercert(binary_form=True)
    return TlsEstablished(
        at_ns=perf_counter_ns(),
        version=tls.version() or "",
        cipher=cipher[0] if cipher else "",
        protocol=tls.selected_alpn_protocol() or "",
        verified=verified,
        chain=chain_of(tls, verified=verified) or ((own,) if own else ()),
        client_certificate=client_certificate,
        client_certificate_asked=getattr(tls, "asked", False),
    )
