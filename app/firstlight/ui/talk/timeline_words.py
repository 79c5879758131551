"""What an entry of the timeline says of itself: its kind, its content, where it looks. No Qt."""

from __future__ import annotations

from firstlight.inference.ndjson import is_whole
from firstlight.model.conversation import GOOD_CLOSES
from firstlight.model.events import (
    WebSocketClosed,
    WebSocketMessage,
    WebSocketNotSent,
    WebSocketOpened,
    WebSocketPing,
    WebSocketPong,
)
from firstlight.texts import tr
from firstlight.ui.figures import duration
from firstlight.ui.talk.timeline import Entry
from firstlight.views.hex_rows import HexRows
from firstlight.views.json_format import format_json

_IN, _OUT = "↓", "↑"
_MOST_FORMATTED = 512 * 1024
_MOST_CHECKED = 4096
_SHOWN_BYTES = 64


def kind_word(entry: Entry) -> str:
    """Return the arrow and the kind."""
    match entry:
        case WebSocketMessage():
            return f"{_arrow(entry.direction)} {_message_word(entry)}"
        case WebSocketPing():
            return f"{_arrow(entry.direction)} Ping"
        case WebSocketPong():
            return f"{_IN} Pong"
        case WebSocketOpened():
            return "● " + tr("Opened")
        case WebSocketClosed():
            return "○ " + tr("Closed")
        case WebSocketNotSent():
            return "× " + tr("Not sent")


def _arrow(direction: str) -> str:
    return _IN if direction == "in" else _OUT


def _message_word(message: WebSocketMessage) -> str:
    if message.path:
        return tr("File")
    if message.text is None:
        return tr("Binary")
    return "JSON" if _looks_like_json(message.text) else tr("Text")


def _looks_like_json(text: str) -> bool:
    """Tell by a short text itself, `[DONE]` is none; by how a long one begins."""
    return text.startswith(("{", "[")) and (len(text) > _MOST_CHECKED or is_whole(text))


def color_token(entry: Entry) -> str:
    """Return the theme's token in which the kind is painted."""
    match entry:
        case WebSocketMessage() | WebSocketPing():
            return "ok" if entry.direction == "in" else "info"
        case WebSocketPong() | WebSocketOpened():
            return "ok"
        case WebSocketClosed():
            return "text_muted" if entry.code in GOOD_CLOSES and entry.clean else "warn"
        case WebSocketNotSent():
            return "error"


def content(entry: Entry, length: int | None = None) -> str:
    """Return what an entry holds as text, `length` characters of it when that is given."""
    match entry:
        case WebSocketMessage():
            return _payload(entry, length)
        case WebSocketPing() | WebSocketPong():
            return _control(entry)
        case WebSocketOpened():
            return _opened(entry)
        case WebSocketClosed():
            return _closed(entry)
        case WebSocketNotSent():
            return tr(entry.failure.message)


def _payload(message: WebSocketMessage, length: int | None) -> str:
    if message.text is not None:
        return message.text if length is None else message.text[:length]
    return message.path or (message.data or b"")[:length].hex(" ")


def _control(entry: WebSocketPing | WebSocketPong) -> str:
    if isinstance(entry, WebSocketPong) and entry.round_trip_ms is not None:
        return tr("answered after {time}", time=duration(entry.round_trip_ms))
    if isinstance(entry, WebSocketPing) and entry.direction == "out":
        return ""
    return entry.data[:_SHOWN_BYTES].decode("utf-8", "replace")


def _opened(entry: WebSocketOpened) -> str:
    chosen = tr("subprotocol {name}", name=entry.subprotocol) if entry.subprotocol else ""
    return " · ".join(part for part in (chosen, entry.extensions) if part)


def _closed(entry: WebSocketClosed) -> str:
    who = tr("by this side") if entry.by == "us" else tr("by the service")
    silent = tr("without an answer") if entry.by == "us" and not entry.clean and entry.code < 1002 else ""
    return " · ".join(part for part in (str(entry.code), entry.reason, who, silent) if part)


def size_word(entry: Entry) -> str:
    """Return the size of a message in bytes."""
    return f"{entry.size_bytes:,}" if isinstance(entry, WebSocketMessage) else ""


def detail(entry: Entry) -> tuple[bytes, str]:
    """Return an entry in full as UTF-8, and its language: JSON is laid out, bytes are a hex dump."""
    if isinstance(entry, WebSocketMessage):
        if entry.text is not None:
            data = entry.text.encode("utf-8", "replace")
            if entry.text.lstrip()[:1] in ("{", "[") and len(entry.text) <= _MOST_FORMATTED:
                return format_json(data), "json"
            return data, ""
        if entry.data is not None:
            return HexRows(entry.data[:_MOST_FORMATTED]).data, "hex"
    if isinstance(entry, WebSocketNotSent):
        return f"{tr(entry.failure.message)}\n{tr(entry.failure.hint)}".encode(), ""
    return content(entry).encode("utf-8", "replace"), ""


def as_json(entry: Entry, started_ns: int) -> dict[str, object]:
    """Return an entry as Export writes it: text, or base64 of bytes."""
    from base64 import b64encode

    line: dict[str, object] = {
        "at_ms": round((entry.at_ns - started_ns) / 1e6, 3),
        "kind": str(entry.__struct_config__.tag).removeprefix("websocket_"),
    }
    match entry:
        case WebSocketMessage():
            line |= {"direction": entry.direction, "size_bytes": entry.size_bytes}
            if entry.text is not None:
                line["text"] = entry.text
            elif entry.data is not None:
                line["base64"] = b64encode(entry.data).decode()
            else:
                line["path"] = entry.path
        case WebSocketPing():
            line["direction"] = entry.direction
        case WebSocketPong():
            line["round_trip_ms"] = entry.round_trip_ms
        case WebSocketOpened():
            line |= {"subprotocol": entry.subprotocol, "extensions": entry.extensions}
        case WebSocketClosed():
            line |= {"code": entry.code, "reason": entry.reason, "by": entry.by, "clean": entry.clean}
        case WebSocketNotSent():
            line["message"] = tr(entry.failure.message)
    return line
