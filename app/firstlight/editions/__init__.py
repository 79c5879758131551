"""EDITIONS: every way a service is addressed that First Light knows, in menu order. A new one is one line."""

from __future__ import annotations

from firstlight.editions import clouds, custom, eas, modelarts, modelarts_new, openai, pangu, pangu_edge, servers
from firstlight.editions.edition import Edition

__all__ = ["EDITIONS", "Edition", "edition"]

EDITIONS: tuple[Edition, ...] = (
    *modelarts.EDITIONS,
    *modelarts_new.EDITIONS,
    *pangu_edge.EDITIONS,
    *pangu.EDITIONS,
    *eas.EDITIONS,
    *servers.EDITIONS,
    *openai.EDITIONS,
    *clouds.EDITIONS,
    *custom.EDITIONS,
)


def edition(kind: str) -> Edition:
    """Return the edition of this kind; an unknown one is any other service."""
    return next((entry for entry in EDITIONS if entry.kind == kind), EDITIONS[-1])
