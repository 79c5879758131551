"""Prepares the network stack before the first request needs it."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from firstlight.model.failure import ExchangeError

_MODULES = (
    "ssl",
    "http.cookiejar",
    "urllib.request",
    "anyio",
    "anyio._backends._asyncio",
    "anyio.streams.tls",
    "h11",
    "firstlight.transport.quiet_httpx",
    "firstlight.transport.http",
    "firstlight.transport.proxies",
    "firstlight.transport.redirects",
    "firstlight.transport.hop",
    "firstlight.inference.stream",
)
"""In small steps: while one module is executed, another thread that wants to paint waits for it."""


def warm_up() -> None:
    """Import everything that a request needs and load the trusted authorities. Meant for a thread."""
    for name in _MODULES:
        import_module(name)
    from firstlight.transport import tls

    tls.context(verify=False)
    with suppress(ExchangeError):  # SSL_CERT_FILE names nothing: each https request will say so, http needs it not
        tls.context(verify=True)
