"""cURL for PowerShell, in a form that every version of it passes on unchanged."""

from __future__ import annotations

import re

from firstlight.formats.curl.powershell_words import LEGACY
from firstlight.formats.snippets.curl_cmd import escaped_for_program
from firstlight.formats.snippets.curl_words import BOTH, curl_lines
from firstlight.formats.snippets.outgoing import Lookup, Outgoing
from firstlight.formats.snippets.snippet import Repeat, Snippet

_PLAIN = re.compile(r"[A-Za-z0-9_:/.][A-Za-z0-9_:/.%+-]*|-[A-Za-z-]+")
_SINGLE = re.compile("['\u2018\u2019\u201a\u201b]")
_DOUBLE = re.compile('[`$"\u201c\u201d\u201e]')


def _write(request: Outgoing, _repeat: Repeat) -> str:
    lines = curl_lines(request)
    command = " `\n  ".join(" ".join(_word(request.pieces(word)) for word in line) for line in lines)
    command = command.replace("curl", "curl.exe", 1)  # the word alone is another command in PowerShell 5
    exact = any('"' in word or not word for line in lines for word in line)
    return f"{LEGACY}\n{command}\n" if exact else f"{command}\n"


def _word(pieces: list[str | Lookup]) -> str:
    if not pieces:
        return "'\"\"'"
    if all(isinstance(piece, str) for piece in pieces):
        text = escaped_for_program("".join(map(str, pieces)))
        return text if _PLAIN.fullmatch(text) else "'" + _SINGLE.sub(lambda found: found[0] * 2, text) + "'"
    inside = "".join(
        _DOUBLE.sub(lambda found: f"`{found[0]}", escaped_for_program(piece))
        if isinstance(piece, str)
        else f"${{env:{piece.name}}}"
        for piece in pieces
    )
    return f'"{inside}"'


SNIPPET = Snippet(kind="curl-powershell", label="cURL (PowerShell)", lexer="powershell", write=_write, speaks=BOTH)
