"""Changes frozen dataclasses where there is something to change. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_D = TypeVar("_D", bound="DataclassInstance")


def changed(value: _D, /, **fields: Any) -> _D:
    """Return `value` with these fields, or `value` itself when it has them already.

    A copy takes 5 µs, and a request on its way to the wire would need a dozen of them in which nothing is new.
    """
    for name, new in fields.items():
        old = getattr(value, name)
        if old is not new and old != new:
            return replace(value, **fields)
    return value
