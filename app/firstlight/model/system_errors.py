"""Why the operating system would not: its errors in our words, which can be translated; its own are in any language."""

from __future__ import annotations

import errno

from firstlight.texts import Phrase

_REASONS = {
    "ENOENT": Phrase("it does not exist"),
    "EACCES": Phrase("no permission"),
    "EPERM": Phrase("no permission"),
    "EROFS": Phrase("the disk is read-only"),
    "ENOSPC": Phrase("the disk is full"),
    "EDQUOT": Phrase("the disk quota is used up"),
    "EFBIG": Phrase("the file would be too large"),
    "EIO": Phrase("the disk reports an error"),
    "EISDIR": Phrase("it is a folder"),
    "ENOTDIR": Phrase("a part of the path is not a folder"),
    "ENAMETOOLONG": Phrase("the name is too long"),
    "ELOOP": Phrase("the link leads in a circle"),
    "EMFILE": Phrase("too many files are open"),
    "EADDRINUSE": Phrase("the port is taken"),
    "EADDRNOTAVAIL": Phrase("this machine does not have the address"),
    "ECONNREFUSED": Phrase("nothing listens there"),
    "ECONNRESET": Phrase("the connection was broken off"),
    "ETIMEDOUT": Phrase("no answer in time"),
    "ENETUNREACH": Phrase("there is no way to it"),
    "EHOSTUNREACH": Phrase("there is no way to it"),
}
"""By the name of the error number; the numbers differ between systems, and so does what is there."""

_BY_NUMBER = {getattr(errno, name): reason for name, reason in _REASONS.items() if hasattr(errno, name)}


def reason_of(error: Exception) -> Phrase:
    """Return why `error` happened, in the system's own words when we have none."""
    number = getattr(error, "errno", None)
    # asyncio appends the address, which the message around the reason has already
    said = (getattr(error, "strerror", None) or str(error) or type(error).__name__).partition(" (")[0]
    return _BY_NUMBER.get(number or 0) or Phrase("{reason}", reason=said)
