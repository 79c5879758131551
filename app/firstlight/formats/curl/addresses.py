"""--connect-to and --resolve: where the connection of one host really goes (curl.1)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from firstlight.formats.curl.draft import Address, Draft

_HOST = r"(\[[^\]]*\]|[^:]*)"
_CONNECT_TO = re.compile(rf"{_HOST}:(\d*):{_HOST}:(\d*)")
_RESOLVE = re.compile(r"\+?(\[[^\]]*\]|[^:]*):(\d+):([^,]+).*")
_PORTS = {"http": 80, "https": 443}


def add_connect_to(draft: Draft, value: str) -> None:
    """Take HOST1:PORT1:HOST2:PORT2; what is empty on the left means any."""
    if found := _CONNECT_TO.fullmatch(value):
        host, port, to_host, to_port = found.groups()
        address = f"{to_host}:{to_port}" if to_port else to_host
        draft.addresses.append(Address("--connect-to", host, port, address))
    else:
        draft.leave_out("--connect-to")


def add_resolve(draft: Draft, value: str) -> None:
    """Take HOST:PORT:ADDRESS; of several addresses the first."""
    if found := _RESOLVE.fullmatch(value):
        host, port, address = found.groups()
        bare = ":" in address and not address.startswith("[")
        draft.addresses.append(
            Address("--resolve", "" if host == "*" else host, port, f"[{address}]" if bare else address)
        )
    else:
        draft.leave_out("--resolve")


def address_for(draft: Draft, url: str) -> str:
    """Return where the connection for `url` goes, empty for its own host; addresses of other hosts are named."""
    chosen = ""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:  # no URL yet: a placeholder
        host, port = "", 0
    for known in draft.addresses:
        same_host = known.host.strip("[]").lower() in {"", host}
        if not chosen and known.address and same_host and known.port in {"", str(port)}:
            chosen = known.address
        else:
            draft.leave_out(known.option)
    return chosen
