"""SNIPPETS: a request as a command or a script, in menu order. A new one is one file and one line here."""

from firstlight.formats.snippets import (
    curl_bash,
    curl_cmd,
    curl_powershell,
    python_httpx,
    python_requests,
    python_websockets,
)
from firstlight.formats.snippets.outgoing import Lookup, Outgoing, OwnCertificate, Part, Signer
from firstlight.formats.snippets.snippet import Repeat, Snippet

__all__ = ["SNIPPETS", "Lookup", "Outgoing", "OwnCertificate", "Part", "Repeat", "Signer", "Snippet"]

SNIPPETS: tuple[Snippet, ...] = (
    curl_bash.SNIPPET,
    curl_cmd.SNIPPET,
    curl_powershell.SNIPPET,
    python_requests.SNIPPET,
    python_httpx.SNIPPET,
    python_websockets.SNIPPET,
)
