"""How a cURL command begins, wherever it was copied."""

from __future__ import annotations

import re

_COMMENTS = r"(?:(?:#|rem[ \t])[^\n]*\n\s*)*"
_PROMPT = r"(?:(?:[$%#>]|PS [^>\n]*>|[A-Za-z]:\\[^>\n]*>)[ \t]*)?"
START = re.compile(
    rf"\ufeff?\s*(?:```\w*\s+)?{_COMMENTS}(?:\$\w+ = '[^'\n]*'\s*)*{_PROMPT}(?:sudo[ \t]+|time[ \t]+|&[ \t]+)?"
    r"(?P<command>(?:[^\s'\"]*[/\\])?curl(?:\.exe)?)(?=[ \t\\^`]+\S)",
    re.IGNORECASE,
)


def looks_like_curl(text: str) -> bool:
    """Tell whether a text that was pasted is a command rather than a URL."""
    return START.match(text) is not None
