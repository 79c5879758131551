"""Refuses an authorization whose form is not filled in, and says where to fill it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from firstlight.auth.method import Field
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


def require_fields(fields: Iterable[Field], names: Iterable[str], values: Mapping[str, str]) -> None:
    """Check that those of `fields` that are called `names` are filled in.

    Raises:
        ExchangeError: layer `variable`; names the first that is empty.
    """
    wanted = frozenset(names)
    for field in fields:
        if field.name in wanted:
            message = Phrase("Authorization: “{field}” is empty.", field=Phrase(field.label))
            require(values.get(field.name, "").strip(), message)
