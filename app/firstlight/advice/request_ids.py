"""The numbers by which vendors find a request again: what their support asks for first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

NAMES = (
    "X-Request-Id",
    "X-IAM-Trace-Id",
    "X-Apig-Request-Id",
    "X-Eas-Request-Id",
    "X-Eas-Queueservice-Request-Id",
    "X-Dashscope-Request-Id",
    "Request-Id",
    "X-Ms-Request-Id",
    "Apim-Request-Id",
    "X-Amzn-Requestid",
    "X-Correlation-Id",
    "X-Trace-Id",
    "Cf-Ray",
)
"""Response headers, the usual one first."""
_KNOWN = {name.lower(): place for place, name in enumerate(NAMES)}
_REGION = re.compile(r"[a-z]{2}-[a-z]+(?:-\d{1,3})?")


def request_ids(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return name and value of every header that holds such a number, the usual one first."""
    found = [(name, value.strip()) for name, value in headers if name.lower() in _KNOWN and value.strip()]
    return tuple(sorted(dict(found).items(), key=lambda pair: _KNOWN[pair[0].lower()]))


def region_of(url: str) -> str:
    """Return the region that a vendor's host names, such as `cn-north-4`; empty when it names none."""
    host = urlsplit(url).hostname or ""
    return next((label for label in host.split(".")[1:-1] if _REGION.fullmatch(label)), "")
