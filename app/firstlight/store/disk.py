"""Reads and writes whole files: a write is there completely or not at all, an error names the file and the reason."""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from firstlight.model.failure import ExchangeError, failed
from firstlight.model.system_errors import reason_of
from firstlight.texts import Phrase

TEMPORARY = (".firstlight-", ".tmp")
"""How the names of files in the making begin and end."""

_ABANDONED_S = 60  # a write takes milliseconds; what is older was left by a crash


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file.

    Raises:
        ExchangeError: (layer `file`) it cannot be read, or is not UTF-8.
    """
    data = read_bytes(path)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = Phrase("{path}, line {line}: not a UTF-8 text.", path=path, line=line)
        raise failed("file", "broken-file", message, hint=Phrase("Save the file as UTF-8.")) from error


def read_bytes(path: Path, at_most: int = -1) -> bytes:
    """Return the bytes of a file, or its first ones. Raises ExchangeError (layer `file`)."""
    try:
        with path.open("rb") as file:
            return file.read(at_most)
    except OSError as error:
        raise cannot_read(path, error) from error


def write_text(path: Path, text: str) -> None:
    """Put `text` into the file as UTF-8; see write_bytes."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the file, or make it. After a crash at any instant the old or the new content is there.

    Raises:
        ExchangeError: (layer `file`) it could not be written; the old content is untouched.
    """
    temporary = path.with_name(token_hex(4).join(TEMPORARY))
    try:
        _write_new(temporary, data, path)
        os.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):  # the first error is the one to tell
            temporary.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def _write_new(temporary: Path, data: bytes, target: Path) -> None:
    mode = None
    if target.exists():
        mode = stat.S_IMODE(target.stat().st_mode)
        effective = os.access in os.supports_effective_ids
        if not os.access(target, os.W_OK, effective_ids=effective):  # replacing would go around its protection
            raise PermissionError(errno.EACCES, "read-only", str(target))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666 if mode is None else mode)
    with open(descriptor, "wb") as file:
        if mode not in (None, stat.S_IMODE(temporary.stat().st_mode)):
            temporary.chmod(mode)  # the umask has taken away what somebody granted on purpose
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to the disk. Windows does this by itself and knows no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files that a crash left below `folder`; a write that runs right now is not touched."""
    before = time.time() - _ABANDONED_S
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if is_temporary(name):
                with suppress(OSError):  # another window was quicker, or the folder is read-only: both do no harm
                    leftover = Path(parent, name)
                    if leftover.stat().st_mtime < before:
                        leftover.unlink()


def is_temporary(name: str) -> bool:
    """Whether a file of that name is one in the making."""
    return name.startswith(TEMPORARY[0]) and name.endswith(TEMPORARY[1])


def cannot_read(path: Path, error: OSError) -> ExchangeError:
    """Say that reading failed."""
    return failed("file", "unreadable", Phrase("Cannot read {path}: {reason}.", path=path, reason=reason_of(error)))


def cannot_write(path: Path, error: OSError) -> ExchangeError:
    """Say that writing failed, and that nothing was lost."""
    message = Phrase("Cannot write {path}: {reason}.", path=path, reason=reason_of(error))
    hint = Phrase("What was there before is unchanged. Make room or choose another folder, then save again.")
    return failed("file", "unwritable", message, hint=hint)
