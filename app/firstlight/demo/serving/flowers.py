"""Classifies rows of numbers with the iris model, for servers that speak in tensors. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from firstlight.demo.iris.service import FEATURES, model

MODEL = "iris"
WIDTH = len(FEATURES)
LABELS = ("setosa", "versicolor", "virginica")
"""In the order of the model's outputs."""
_LARGEST_CM = 1e6


class BadInputError(ValueError):
    """What was sent is not what the model takes."""


def flat(value: object) -> Iterator[float]:
    """Yield the numbers of a tensor, nested or not.

    Raises:
        BadInputError: something in it is no number.
    """
    if isinstance(value, list):
        for inner in value:
            yield from flat(inner)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInputError(f"{value!r} is not a number")
    elif not isfinite(value) or abs(value) > _LARGEST_CM:
        raise BadInputError(f"{value} is out of range")
    else:
        yield float(value)


def chances(rows: object) -> list[list[float]]:
    """Return of each row of four measurements how likely each of LABELS is.

    Raises:
        BadInputError: the rows have another shape.
    """
    if not isinstance(rows, list) or not rows:
        raise BadInputError("a list with at least one row is expected")
    return [_of_row(row) for row in rows]


def _of_row(row: object) -> list[float]:
    measured = list(flat(row if isinstance(row, list) else [row]))
    if len(measured) != WIDTH:
        raise BadInputError(f"a row has {WIDTH} numbers ({', '.join(FEATURES)}), not {len(measured)}")
    found = model().probabilities(measured)
    return [round(found[label], 4) for label in LABELS]


def best(row: Sequence[float]) -> str:
    """Return the label that is most likely."""
    return LABELS[max(range(len(row)), key=row.__getitem__)]
