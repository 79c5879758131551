"""Header names and values that are suggested while typing: the common ones and those of the vendors."""

from __future__ import annotations

NAMES = (
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Cache-Control",
    "Content-Encoding",
    "Content-Language",
    "Content-Type",
    "Cookie",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "Origin",
    "Prefer",
    "Range",
    "Referer",
    "User-Agent",
    "X-Apig-AppCode",
    "X-Auth-Token",
    "X-API-Key",
    "X-Forwarded-For",
    "X-Project-Id",
    "X-Request-Id",
    "X-Sdk-Date",
    "X-Security-Token",
)
_MEDIA_TYPES = (
    "application/json",
    "application/json; charset=utf-8",
    "application/octet-stream",
    "application/xml",
    "image/jpeg",
    "image/png",
    "text/event-stream",
    "text/html",
    "text/plain",
)
_VALUES = {
    "accept": ("*/*", *_MEDIA_TYPES),
    "accept-encoding": ("gzip, deflate, br", "gzip", "identity"),
    "cache-control": ("no-cache", "no-store"),
    "content-type": _MEDIA_TYPES,
}


def values_for(name: str) -> tuple[str, ...]:
    """Return usual values of a header, or nothing."""
    return _VALUES.get(name.strip().lower(), ())
