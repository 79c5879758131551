"""Turns a typed URL into the one that is sent: what is legal stays byte for byte, the rest is encoded.

A URL without a scheme gets `http://` for this machine (localhost, 127.*, [::1]) and `https://` for every other
host: services that are deployed somewhere speak TLS, what one starts on one's own desk rarely does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from firstlight.model.failure import ExchangeError, failed
from firstlight.model.secrets import USER_INFO
from firstlight.texts import Phrase

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*)://")
_LOCAL = re.compile(r"(localhost|127(\.\d+){3}|\[::1\])(?=[:/?]|$)", re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=\-]+|\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._~\-]+)?\]")
_ILLEGAL = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=%]+")
"""What may not stand in a request target: a lone percent sign and whatever RFC 3986 does not name.

Square brackets are not legal there either, but every browser sends them as typed and servers rely on it."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class WireUrl:
    """A URL ready to send, in its parts. All of it is ASCII."""

    scheme: str
    host: str
    """IPv6 addresses stand in brackets."""
    port: int
    target: str
    """Path and query, byte for byte as they go into the request line."""
    username: str = ""
    password: str = ""
    """What was written before the host, decoded; never part of `url`."""

    @property
    def authority(self) -> str:
        """The value of the Host header: the port only where it is not the scheme's own."""
        return self.host if self.port == _DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """What decides whether two URLs share their secrets (RFC 6454)."""
        return self.scheme, self.host.lower(), self.port

    @property
    def url(self) -> str:
        """The whole URL, without user name and password."""
        return f"{self.scheme}://{self.authority}{self.target}"


@lru_cache(maxsize=16)
def wire_url(typed: str) -> WireUrl:
    """Check and encode a complete URL. What it returns as `url` comes through a second time unchanged.

    It is asked about the same few URLs: while they are edited, when they are prepared and when they are sent.

    Raises:
        ExchangeError: layer `protocol`, kind `bad-url`; says which part cannot be used.
    """
    text = typed.strip().partition("#")[0]
    if not text:
        raise _bad(Phrase("The URL is empty."), Phrase("Type the address of the service."))
    scheme, rest = _split_scheme(text)
    end = min((rest.find(mark) for mark in "/?" if mark in rest), default=len(rest))
    userinfo, _, authority = rest[:end].rpartition("@")
    if not userinfo and USER_INFO.match(typed):
        raise _bad(  # quotes nothing: it may be half a password
            Phrase("The user name or password before the host holds a sign that ends the host."),
            Phrase("Write / as %2F, ? as %3F and # as %23 in them."),
        )
    host, port = _split_authority(authority)
    target = as_sent(rest[end:])
    username, _, password = userinfo.partition(":")
    return WireUrl(
        scheme=scheme,
        host=host,
        port=port or _DEFAULT_PORTS[scheme],
        target=target if target.startswith("/") else "/" + target,
        username=unquote(username),
        password=unquote(password),
    )


def as_sent(text: str) -> str:
    """Encode what may not stand in a path or query, and nothing else."""
    return _ILLEGAL.sub(_encode, text)


def _split_scheme(text: str) -> tuple[str, str]:
    found = _SCHEME.match(text)
    if not found:
        return ("http" if _LOCAL.match(text) else "https"), text.removeprefix("//")
    scheme = found[1].lower()
    if scheme not in _DEFAULT_PORTS:
        raise _bad(
            Phrase("A request cannot be sent to {scheme}://", scheme=scheme), Phrase("Use an http:// or https:// URL.")
        )
    return scheme, text[found.end() :]


def _split_authority(authority: str) -> tuple[str, int]:
    host, port = authority, ""
    if (colon := authority.rfind(":")) > authority.rfind("]"):
        host, port = authority[:colon], authority[colon + 1 :]
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise _bad(
            Phrase("The port “{port}” is not a number from 1 to 65535.", port=port), Phrase("Correct it in the URL.")
        )
    if not host.isascii():
        host = _international(host)
    if not _HOST.fullmatch(host):
        raise _bad_host(authority if host else "")
    return host, int(port or 0)


def _international(host: str) -> str:
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise _bad_host(host) from error


def _encode(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", errors="surrogatepass"))


def _bad_host(host: str) -> ExchangeError:
    if not host:
        return _bad(
            Phrase("The URL names no host."), Phrase("Type the address of the service after http:// or https://")
        )
    return _bad(Phrase("“{host}” is not a host name.", host=host), Phrase("Correct it in the URL."))


def _bad(message: Phrase, hint: Phrase) -> ExchangeError:
    return failed("protocol", "bad-url", message, hint)
