"""The colour of an HTTP method, the same in the sidebar, the tabs, the request bar and the Console."""

from __future__ import annotations

from firstlight.ui.theme.current import tokens

_NAMED = ("GET", "POST", "PUT", "PATCH", "DELETE")
_SHORT = {"DELETE": "DEL", "OPTIONS": "OPT", "CONNECT": "CONN"}
_LONGEST = 5


def method_color(method: str) -> str:
    """Return the theme's colour for `method`, in any case."""
    color: str = getattr(tokens(), method_token(method))
    return color


def method_token(method: str) -> str:
    """Return the name of the token that `method` is painted in, in any case."""
    return f"method_{method.lower()}" if method.upper() in _NAMED else "method_other"


def short_method(method: str) -> str:
    """Return the method as it fits a badge: at most five letters."""
    upper = method.upper()
    return _SHORT.get(upper, upper[:_LONGEST])
