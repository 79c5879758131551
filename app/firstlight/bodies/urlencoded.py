"""x-www-form-urlencoded: rows as a browser's `URLSearchParams` writes them (URL Standard, section 5.2)."""

from __future__ import annotations

from urllib.parse import quote_plus

from firstlight.bodies.kind import BodyKind, FileLookup
from firstlight.model.prepared import EncodedBody
from firstlight.model.request import Body
from firstlight.texts import N_


def _encode(body: Body, find_file: FileLookup) -> EncodedBody:
    rows = [row for row in body.pairs if row.enabled and (row.name or row.value)]
    data = "&".join(f"{_encoded(row.name)}={_encoded(row.value)}" for row in rows).encode("ascii")
    return EncodedBody(pieces=(data,) if data else (), content_type="application/x-www-form-urlencoded")


def _encoded(text: str) -> str:
    """Return `text` with a plus for each blank; only ASCII letters, digits and `*-._` stay as they are.

    Half a character becomes U+FFFD, as the standard has it. Line breaks stay what was typed.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return quote_plus(whole, safe="*").replace("~", "%7E")


KIND = BodyKind(kind="x-www-form-urlencoded", label=N_("x-www-form-urlencoded"), encode=_encode, fields=("pairs",))
