"""Names the colours of pixels, the way a person would. Pure: three numbers in, a word out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

Pixel: TypeAlias = tuple[int, int, int]

_HUES = (
    (15, "red"), (42, "orange"), (68, "yellow"), (165, "green"), (250, "blue"), (295, "purple"), (345, "pink"),
    (361, "red"),
)  # fmt: skip
"""(first degree that is no longer this colour, name), around the colour wheel."""


@lru_cache(maxsize=65536)
def colour_name(pixel: Pixel) -> str:
    """Return the name of a colour: one of eight hues, white, grey, black or brown."""
    red, green, blue = pixel
    highest, lowest = max(pixel), min(pixel)
    spread = highest - lowest
    if highest < 50:
        return "black"
    if spread < 0.16 * highest or spread < 22:
        return "white" if highest > 200 else "grey"
    hue = _hue(red, green, blue, highest, spread)
    name = next(name for limit, name in _HUES if hue < limit)
    # Dark orange and dark yellow have a word of their own.
    if name in {"orange", "yellow"} and highest < 150:
        return "brown"
    # Pale red is pink.
    return "pink" if name == "red" and lowest > 110 and highest > 180 else name


def _hue(red: int, green: int, blue: int, highest: int, spread: int) -> float:
    """Return the angle on the colour wheel in degrees."""
    if highest == red:
        return ((green - blue) / spread % 6) * 60
    if highest == green:
        return ((blue - red) / spread + 2) * 60
    return ((red - green) / spread + 4) * 60


def colour_shares(pixels: Iterable[Pixel]) -> dict[str, float]:
    """Return which share of the pixels has which colour name."""
    counts = Counter(map(colour_name, pixels))
    total = counts.total()
    return {name: count / total for name, count in counts.most_common()}


def distance(one: Pixel, other: Pixel) -> float:
    """Return how far two colours are apart, weighted roughly as the eye does; 0 to about 765."""
    mean_red = (one[0] + other[0]) / 2
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    squares = (2 + mean_red / 256) * red**2 + 4 * green**2 + (2 + (255 - mean_red) / 256) * blue**2
    return float(squares**0.5)
