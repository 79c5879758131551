"""Draws the pictures of the demo workspace into workspace/files. Run it again after changing a drawing."""

from __future__ import annotations

from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw

SIZE = (360, 270)
OVERSAMPLING = 4
FILES = Path(__file__).parent / "workspace" / "files"


def canvas(colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Return an empty picture, larger than the file will be, so that its edges come out smooth."""
    image = Image.new("RGB", (SIZE[0] * OVERSAMPLING, SIZE[1] * OVERSAMPLING), colour)
    return image, ImageDraw.Draw(image)


def save(image: Image.Image, name: str) -> None:
    """Shrink a drawing to its size and write it."""
    image.resize(SIZE, Image.Resampling.LANCZOS).save(FILES / name, quality=88, optimize=True)


def point(angle: float, radius: float, centre: tuple[float, float]) -> tuple[float, float]:
    """Return the point at `angle` and `radius` around `centre`."""
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)


def petals(
    draw: ImageDraw.ImageDraw, centre: tuple[float, float], petal: tuple[int, float, float], colour: str
) -> None:
    """Draw pointed petals; `petal` is how many, how long and how wide."""
    count, length, width = petal
    for number in range(count):
        angle = 2 * pi * number / count - pi / 2
        outline = []
        for step in range(41):
            way = step / 40 * 2 * pi
            along, across = length * (1 - cos(way)) / 2, width * sin(way)
            x, y = point(angle, along, centre)
            outline.append((x - across * sin(angle), y + across * cos(angle)))
        draw.polygon(outline, fill=colour)


def disc(draw: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, colour: str) -> None:
    """Draw a filled circle."""
    x, y = centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def stem(draw: ImageDraw.ImageDraw, centre: tuple[float, float]) -> None:
    """Draw a stem with one leaf down to the lower edge."""
    x, y = centre
    bottom = SIZE[1] * OVERSAMPLING
    draw.line((x, y, x, bottom), fill="#2f7a3a", width=26)
    draw.ellipse((x + 8, bottom - 220, x + 200, bottom - 140), fill="#3b8f47")


def rose() -> None:
    """Draw a red rose."""
    image, draw = canvas("#eef1ea")
    centre = (720.0, 470.0)
    stem(draw, centre)
    for radius, colour in ((300, "#b3122a"), (235, "#cf1f3a"), (170, "#a80f26"), (110, "#d62a45"), (55, "#8d0a1e")):
        petals(draw, centre, (7, radius * 1.15, radius * 0.42), colour)
        disc(draw, centre, radius * 0.72, colour)
    save(image, "rose.jpg")


def sunflower() -> None:
    """Draw a sunflower."""
    image, draw = canvas("#dfeaf5")
    centre = (720.0, 480.0)
    stem(draw, centre)
    petals(draw, centre, (21, 400, 62), "#f4b81a")
    petals(draw, centre, (17, 350, 56), "#ffd23b")
    disc(draw, centre, 150, "#5e3a17")
    disc(draw, centre, 105, "#744a20")
    save(image, "sunflower.jpg")


def iris() -> None:
    """Draw a purple iris."""
    image, draw = canvas("#f4f0e4")
    centre = (720.0, 480.0)
    stem(draw, centre)
    petals(draw, centre, (3, 430, 130), "#5b3a9e")
    petals(draw, centre, (6, 330, 84), "#7a55c4")
    petals(draw, centre, (3, 170, 26), "#f0cf3f")
    save(image, "iris.jpg")


def daisy() -> None:
    """Draw a white daisy in the grass; no stem, so that all of it stands out."""
    image, draw = canvas("#4f8a3c")
    centre = (720.0, 540.0)
    petals(draw, centre, (16, 420, 66), "#fbfbf7")
    disc(draw, centre, 120, "#f2c21d")
    save(image, "daisy.png")


def shapes() -> None:
    """Draw four shapes in four colours, for the object detection."""
    image, draw = canvas("#f7f7f5")
    disc(draw, (320, 330), 190, "#d8342c")
    draw.rectangle((720, 130, 1290, 470), fill="#2c62c9")
    draw.polygon(((460, 980), (880, 980), (670, 620)), fill="#2f9a48")
    disc(draw, (1160, 790), 140, "#f0b41c")
    save(image, "shapes.png")


if __name__ == "__main__":
    FILES.mkdir(parents=True, exist_ok=True)
    for drawing in (rose, sunflower, iris, daisy, shapes):
        drawing()
