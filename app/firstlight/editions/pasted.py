"""Finds addresses and credentials in whatever was pasted: a cURL command, JSON, labelled lines, code, one address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from firstlight.editions.given import NAMES, Given, from_rows, is_shortened, plain
from firstlight.formats.curl import looks_like_curl, parse_curl
from firstlight.model.request import Authorization, Request
from firstlight.model.urls import full_url
from firstlight.texts import Phrase

_URL = re.compile(r"(?:https?|wss?)://[^\s\"'<>`，。；、（）|\\]+", re.IGNORECASE)
_PATH = re.compile(r"(?<![\w:./}-])/(?:v\d|api)/[^\s\"'<>`，。；、（）|\\]+")
_HOST_ONLY = re.compile(
    r"(?:\{\{[^{}]+\}\}|localhost|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|\[[0-9A-Fa-f:]+\])(?::\d+)?(?:/\S*)?"
)
_ROW = re.compile(
    r"(?<![\w-])[\"'<]?(?P<name>(?:(?:api|app|access|secret|auth) ){0,2}[A-Za-z][A-Za-z_-]{0,30})[\"'>]?"
    r"[ \t]*[:：=][ \t]*[\"']?"
    r"(?P<value>(?:bearer[ \t]+)?[^\s\"',;{}]+)",
    re.IGNORECASE,
)
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
"""Full-width forms of ASCII."""
_WRAPPED = re.compile(r"[A-Za-z0-9+/=_-]{40,}\Z")
_GOES_ON = re.compile(r"[A-Za-z0-9+/=_-]+")
_MOST_CHARACTERS = 400_000
"""A pasted text longer than this is no address; a token of 100,000 characters is well within it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What was found in a text."""

    addresses: tuple[str, ...] = ()
    """In the order of the text, each once."""
    given: tuple[Given, ...] = ()
    request: Request | None = None
    """The request of a cURL command."""
    shortened: bool = False
    """A credential stands in the text, but a manual or a console hid a part of it."""


def take_apart(text: str) -> Pasted:
    """Return what is in a text; nothing in it is an error."""
    text = text[:_MOST_CHARACTERS].strip()
    if looks_like_curl(text):
        return _from_command(parse_curl(text).requests[0])
    if text.startswith(("{", "[")):
        try:
            return _from_json(json.loads(text))
        except (ValueError, RecursionError):
            return _from_text(text)
    found = _from_text(text)
    return found if found.addresses else _from_text(text.translate(_NARROW))  # https：// is typed with an input method


def _from_command(request: Request) -> Pasted:
    rows = [(row.name, row.value) for row in request.headers if row.enabled]
    shown = [value for value in request.authorization.values.values() if is_shortened(value)]
    given = from_rows(rows)
    if request.authorization.kind != "none" and not shown:
        given = (_of_command(request.authorization), *given)
    shortened = bool(shown) or _is_hidden(rows)
    url = full_url(request)
    return Pasted(addresses=(url,) if url else (), given=given, request=request, shortened=shortened)


def _of_command(authorization: Authorization) -> Given:
    kind, values = authorization.kind, authorization.values
    if kind == "apikey" and values.get("key", "").lower() == "apikey":  # APIG's own header has a method of its own
        kind, values = "app-key", {"app_key": values.get("value", "")}
    return Given(kind=kind, values=values, why=Phrase("The command sends it."))


def _from_json(value: object) -> Pasted:
    pairs = list(_pairs("", value))
    found = [text.strip() for _, text in pairs for text in _URL.findall(text) or _PATH.findall(text)]
    return Pasted(addresses=_each_once(found), given=from_rows(pairs), shortened=_is_hidden(pairs))


def _pairs(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield every text of a JSON value with the key it stands under."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _pairs(key, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pairs(name, inner)


def _unwrapped(text: str) -> str:
    """Put together what consoles and mails break: a long token over several lines, a value below its name."""
    lines: list[str] = []
    for line in map(str.strip, text.splitlines()):
        before = lines[-1] if lines else ""
        if (
            _WRAPPED.search(before)
            and not _URL.search(before)
            and not _PATH.search(before)
            and _GOES_ON.fullmatch(line)
        ):
            lines[-1] += line
        elif plain(before) in NAMES and re.fullmatch(r"[\w-]+[ \t]*[:：]?", before) and re.fullmatch(r"\S+", line):
            lines[-1] = f"{before.rstrip(' :：')}: {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _from_text(text: str) -> Pasted:
    text = _unwrapped(text)
    addresses = _each_once([*_URL.findall(text), *_PATH.findall(_URL.sub(" ", text))])
    rows = [(found["name"], found["value"]) for found in _ROW.finditer(_URL.sub(" ", text))]
    rows = [(name, value) for name, value in rows if plain(name) in NAMES]
    given = from_rows(rows)
    words = text.split()
    if not addresses and words and _HOST_ONLY.fullmatch(words[0]):
        addresses = (words[0],)
    if not given and not rows and addresses and (rest := _word_beside(text, addresses)):
        why = Phrase("It stood alone beside the address.")
        given = (Given(kind="token", values={"token": rest}, why=why),) if not is_shortened(rest) else ()
    return Pasted(addresses=addresses, given=given, shortened=_is_hidden(rows))


def _word_beside(text: str, addresses: tuple[str, ...]) -> str:
    """Return the one word that a text has beside its addresses; empty: there is none, or a whole sentence."""
    for address in addresses:
        text = text.replace(address, " ")
    words = text.split()
    return words[0] if len(words) == 1 and len(words[0]) >= 8 else ""


def _is_hidden(rows: list[tuple[str, str]]) -> bool:
    return any(plain(name) in NAMES and is_shortened(value) for name, value in rows)


def _each_once(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.rstrip(".,;:!?)]}") if "{{" not in text else text for text in found))
