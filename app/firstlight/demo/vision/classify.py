"""Names the flower in a picture by the colours of what stands out from the background. Pure computation."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from firstlight.demo.vision.colours import colour_shares
from firstlight.demo.vision.raster import Raster

FLOWERS: dict[str, dict[str, float]] = {
    "rose": {"red": 0.95, "pink": 0.05},
    "sunflower": {"yellow": 0.6, "brown": 0.25, "orange": 0.15},
    "daisy": {"white": 0.8, "yellow": 0.15, "grey": 0.05},
    "iris": {"purple": 0.85, "yellow": 0.08, "blue": 0.07},
    "cornflower": {"blue": 0.95, "purple": 0.05},
    "cherry blossom": {"pink": 0.9, "white": 0.1},
    "marigold": {"orange": 0.85, "yellow": 0.1, "red": 0.05},
    "leaf": {"green": 1.0},
    "stone": {"grey": 0.7, "black": 0.2, "brown": 0.1},
}
"""What share of a flower's pixels has which colour: the whole knowledge of this classifier."""
_SHARPNESS = 7.0
TOP = 5


def classify(raster: Raster) -> list[tuple[str, float]]:
    """Return the TOP labels with their probabilities, the most likely first."""
    shares = _shares(raster)
    weights = {label: exp(_SHARPNESS * _overlap(shares, mix)) for label, mix in FLOWERS.items()}
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda entry: -entry[1])
    return [(label, weight / total) for label, weight in ranked[:TOP]]


def _shares(raster: Raster) -> dict[str, float]:
    """Return the colours of the foreground without stems; of everything when nothing stands out."""
    mask = raster.foreground()
    standing_out = [pixel for pixel, out in zip(raster.pixels, mask, strict=True) if out]
    shares = colour_shares(standing_out or raster.pixels)
    petals = {name: share for name, share in shares.items() if name != "green"}
    # A stem or some leaves must not outvote the petals; a picture that is nearly all green is a leaf.
    if sum(petals.values()) > 0.2:
        total = sum(petals.values())
        return {name: share / total for name, share in petals.items()}
    return shares


def _overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how much two mixtures have in common, 0 to 1."""
    return sum(min(share, other.get(name, 0.0)) for name, share in one.items())
