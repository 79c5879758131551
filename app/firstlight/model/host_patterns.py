"""Which hosts a setting means: a name, `*.suffix`, an address, a network, each with a port or without."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

_WITH_PORT = re.compile(r"(\[[^\]]*\]|[^:]*):(\d{1,5})")
_NAME = re.compile(r"(\*?\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?")


def is_pattern(text: str) -> bool:
    """Tell whether `text` can mean a host at all."""
    host, port = _parts(text)
    if port and not 0 < int(port) < 65536:
        return False
    return host == "*" or bool(_NAME.fullmatch(host)) or is_address(host) or _network(host) is not None


def matches(pattern: str, host: str, port: int) -> bool:
    """Tell whether `pattern` means this host.

    `*` means every host, `.example.com` and `*.example.com` every host below it, `10.0.0.0/8` every address within.
    An IPv6 address with a port stands in brackets.
    """
    wanted, wanted_port = _parts(pattern)
    if not wanted or (wanted_port and int(wanted_port) != port):
        return False
    own = host.lower().strip("[]").rstrip(".")
    if wanted == "*" or wanted.rstrip(".") == own:
        return True
    suffix = wanted.removeprefix("*")
    if suffix.startswith("."):
        return own.endswith(suffix.rstrip("."))
    return _same_address(wanted, own)


def _parts(text: str) -> tuple[str, str]:
    """Return the host in small letters without brackets, and the port."""
    typed = text.strip().lower()
    found = _WITH_PORT.fullmatch(typed)
    return (found[1].strip("[]"), found[2]) if found else (typed.strip("[]"), "")


def _same_address(wanted: str, own: str) -> bool:
    from ipaddress import ip_address

    network = _network(wanted)
    return network is not None and is_address(own) and ip_address(own.partition("%")[0]) in network


def _network(text: str) -> IPv4Network | IPv6Network | None:
    from ipaddress import ip_network

    try:
        return ip_network(text.partition("%")[0], strict=False)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, by its name or address."""
    from ipaddress import ip_address

    own = host.lower().strip("[]").rstrip(".")
    if own == "localhost" or own.endswith(".localhost"):
        return True
    return is_address(own) and ip_address(own.partition("%")[0]).is_loopback


def is_address(text: str) -> bool:
    """Tell whether it is an IP address."""
    from ipaddress import ip_address

    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True
