"""What Huawei's gateways sign of a request (VENDORS §2.1): path, query and headers in the one form both sides agree on.

Built from the URL and the headers as they travel, never from what was typed. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote_from_bytes, unquote_to_bytes

_NEVER_SIGNED = ("authorization", "connection", "upgrade", "content-length", "transfer-encoding")
"""Set or changed by whatever carries the request, or the signature itself."""

_DEFAULT_PORT = re.compile(r":(?:80|443)$")
"""Not signed, whether it is sent or not."""


def canonical_uri(path: str) -> str:
    """Decode, encode segment by segment, end with a slash. `%2F` so becomes a separator, as in the SDK."""
    segments = unquote_to_bytes(path).split(b"/")
    encoded = "/".join(_encoded(segment) for segment in segments)
    return encoded if encoded.endswith("/") else f"{encoded}/"


def canonical_query(query: str) -> str:
    """Sort by the decoded name, then by the decoded value; a plus sign is a plus sign, a bare name gets its `=`.

    UTF-8 keeps the order of code points, so bytes are sorted.
    """
    pairs = sorted(_decoded(piece) for piece in query.split("&") if piece)
    return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in pairs)


def canonical_headers(headers: Iterable[tuple[str, str]]) -> str:
    """Return the block of header lines of names in lower case, each ended by a line feed."""
    return "".join(f"{name}:{value}\n" for name, value in headers)


def signable(
    headers: Iterable[tuple[str, str]], authority: str, *, only: frozenset[str] | None, underscores: bool = False
) -> tuple[tuple[str, str], ...]:
    """Return the headers to sign, names in lower case and sorted; those of the WebSocket handshake never.

    `only`: no others than these. `underscores`: names with an underscore as well; the SDK leaves them out.
    """
    found: dict[str, list[str]] = {}
    for name, value in headers:
        key = name.lower()
        usable = not key.startswith("sec-") and key not in _NEVER_SIGNED and (underscores or "_" not in key)
        if usable and (only is None or key in only):
            found.setdefault(key, []).append(value.strip())
    found["host"] = [_DEFAULT_PORT.sub("", found.get("host", [authority])[0])]
    return tuple((name, ",".join(found[name])) for name in sorted(found))


def signed_names(headers: Iterable[tuple[str, str]]) -> str:
    """Return the names as they stand in `SignedHeaders`."""
    return ";".join(name for name, _ in headers)


def canonical_request(method: str, target: str, headers: tuple[tuple[str, str], ...], payload: str) -> str:
    """Return the canonical request; `target` is path and query as in the request line."""
    path, _, query = target.partition("?")
    return "\n".join(
        (
            method.upper(),
            canonical_uri(path),
            canonical_query(query),
            canonical_headers(headers),
            signed_names(headers),
            payload,
        )
    )


def _decoded(piece: str) -> tuple[bytes, bytes]:
    name, _, value = piece.partition("=")
    return unquote_to_bytes(name), unquote_to_bytes(value)


def _encoded(text: bytes) -> str:
    return quote_from_bytes(text, safe="~")
