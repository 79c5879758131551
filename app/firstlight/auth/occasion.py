"""What a signature takes from the moment of sending. The runner gives it, so that the methods stay pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

UNKNOWN_HASH = "…"
"""What stands for the hash of a body that nobody has read yet: in previews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One moment and one body."""

    at: datetime
    """Now, in UTC."""
    hash_body: Callable[[str], str]
    """Algorithm (`sha256`, `md5`) → hex digest of the body as sent. Reads files: asked only where it is needed."""
