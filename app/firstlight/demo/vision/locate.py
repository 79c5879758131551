"""Finds the objects in a picture: connected regions that stand out, named by shape and colour. Pure computation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from firstlight.demo.vision.colours import colour_name
from firstlight.demo.vision.raster import Raster

_SMALLEST_SHARE = 0.004
"""Regions under this share of the picture are specks."""
_SHAPES = (("triangle", 0.5), ("circle", 0.785), ("rectangle", 1.0))
"""(name, share of its bounding box that it fills): one half, a quarter of pi, all of it."""
MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """One object; the box is y_min, x_min, y_max, x_max in pixels of the uploaded picture."""

    label: str
    box: tuple[float, float, float, float]
    score: float


def locate(raster: Raster) -> list[Found]:
    """Return the objects, the surest first."""
    mask = raster.foreground()
    smallest = max(6, int(_SMALLEST_SHARE * len(mask)))
    regions = [region for region in _regions(mask, raster.width) if len(region) >= smallest]
    found = [_describe(raster, region) for region in regions]
    return sorted(found, key=lambda one: -one.score)[:MOST]


def _regions(mask: list[bool], width: int) -> list[list[int]]:
    """Return the pixel numbers of each group of touching foreground pixels."""
    waiting = bytearray(mask)
    regions = []
    for start, is_waiting in enumerate(mask):
        if is_waiting and waiting[start]:
            regions.append(_flood(waiting, start, width))
    return regions


def _flood(waiting: bytearray, start: int, width: int) -> list[int]:
    """Collect the region around `start` and take it out of `waiting`."""
    waiting[start] = 0
    region = [start]
    for here in region:  # grows while it is walked over
        column = here % width
        for there, inside in (
            (here - width, here >= width),
            (here + width, here + width < len(waiting)),
            (here - 1, column > 0),
            (here + 1, column < width - 1),
        ):
            if inside and waiting[there]:
                waiting[there] = 0
                region.append(there)
    return region


def _describe(raster: Raster, region: list[int]) -> Found:
    rows = [here // raster.width for here in region]
    columns = [here % raster.width for here in region]
    top, left, bottom, right = min(rows), min(columns), max(rows) + 1, max(columns) + 1
    fill = len(region) / ((bottom - top) * (right - left))
    shape, ideal = min(_SHAPES, key=lambda entry: abs(entry[1] - fill))
    colour, count = Counter(colour_name(raster.pixels[here]) for here in region).most_common(1)[0]
    # Sure of an object that fills its box as the shape should and has one colour.
    score = (1 - min(1.0, 2 * abs(ideal - fill))) * (0.5 + 0.5 * count / len(region))
    box = (top * raster.scale_y, left * raster.scale_x, bottom * raster.scale_y, right * raster.scale_x)
    return Found(f"{colour} {shape}", (box[0], box[1], box[2], box[3]), score)
