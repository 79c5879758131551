"""Where authorization methods put their credential, and how a pasted one is cleaned. Pure."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from firstlight.model.prepared import PreparedRequest


def one_line(text: str) -> str:
    """Remove line breaks and the blanks around: what copying from a console or a mail adds to a credential."""
    return "".join(text.splitlines()).strip()


def without_blanks(text: str) -> str:
    """Remove every blank and line break. For tokens whose alphabet has none (VENDORS §1.2)."""
    return "".join(text.split())


def with_header(request: PreparedRequest, name: str, value: str, *secrets: str) -> PreparedRequest:
    """Return `request` with this header last. As in Postman the authorization wins over a row of the same name."""
    kept = tuple((key, old) for key, old in request.headers if key.lower() != name.lower())
    return replace(request, headers=(*kept, (name, value)), secrets=request.secrets.union(secrets))


def with_query(request: PreparedRequest, name: str, value: str) -> PreparedRequest:
    """Return `request` with this query parameter last, in place of one of the same name.

    Unlike a typed URL a credential is data: whatever it contains arrives unchanged, so `&`, `+` and `%` are encoded.
    """
    encoded = quote(name, safe="", errors="surrogatepass")
    base, question, query = request.url.partition("?")
    pieces = [piece for piece in query.split("&") if piece.partition("=")[0] not in (name, encoded)] if question else []
    pieces = [piece for piece in pieces if piece]
    pieces.append(f"{encoded}={quote(value, safe='', errors='surrogatepass')}")
    return replace(request, url=f"{base}?{'&'.join(pieces)}", secrets=request.secrets | {value})


def header(request: PreparedRequest, name: str) -> str:
    """Return the first value of a header, or an empty string."""
    return next((value for key, value in request.headers if key.lower() == name.lower()), "")
