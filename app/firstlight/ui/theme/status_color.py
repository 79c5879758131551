"""The colour of an HTTP status, the same over the response and in the Console."""

from __future__ import annotations

_CLASSES = {1: "info", 2: "ok", 3: "info", 4: "warn", 5: "error"}


def status_token(status: int) -> str:
    """Return the name of the token that a status is painted in; what HTTP does not know is an error."""
    return _CLASSES.get(status // 100, "error")
