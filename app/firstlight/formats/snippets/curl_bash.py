"""cURL for bash, zsh and every POSIX shell."""

from __future__ import annotations

import re

from firstlight.formats.snippets.curl_words import BOTH, curl_lines
from firstlight.formats.snippets.outgoing import Lookup, Outgoing
from firstlight.formats.snippets.snippet import Repeat, Snippet

_PLAIN = re.compile(r"[A-Za-z0-9_@%+:,./-]+")
_PLAIN_IN_QUOTES = re.compile(r"[^\"\\$`!\n]*")


def _write(request: Outgoing, _repeat: Repeat) -> str:
    return " \\\n  ".join(" ".join(_word(request.pieces(word)) for word in line) for line in curl_lines(request)) + "\n"


def _word(pieces: list[str | Lookup]) -> str:
    if all(isinstance(piece, str) for piece in pieces):
        text = "".join(map(str, pieces))
        return text if _PLAIN.fullmatch(text) else _literal(text)
    if all(isinstance(piece, Lookup) or _PLAIN_IN_QUOTES.fullmatch(piece) for piece in pieces):
        inside = "".join(piece if isinstance(piece, str) else f"${{{piece.name}}}" for piece in pieces)
        return f'"{inside}"'
    return "".join(_literal(piece) if isinstance(piece, str) else f'"${piece.name}"' for piece in pieces)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


SNIPPET = Snippet(kind="curl", label="cURL (bash)", lexer="bash", write=_write, speaks=BOTH)
