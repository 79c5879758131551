"""The kinds of body, in the order of the Body tab. A new one is one file and one line here."""

from __future__ import annotations

from firstlight.bodies import binary, graphql, multipart, none, raw, urlencoded
from firstlight.bodies.kind import BodyKind, FileLookup
from firstlight.bodies.raw import RAW_LANGUAGES
from firstlight.model.failure import failed
from firstlight.texts import Phrase

__all__ = ["BODIES", "RAW_LANGUAGES", "BodyKind", "FileLookup", "body_kind"]

BODIES: tuple[BodyKind, ...] = (
    none.KIND,
    multipart.KIND,
    urlencoded.KIND,
    raw.KIND,
    binary.KIND,
    graphql.KIND,
)
_BY_KIND = {entry.kind: entry for entry in BODIES}


def body_kind(kind: str) -> BodyKind:
    """Return the body kind with this word.

    Raises:
        ExchangeError: layer `variable`, when this version knows no such kind.
    """
    if found := _BY_KIND.get(kind):
        return found
    raise failed(
        "variable",
        "unknown-body",
        Phrase("There is no body kind “{kind}”.", kind=kind),
        Phrase("Choose one on the Body tab; the file may come from a newer version."),
    )
