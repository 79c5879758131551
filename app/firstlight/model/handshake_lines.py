"""The header lines that make a request the handshake of a WebSocket (RFC 6455 §4.1). Pure.

They are added after signing: methods that sign headers leave them out (VENDORS §2.1), because proxies touch them.
"""

from __future__ import annotations

from collections.abc import Iterable

from firstlight.model.request import RequestSettings

DEFLATE = "permessage-deflate"
KEY, PROTOCOL, EXTENSIONS = "Sec-WebSocket-Key", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"


def handshake_lines(settings: RequestSettings, key: str, names: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return the lines in their order; those of `names`, in lower case, are the user's own business."""
    lines = (
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Version", "13"),
        (KEY, key),
        (PROTOCOL, ", ".join(subprotocols(settings.subprotocols))),
        # client_max_window_bits: many servers only agree to compress when they may choose the window (RFC 7692 §7.1.2)
        (EXTENSIONS, f"{DEFLATE}; client_max_window_bits" if settings.compress_messages else ""),
    )
    taken = frozenset(names)
    return tuple((name, value) for name, value in lines if (value or name == KEY) and name.lower() not in taken)


def subprotocols(typed: str) -> tuple[str, ...]:
    """Return the names that were typed with commas between."""
    return tuple(filter(None, (name.strip() for name in typed.split(","))))
