"""Imports httpx without what is not used of it, and keeps it from logging URLs.

`import httpx` also imports `httpx._main` with click, rich and pygments when they are installed: +170 ms. With it
and httpcore come HTTP/2, SOCKS, brotli, zstandard and anyio: 4 MB in every window. HTTP/2 and SOCKS are imported by
httpcore itself when a connection needs them, the decoders by transport.decoding; transport.asyncio_locks does what
httpcore wants of anyio. A None in sys.modules makes an import fail at once, which both expect. What they insist on
and seldom use, they get as a stand-in: idna is 1 MB of tables for hosts that are not ASCII, certifi is for contexts
that others make. httpx logs every URL at level INFO, secrets in the query included, so its loggers start at WARNING.
"""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_LATER = ("h2", "socksio", "brotli", "brotlicffi", "zstandard", "anyio")
_WHEN_ASKED = ("idna", "certifi")


class _StandIn(ModuleType):
    """Imports the module of its name when something of it is asked for."""

    def __getattr__(self, wanted: str) -> Any:
        if wanted.startswith("__"):  # who looks at every module that is imported (PySide6 does) does not mean it
            raise AttributeError(wanted)
        return getattr(import_module(self.__name__), wanted)


_absent = [name for name in (*_LATER, *_WHEN_ASKED) if name not in sys.modules]
for _name in ("httpx._main", *_absent):
    _stands_in: Any = _StandIn(_name) if _name in _WHEN_ASKED else None  # None is how Python marks "not importable"
    sys.modules.setdefault(_name, _stands_in)

import httpcore  # noqa: E402 - after the lines above, which are the point of this module
import httpx  # noqa: E402

from firstlight.transport import asyncio_locks  # noqa: E402

for _name in _absent:
    del sys.modules[_name]
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

asyncio_locks.install()

__all__ = ["httpcore", "httpx"]
