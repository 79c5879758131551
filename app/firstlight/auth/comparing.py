"""Compares what we signed with what somebody else signed: the gateway, from its log, or another tool. Pure.

Huawei's manual finds the reason of a refused signature in this way, line by line ("Common Errors Related to IAM
Authentication Information" of API Gateway).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from firstlight.texts import Phrase

_LOGGED = re.compile(r"canonicalRequest:(.*?)(?:, client: .*)?$", re.DOTALL)
"""As the log of Huawei's gateway writes it."""
_ALGORITHM = re.compile(r"(?:SDK|V11|AWS4)-HMAC-SHA256$")


NOTHING = Phrase()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One part that is not the same."""

    part: Phrase
    ours: str
    theirs: str
    hint: Phrase = NOTHING
    """What usually makes that difference."""


@dataclass(frozen=True, slots=True)
class _Canonical:
    method: str
    path: str
    query: str
    headers: dict[str, str]
    names: str
    payload: str


def pasted(text: str) -> str:
    """Return the canonical request or the string to sign within what was copied from a log or a debugger."""
    text = text.replace("\r\n", "\n").replace("\\n", "\n")
    if found := _LOGGED.search(text):
        text = found[1]
    if "\n" not in text.strip() and text.count("|") >= 5:
        text = text.replace("|", "\n")
    lines = [line.strip() for line in text.strip("\n").split("\n")]
    return "\n".join(lines).strip()


def compare(canonical: str, to_sign: str, theirs: str) -> list[Difference] | None:
    """Return in what `theirs` differs, in order; empty: in nothing. None: it is neither of the two texts."""
    text = pasted(theirs)
    if _ALGORITHM.match(text.partition("\n")[0]):
        return list(_steps(to_sign.split("\n"), text.split("\n")))
    ours, other = _read(canonical), _read(text)
    if ours is None or other is None:
        return None
    return list(_differences(ours, other))


def _read(text: str) -> _Canonical | None:
    lines = text.split("\n")
    if len(lines) < 6:
        return None
    method, path, query, *headers, names, payload = lines
    pairs = (line.partition(":") for line in headers if line)
    if not path.startswith("/"):
        return None
    return _Canonical(method, path, query, {name: value for name, _, value in pairs}, names, payload)


def _differences(ours: _Canonical, theirs: _Canonical) -> Iterator[Difference]:
    if ours.method != theirs.method:
        yield Difference(
            part=Phrase("Method"),
            ours=ours.method,
            theirs=theirs.method,
            hint=Phrase("Something on the way sends the request with another method, such as a redirect."),
        )
    if ours.path != theirs.path:
        yield Difference(
            part=Phrase("Path"),
            ours=ours.path,
            theirs=theirs.path,
            hint=Phrase("A gateway or proxy rewrites the path: sign the path that arrives."),
        )
    if ours.query != theirs.query:
        yield Difference(
            part=Phrase("Parameters"),
            ours=ours.query,
            theirs=theirs.query,
            hint=Phrase("Blanks, plus signs and the like were encoded in another way, or a parameter was added."),
        )
    yield from _headers(ours, theirs)
    if ours.payload != theirs.payload:
        yield Difference(
            part=Phrase("Body"),
            ours=ours.payload,
            theirs=theirs.payload,
            hint=Phrase("The body arrived changed, or one side leaves it out of the signature (UNSIGNED-PAYLOAD)."),
        )


def _headers(ours: _Canonical, theirs: _Canonical) -> Iterator[Difference]:
    for name in dict.fromkeys((*ours.headers, *theirs.headers)):
        mine, other = ours.headers.get(name, ""), theirs.headers.get(name, "")
        if mine != other:
            yield Difference(part=Phrase("Header {name}", name=name), ours=mine, theirs=other, hint=_header_hint(name))
    if ours.names != theirs.names and set(ours.headers) == set(theirs.headers):
        yield Difference(part=Phrase("Signed headers"), ours=ours.names, theirs=theirs.names)


def _header_hint(name: str) -> Phrase:
    match name:
        case "host":
            return Phrase("A proxy puts another host in: sign the name that the gateway sees.")
        case "x-sdk-date" | "x-amz-date":
            return Phrase("These are two different sendings: compare those of the same moment.")
        case _:
            return Phrase("A proxy changes this header, or only one side signs it.")


def _steps(ours: list[str], theirs: list[str]) -> Iterator[Difference]:
    names = [Phrase("Algorithm"), Phrase("Date"), Phrase("Hash of the canonical request")]
    if len(ours) == 4:
        names.insert(2, Phrase("Region and service"))
    for place, part in enumerate(names):
        mine, other = ours[place] if place < len(ours) else "", theirs[place] if place < len(theirs) else ""
        if mine != other:
            last = place == len(names) - 1
            hint = Phrase("The canonical requests differ: compare those.") if last else NOTHING
            yield Difference(part=part, ours=mine, theirs=other, hint=hint)
