"""What HTTP allows as a method or the name of a header."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z\-]+")


def is_token(text: str) -> bool:
    """Tell whether `text` is a token (RFC 9110 §5.6.2)."""
    return _TOKEN.fullmatch(text) is not None
