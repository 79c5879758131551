"""Imports httpx without its command line, and keeps it from logging URLs.

`import httpx` also imports `httpx._main` with click, rich and pygments when they are installed: +170 ms.
A None in sys.modules makes that import fail at once, which httpx expects. httpx logs every URL at level INFO,
secrets in the query included, so its loggers start at WARNING.
"""

from __future__ import annotations

import logging
import sys

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None is how Python marks "not importable"

import httpcore  # noqa: E402 - after the line above, which is the point of this module
import httpx  # noqa: E402

for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

__all__ = ["httpcore", "httpx"]
