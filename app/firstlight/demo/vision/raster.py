"""A decoded picture, small enough to walk over pixel by pixel."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from statistics import median

from firstlight.demo.vision.colours import Pixel, distance


class NotAPictureError(ValueError):
    """The bytes are no picture that can be decoded."""


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels in rows from the top left; `scale` leads back to the pixels of the uploaded picture."""

    width: int
    height: int
    pixels: list[Pixel]
    scale_x: float
    scale_y: float

    def background(self) -> Pixel:
        """Return the median colour of the border, which is what the objects stand before."""
        width, height, pixels = self.width, self.height, self.pixels
        border = pixels[:width] + pixels[-width:]
        border += [pixels[y * width + x] for y in range(height) for x in (0, width - 1)]
        red, green, blue = (int(median(channel)) for channel in zip(*border, strict=True))
        return red, green, blue

    def foreground(self, threshold: float = 90.0) -> list[bool]:
        """Tell for each pixel whether it stands out from the background."""
        ground = self.background()
        stands_out = {pixel: distance(pixel, ground) > threshold for pixel in set(self.pixels)}
        return [stands_out[pixel] for pixel in self.pixels]


def decode(data: bytes, longest_side: int) -> Raster:
    """Decode a picture and shrink it to `longest_side`; orientation marks are left alone, as services do.

    Raises:
        NotAPictureError: no decoder takes the bytes, or they end early.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as image:
            full = image.size
            image.draft("RGB", (longest_side, longest_side))
            small = image.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise NotAPictureError(str(error)) from error
    small.thumbnail((longest_side, longest_side))
    flat = Image.new("RGBA", small.size, "white")
    flat.alpha_composite(small)
    data = flat.convert("RGB").tobytes()
    pixels = list(zip(data[0::3], data[1::3], data[2::3], strict=True))
    return Raster(*small.size, pixels, full[0] / small.size[0], full[1] / small.size[1])
