"""cURL for the command prompt of Windows: a caret before everything that could mean something to it."""

from __future__ import annotations

import re

from firstlight.formats.snippets.curl_words import BOTH, curl_lines
from firstlight.formats.snippets.outgoing import Lookup, Outgoing
from firstlight.formats.snippets.snippet import Repeat, Snippet

_PLAIN = re.compile(r"[A-Za-z0-9_@+:,./-]+")
_UNSURE = re.compile(r"[^A-Za-z0-9 _\-:=+~'/.,?;()*`@\t\n%]")


def _write(request: Outgoing, _repeat: Repeat) -> str:
    return " ^\n  ".join(" ".join(_word(request.pieces(word)) for word in line) for line in curl_lines(request)) + "\n"


def _word(pieces: list[str | Lookup]) -> str:
    if len(pieces) == 1 and isinstance(pieces[0], str) and _PLAIN.fullmatch(pieces[0]):
        return pieces[0]
    inside = [piece if isinstance(piece, Lookup) else escaped_for_program(piece) for piece in pieces]
    if inside and isinstance(last := inside[-1], str):
        inside[-1] = last + last[len(last.rstrip("\\")) :]  # or the last backslash would take the quote with it
    made = "".join(f"%{piece.name}%" if isinstance(piece, Lookup) else _with_carets(piece) for piece in inside)
    return f'^"{made}^"'


def escaped_for_program(text: str) -> str:
    r"""Return `text` so that Microsoft's C runtime reads its quotes as text: `"` becomes `\"`."""
    return re.sub(r'(\\*)"', r'\1\1\\"', text)


def _with_carets(text: str) -> str:
    text = _UNSURE.sub(lambda found: f"^{found[0]}", text)
    return re.sub(r"%(?=[A-Za-z0-9_])", "%^", text).replace("\n", "^\n\n")


SNIPPET = Snippet(kind="curl-cmd", label="cURL (Windows cmd)", lexer="batch", write=_write, comment="rem", speaks=BOTH)
