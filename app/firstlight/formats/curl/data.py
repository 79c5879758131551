"""-d and its kin: what curl makes of their arguments (curl.1, "--data" to "--json")."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

from firstlight.formats.curl.draft import Data, Draft
from firstlight.texts import N_

_REFERENCE = re.compile(r"(\{\{[^{}]+\}\})")


def add_data(draft: Draft, text: str) -> None:
    """Take -d, --data, --data-ascii: `@file` is read without its line breaks."""
    if text.startswith("@"):
        draft.note(N_("-d @file takes the line breaks out of a file; the file is sent as it is."))
    add_binary(draft, text)


def add_binary(draft: Draft, text: str) -> None:
    """Take --data-binary: `@file` is sent as it is."""
    if text == "@-":
        draft.note(N_("Data from standard input is not taken over."))
    else:
        draft.data.append(Data(path=text[1:]) if text.startswith("@") else Data(text=text))


def add_raw(draft: Draft, text: str) -> None:
    """Take --data-raw: an @ is a letter like others."""
    draft.data.append(Data(text=text))


def add_json(draft: Draft, text: str) -> None:
    """Take --json: several are one text, without & between them."""
    for name in ("Content-Type", "Accept"):
        draft.implied.setdefault(name, "application/json")
    before = draft.data.pop() if draft.data and not draft.data[-1].path and not text.startswith("@") else None
    add_binary(draft, text if before is None else before.text + text)


def add_encoded(draft: Draft, text: str) -> None:
    """Take --data-urlencode."""
    encoded = _encoded(draft, "--data-urlencode", text)
    if encoded is not None:
        draft.data.append(Data(text=encoded))


def add_query(draft: Draft, text: str) -> None:
    """Take --url-query: like --data-urlencode; a + in front means that nothing is encoded."""
    encoded = text[1:] if text.startswith("+") else _encoded(draft, "--url-query", text)
    if encoded is not None:
        draft.query.append(encoded)


def _encoded(draft: Draft, option: str, text: str) -> str | None:
    """Return one of the five forms encoded: `text`, `=text`, `name=text`, `@file`, `name@file`."""
    name, equals, value = text.partition("=")
    if "@" in name or (not equals and "@" in text):
        draft.note(N_("{option} with a file is not taken over: its content would have to be encoded."), option=option)
        return None
    if not equals:
        return _escaped(text)
    return f"{name}={_escaped(value)}" if name else _escaped(value)


def _escaped(text: str) -> str:
    """Encode as curl does, with a + for a blank; references to variables stay."""
    pieces = _REFERENCE.split(text)
    return "".join(piece if n % 2 else quote_plus(piece, safe="") for n, piece in enumerate(pieces))
