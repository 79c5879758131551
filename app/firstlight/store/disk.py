"""Reads and writes whole files: a write is there completely or not at all, an error names the file and the reason."""

from __future__ import annotations

import errno
import os
import shutil
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
    return decoded(path, read_bytes(path))


def decoded(path: Path, data: bytes) -> str:
    """Return `data`, which stands in the file, as text. Raises ExchangeError: it is not UTF-8."""
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


def write_bytes(path: Path, data: bytes, *, private: bool = False) -> None:
    """Replace the file, or make it. After a crash at any instant the old or the new content is there.

    A `private` one is made so that nobody else of this machine can read it.

    Raises:
        ExchangeError: (layer `file`) it could not be written; the old content is untouched.
    """
    temporary = path.with_name(token_hex(4).join(TEMPORARY))
    try:
        _write_new(temporary, data, path, 0o600 if private else 0o666)
        os.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):  # the first error is the one to tell
            temporary.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def _write_new(temporary: Path, data: bytes, target: Path, new_mode: int) -> None:
    mode = None
    if target.exists():
        mode = stat.S_IMODE(target.stat().st_mode)
        effective = os.access in os.supports_effective_ids
        if not os.access(target, os.W_OK, effective_ids=effective):  # replacing would go around its protection
            raise OSError(errno.EROFS if _on_read_only_disk(target) else errno.EACCES, "read-only", str(target))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, new_mode if mode is None else mode)
    with open(descriptor, "wb") as file:
        if mode not in (None, stat.S_IMODE(temporary.stat().st_mode)):
            temporary.chmod(mode)  # the umask has taken away what somebody granted on purpose
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _on_read_only_disk(file: Path) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(file).f_flag & os.ST_RDONLY)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. Raises ExchangeError (layer `file`)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
    except OSError as error:
        raise cannot_write(folder, error) from error


def make_private_folder(folder: Path) -> None:
    """Make a folder that only this user may look into. Raises ExchangeError (layer `file`)."""
    if not folder.is_dir():
        make_folder(folder.parent)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise cannot_write(folder, error) from error


def move(old: Path, new: Path) -> None:
    """Give a file or folder another place or name, in one step. Raises ExchangeError (layer `file`)."""
    try:
        old.rename(new)
        sync_folder(new.parent)
        if old.parent != new.parent:
            sync_folder(old.parent)
    except OSError as error:
        raise cannot_write(old, error) from error


def copy_folder(old: Path, new: Path) -> None:
    """Copy a folder with everything in it; links stay links, and what is being written right now is left out.

    Raises:
        ExchangeError: (layer `file`) it could not be copied; what was copied so far is gone again.
    """
    try:
        _copy_into(old, new)
        sync_folder(new.parent)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise cannot_write(new, error) from error


def _copy_into(old: Path, new: Path) -> None:
    new.mkdir()
    with os.scandir(old) as entries:
        for entry in entries:
            target = new / entry.name
            if is_temporary(entry.name):
                continue
            if entry.is_symlink():
                target.symlink_to(os.readlink(entry.path))
            elif entry.is_dir():
                _copy_into(Path(entry.path), target)
            else:
                _copy_file(Path(entry.path), target)
    sync_folder(new)


def _copy_file(old: Path, new: Path) -> None:
    shutil.copyfile(old, new)
    shutil.copymode(old, new)
    descriptor = os.open(new, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to the disk. Windows does this by itself and knows no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest(data: bytes) -> str:
    """Return what tells these bytes from any others."""
    from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files and folders that a crash left below `folder`; what is written right now is not touched."""
    before = time.time() - _ABANDONED_S
    for parent, folders, files in os.walk(folder):
        for name in filter(is_temporary, (*files, *folders)):
            with suppress(OSError):  # another window was quicker, or the folder is read-only: both do no harm
                leftover = Path(parent, name)
                if leftover.stat().st_mtime < before:
                    shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        folders[:] = [name for name in folders if not name.startswith(".")]


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
