"""Secrets that are planted, each another one, and the search for them in whatever the program leaves behind.

A secret has a core of letters and digits between characters that every encoding changes. The core is what is looked
for: no URL, JSON, HTML, form or shell encoding changes it, and what masks half of a secret leaves a piece of it.
"""

from __future__ import annotations

import re
from base64 import b32encode, b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from secrets import choice, token_bytes
from string import ascii_lowercase, digits

_CORE = 20
_PIECE = 12
"""So much of a core must not be readable either."""


class Plants:
    """Secrets by the place they were planted in."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self._shapes: dict[str, tuple[bytes, ...]] = {}

    def plant(self, place: str, form: str = "{}") -> str:
        """Return a new secret for `place`; `form` says what stands around its core."""
        core = "".join(choice(ascii_lowercase + digits) for _ in range(_CORE))
        return self.know(place, form.format(core), core)

    def plant_base32(self, place: str) -> str:
        """Return a new secret of capital letters and digits, as a key for one-time passwords is."""
        secret = b32encode(token_bytes(20)).decode()
        return self.know(place, secret, secret)

    def know(self, place: str, secret: str, core: str) -> str:
        """Look for `core` from now on."""
        self.secrets[place] = secret
        self._shapes[place] = tuple(_shapes(core))
        return secret

    def found(self, data: bytes | str, but: frozenset[str] = frozenset()) -> list[str]:
        """Return the places whose secrets can be read in `data`, in whatever shape; those in `but` may."""
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        lower = raw.lower()
        return sorted(
            place
            for place, shapes in self._shapes.items()
            if place not in but and any(shape in raw or shape in lower for shape in shapes)
        )

    def around(self, data: bytes | str) -> list[bytes]:
        """Return what stands where a secret can be read, for the message of a test that fails."""
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        places = (raw.find(shape) for shapes in self._shapes.values() for shape in shapes)
        return [raw[max(0, at - 60) : at + 40] for at in places if at >= 0][:3]

    def found_below(self, *folders: Path, but: Mapping[Path, frozenset[str]] | None = None) -> list[str]:
        """Return file and place of everything that can be read in the files, and the names, below `folders`."""
        allowed = but or {}
        return [
            f"{file}: {place}"
            for folder in folders
            for file in sorted(folder.rglob("*"))
            for data in (str(file).encode(), file.read_bytes() if file.is_file() and not file.is_symlink() else b"")
            for place in self.found(data, allowed.get(file, frozenset()))
        ]


def _shapes(core: str) -> Iterator[bytes]:
    """Yield what gives a core away: pieces of it, in hex, and in base64 wherever it begins."""
    for start in range(0, len(core) - _PIECE + 1, 4):
        piece = core[start : start + _PIECE]
        yield piece.encode()
        yield piece.lower().encode()
        yield piece.encode().hex().encode()
    for before in range(3):
        encoded = b64encode(bytes(before) + core.encode())
        inside = encoded[-(-before * 8 // 6) : (before + len(core)) * 8 // 6]
        yield inside
        yield inside.replace(b"+", b"-").replace(b"/", b"_")


def letters_of(text: str) -> str:
    """Return `text` without what lies between the letters when it is cut into lines."""
    return re.sub(r"\s+", "", text)
