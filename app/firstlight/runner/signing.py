"""The moment and the body hash that a signature needs. Reads files piece by piece, never as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import FileIO

from firstlight.auth.occasion import UNKNOWN_HASH, Occasion
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.prepared import EncodedBody, FileSlice
from firstlight.model.system_errors import reason_of
from firstlight.texts import Phrase

Stopped = Callable[[], bool]
"""Tells whether nobody waits for the hash any more."""

_SLICE_BYTES = 1024 * 1024


def occasion_of_sending(body: EncodedBody, stopped: Stopped = lambda: False) -> Occasion:
    """Return now, and the hash of `body` for whoever asks."""
    return Occasion(at=datetime.now(UTC), hash_body=partial(hashed, body, stopped=stopped))


def occasion_of_preview(body: EncodedBody) -> Occasion:
    """Return now, and the hash of a body that lies in memory; files are not touched."""
    known = not any(isinstance(piece, FileSlice) for piece in body.pieces)
    return Occasion(at=datetime.now(UTC), hash_body=partial(hashed, body) if known else lambda _algorithm: UNKNOWN_HASH)


def hashed(body: EncodedBody, algorithm: str, *, stopped: Stopped = lambda: False) -> str:
    """Return the hex digest of the body.

    Raises:
        ExchangeError: layer `file`, when a file cannot be read or is no longer as long as it was.
    """
    digest = hashlib.new(algorithm, usedforsecurity=False)
    for piece in body.pieces:
        if isinstance(piece, bytes):
            digest.update(piece)
        else:
            _feed(digest.update, piece, stopped)
    return digest.hexdigest()


def _feed(update: Callable[[memoryview], object], piece: FileSlice, stopped: Stopped) -> None:
    room, left_bytes = memoryview(bytearray(_SLICE_BYTES)), piece.size_bytes
    try:
        with FileIO(piece.path) as file:
            while left_bytes and not stopped():
                count = file.readinto(room[: min(left_bytes, _SLICE_BYTES)])
                if not count:
                    raise _unreadable(piece, Phrase("it has become shorter"))
                update(room[:count])
                left_bytes -= count
    except OSError as error:
        raise _unreadable(piece, reason_of(error)) from error


def _unreadable(piece: FileSlice, reason: Phrase | str) -> ExchangeError:
    return failed(
        "file",
        "unreadable-file",
        Phrase("The file {path} cannot be read: {reason}.", path=piece.path, reason=reason),
        Phrase("Check its permissions, or choose another file on the Body tab."),
    )
