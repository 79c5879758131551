"""The header lines of an HTTP message as they travel: Host and the length are added to what was prepared. Pure."""

from __future__ import annotations

from firstlight.model.prepared import PreparedRequest

HOST = "host"
COOKIE = "cookie"
CONTENT_LENGTH = "content-length"
TRANSFER_ENCODING = "transfer-encoding"
_COUNTED_METHODS = frozenset({"POST", "PUT", "PATCH"})
"""Methods whose empty body is announced, because servers wait for one (RFC 9110 §8.6)."""


def framed(request: PreparedRequest, authority: str) -> tuple[tuple[str, str], ...]:
    """Return the header lines in the order of the wire: Host first, the length last, where the user set neither."""
    names = {name.lower() for name, _ in request.headers}
    host = () if HOST in names else (("Host", authority),)
    own_framing = names & {CONTENT_LENGTH, TRANSFER_ENCODING}
    return (*host, *request.headers, *(() if own_framing else length(request)))


def length(request: PreparedRequest) -> tuple[tuple[str, str], ...]:
    """Return the line that tells a server where the body ends; none where nothing is to be told."""
    size = request.body.size_bytes
    if request.counted:
        return (("Content-Length", str(size)),) if size or request.method in _COUNTED_METHODS else ()
    return (("Transfer-Encoding", "chunked"),) if size else ()
