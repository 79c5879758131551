"""The colour of an HTTP method, the same in the sidebar, the tabs and the request bar."""

from __future__ import annotations

from firstlight.ui.theme.current import tokens

_NAMED = ("GET", "POST", "PUT", "PATCH", "DELETE")
_SHORT = {"DELETE": "DEL", "OPTIONS": "OPT", "CONNECT": "CONN"}
_LONGEST = 5


def method_color(method: str) -> str:
    """Return the theme's colour for `method`, in any case."""
    name = f"method_{method.lower()}" if method.upper() in _NAMED else "method_other"
    color: str = getattr(tokens(), name)
    return color


def short_method(method: str) -> str:
    """Return the method as it fits a badge: at most five letters."""
    upper = method.upper()
    return _SHORT.get(upper, upper[:_LONGEST])
