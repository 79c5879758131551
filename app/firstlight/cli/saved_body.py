"""`-o FILE`: the bytes of the body as received."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from firstlight.store import disk


def check_place(name: str) -> None:
    """Refuse a file that cannot be written before anything is sent: a POST costs money.

    Raises:
        ExchangeError: layer `file`.
    """
    if not name:
        return
    place = Path(name)
    if place.is_dir():
        raise disk.cannot_write(place, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if not place.absolute().parent.is_dir():
        raise disk.cannot_write(place, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))


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
