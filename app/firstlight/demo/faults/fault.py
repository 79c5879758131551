"""The shape of a fault: a path under /faults and what answers there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

Answer: TypeAlias = Callable[[Request], Awaitable[Response]]

ANY_METHOD = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to go wrong; every method gets the same answer."""

    path: str
    """After /faults."""
    summary: str
    answer: Answer
