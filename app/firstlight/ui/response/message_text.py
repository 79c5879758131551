"""One message of a stream in full, as the detail below the list shows it. No Qt."""

from __future__ import annotations

from firstlight.model.events import ServerEvent
from firstlight.texts import tr
from firstlight.views.json_format import format_json

_MOST_FORMATTED = 512 * 1024  # characters; longer ones are shown as they came


def message_text(message: ServerEvent) -> tuple[bytes, str]:
    """Return the text of a message as UTF-8 and its language; JSON is laid out, everything else is as it came."""
    head = _head(message)
    data = message.data.encode("utf-8", "replace")
    if message.data.lstrip()[:1] in ("{", "[") and len(message.data) <= _MOST_FORMATTED:
        return head + format_json(data), "json"
    return head + data, ""


def _head(message: ServerEvent) -> bytes:
    lines = [f": {line}" for line in message.comment.split("\n") if message.comment]
    if message.id:
        lines.append(f"id: {message.id}")
    if message.retry is not None:
        lines.append(f"retry: {message.retry}")
    if message.truncated:
        lines.append(tr("The stream ended inside this message."))
    return "\n".join([*lines, "", ""]).encode("utf-8", "replace") if lines else b""
