"""`-o FILE`: the bytes of the body as received."""

from __future__ import annotations

from pathlib import Path

from firstlight.store import disk
from firstlight.store.part_file import PartFile, check_place


def part_file(name: str) -> PartFile | None:
    """Return what takes the body while it arrives; None for a device, which takes it in one piece at the end.

    Raises:
        ExchangeError: layer `file`; the place cannot be written.
    """
    place = Path(name)
    check_place(place)
    real = place.resolve()
    return PartFile(real) if not real.exists() or real.is_file() else None


def save_body(place: Path, body: bytes) -> None:
    """Write the body. An existing file is replaced at once and whole; a device such as /dev/null is written to.

    Raises:
        ExchangeError: layer `file`.
    """
    real = place.resolve()
    if not real.exists() or real.is_file():
        disk.write_bytes(real, body)
        return
    try:
        real.write_bytes(body)
    except OSError as error:
        raise disk.cannot_write(place, error) from error
