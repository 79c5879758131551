"""Refuses an authorization whose form is not filled in, and says where to fill it in."""

from __future__ import annotations

from firstlight.model.failure import failed
from firstlight.texts import Phrase


def require(value: str, message: Phrase, hint: Phrase | None = None) -> str:
    """Return `value`.

    Raises:
        ExchangeError: layer `variable`, when it is empty.
    """
    if not value:
        raise failed(
            "variable",
            "empty-credential",
            message,
            hint or Phrase("Fill it in on the Authorization tab, or choose “No auth”."),
        )
    return value
