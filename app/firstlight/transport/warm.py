"""Prepares the network stack before the first request needs it."""

from __future__ import annotations

from importlib import import_module

_MODULES = (
    "ssl",
    "http.cookiejar",
    "urllib.request",
    "h11",
    "firstlight.transport.quiet_httpx",
    "firstlight.transport.http",
    "firstlight.transport.pools",
    "firstlight.transport.cookies",
    "firstlight.transport.redirects",
    "firstlight.transport.digest",
    "firstlight.transport.hop",
    "firstlight.transport.journey",
    "firstlight.advice.vendors",
    "firstlight.advice.guards",
)
"""In small steps: while one module is executed, another thread that wants to paint waits for it."""


def warm_up_websocket() -> None:
    """Import what a WebSocket needs on top of that. Meant for a thread, before anything is timed."""
    import_module("firstlight.transport.upgrade")
    import_module("firstlight.transport.websocket")
    import_module("firstlight.inference.dialogue")


def warm_up() -> None:
    """Import what a request needs of the network. Meant for a thread.

    OpenSSL is not started and the trusted authorities are not loaded here (20 ms, 2 MB): the first https request does
    that, in a thread of its own, and many a session only speaks plain http on a private network.
    """
    for name in _MODULES:
        import_module(name)
