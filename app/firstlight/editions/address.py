"""A pasted address in its pieces. Lenient: what is no URL yet still has a path."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*)://)?(?P<authority>(?:\{\{[^{}]*\}\}|[^/?#\s])*)"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.DOTALL,
)
_PORT = re.compile(r":(\d{1,5})\Z")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The pieces of an address; joined again they are what was pasted, without fragment."""

    scheme: str
    """In lower case; empty: none was written."""
    authority: str
    """Host and port as written, a name in `user:password@` left out; empty: only a path was written."""
    path: str
    query: str = ""

    @property
    def host(self) -> str:
        """The host name in lower case, without its port."""
        return _PORT.sub("", self.authority).lower()

    @property
    def port(self) -> str:
        """The port as written; empty: none was."""
        found = _PORT.search(self.authority)
        return found[1] if found else ""

    @property
    def origin(self) -> str:
        """Scheme and host: what stands before the path."""
        return f"{self.scheme}://{self.authority}" if self.scheme else self.authority

    @property
    def is_ip(self) -> bool:
        """Whether the host is an address of four numbers, or of IPv6."""
        return _IP.fullmatch(self.host) is not None

    @property
    def is_local(self) -> bool:
        """Whether it is this machine, or a variable of which nobody knows yet what it stands for."""
        return self.host in {"localhost", "[::1]"} or self.host.startswith("127.") or "{{" in self.authority


def split_address(text: str) -> Address:
    """Take an address apart. A text without a host is all path."""
    found = _ADDRESS.fullmatch(text.strip())
    assert found is not None  # noqa: S101 - the expression takes every text
    authority = found["authority"].rpartition("@")[2]
    if not found["scheme"] and not _looks_like_host(authority):
        return Address(scheme="", authority="", path=f"{found['authority']}{found['path']}", query=found["query"] or "")
    scheme = (found["scheme"] or "").lower()
    return Address(scheme=scheme, authority=authority, path=found["path"], query=found["query"] or "")


def _looks_like_host(text: str) -> bool:
    """Tell whether the first piece of a text without scheme is a host, not the first word of a path."""
    bare = _PORT.sub("", text)
    return bool(bare) and ("." in bare or bare != text or "{{" in bare or bare == "localhost" or bare.startswith("["))


def with_scheme(origin: str, scheme: str = "https") -> str:
    """Return a host as an address begins: with the scheme it has, else `http` on this machine, else `scheme`."""
    origin = origin.strip().rstrip("/")
    if "://" in origin or origin.startswith("{{"):
        return origin
    return f"{'http' if split_address(origin).is_local else scheme}://{origin}"


def glued(*pieces: str) -> str:
    """Join pieces of a path with exactly one slash at each seam, none at the end; empty ones are left out."""
    head, *rest = pieces
    made = head.strip().rstrip("/")
    for piece in rest:
        if inner := piece.strip().strip("/"):
            made += inner if inner.startswith("?") else f"/{inner}"
    return made
