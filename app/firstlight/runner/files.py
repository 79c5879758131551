"""Finds the files that a body sends. Looks at the disk, reads nothing."""

from __future__ import annotations

import stat
from pathlib import Path

from firstlight.model.failure import ExchangeError, failed
from firstlight.model.prepared import FileSlice
from firstlight.model.system_errors import reason_of
from firstlight.texts import Phrase


def find_file(path: str, folder: str) -> FileSlice:
    """Return the file at `path`; a relative one starts at `folder`, `~` at the home folder.

    Raises:
        ExchangeError: layer `file`, naming the path that was looked at.
    """
    place = Path(folder, path).expanduser() if not path.startswith("~") else Path(path).expanduser()
    try:
        found = place.stat()
        if stat.S_ISREG(found.st_mode):
            place.open("rb").close()  # a file that may not be read is better named now than half-way
    except FileNotFoundError as error:
        raise failed(
            "file",
            "missing-file",
            Phrase("The file {path} is not there.", path=place),
            Phrase("Choose it again on the Body tab."),
        ) from error
    except (OSError, ValueError) as error:
        raise _unreadable(place, error) from error
    if not stat.S_ISREG(found.st_mode):
        raise failed(
            "file",
            "not-a-file",
            Phrase("{path} is not a file.", path=place),
            Phrase("Choose a file on the Body tab."),
        )
    return FileSlice(path=str(place.absolute()), size_bytes=found.st_size)


def _unreadable(place: Path, error: Exception) -> ExchangeError:
    return failed(
        "file",
        "unreadable-file",
        Phrase("The file {path} cannot be read: {reason}.", path=place, reason=reason_of(error)),
        Phrase("Check its permissions, or choose another file on the Body tab."),
    )
