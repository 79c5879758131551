"""Variables that make their value when they are used, named as in Postman. Each use makes a new one."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime


def _iso_timestamp() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


DYNAMIC: tuple[tuple[str, Callable[[], str]], ...] = (
    ("$guid", lambda: str(uuid.uuid4())),
    ("$timestamp", lambda: str(int(time.time()))),
    ("$isoTimestamp", _iso_timestamp),
    ("$randomInt", lambda: str(random.randint(0, 1000))),
)
"""(name, maker); what `{{name}}` becomes."""
