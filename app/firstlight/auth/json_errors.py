"""Finds code and message in the JSON that a service refuses a call with (VENDORS §1.4): the shapes of Huawei's services
and that of OAuth 2.0 (RFC 6749 §5.2).
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

_CODES = ("error_code", "errorCode", "code", "error")
_MESSAGES = ("error_msg", "errorMsg", "error_message", "error_description", "message")


class Refusal(NamedTuple):
    """What a refusing answer says; empty where it says nothing."""

    code: str = ""
    message: str = ""


def read_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a body; an empty one when it is none."""
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def refusal(body: bytes) -> Refusal:
    """Return code and message, wherever they stand: at the top, or one level down."""
    top = read_object(body)
    for level in (top, *(part for part in top.values() if isinstance(part, dict))):
        code, message = _text(level, _CODES), _text(level, _MESSAGES)
        if code or message:
            return Refusal(code, message)
    return Refusal()


def _text(level: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        if isinstance(value := level.get(name), str | int) and not isinstance(value, bool):
            return str(value)
    return ""
