"""What a stranger who looks at the screen must not read: secrets, hosts, projects, services, accounts. Pure.

Errs on the side of hiding: a version number that looks like an address is covered, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from firstlight.model.secrets import MASK, SECRET_HEADERS, SECRET_PARAMS

Spans: TypeAlias = list[tuple[int, int]]

MOST_CHARACTERS = 20_000
"""A longer line is hidden whole when it is too long to be looked through."""
_TOP = "com|cn|net|org|io|ai|eu|dev|cloud|app|test|example|internal|local|lan|corp|localhost"
_KEYS = (
    "password|passcode|secret|token|api_?key|apikey|sk|ak|access|account|appcode|app_?key|app_?secret"
    "|user_?name|username|user|domain_?name|domain_?id|user_?id|project_?id|project|security_?token|credential"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE if ignore else 0)
    for pattern, ignore in (
        (r"(?<=://)(?:[^\s/@\"'<>]*@)?(?P<it>[^\s/?#\"'<>\\{}`)\]•]+(?:\][^\s/?#\"'<>\\{}`)]*)?)", False),
        (r"(?<=://)(?P<it>[^\s/@\"'<>{}•]+)@", False),
        (r"(?<![\w.])(?P<it>\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?)(?![\w.])", False),
        (r"(?P<it>\[[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*\](?::\d+)?|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]+)", True),
        (r"(?<![\w.])(?P<it>localhost(?::\d+)?)(?!\w)", True),
        (rf"(?<![\w.@/-])(?P<it>(?:[a-z0-9](?:[\w-]*\w)?\.)+(?:{_TOP})(?::\d+)?)(?![\w-])", True),
        (r"(?<![\w.@/-])(?P<it>[a-z0-9][\w-]*(?:\.[a-z0-9][\w-]*){2,}\.[a-z]{2,6}(?::\d+)?)(?![\w-])", True),
        (r"(?P<it>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", False),
        (r"(?<![0-9a-f])(?P<it>[0-9a-f]{32,64})(?![0-9a-f])", True),
        (r"(?P<it>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", True),
        (r"(?<!\w)(?P<it>(?:MII|eyJ|sk-|hf_|ghp_)[\w+/=.\-]{8,})", False),
        (r"(?<![\w+/=-])(?P<it>(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Z])(?=[\w+/=-]*[a-z])[\w+/=-]{32,})", False),
        (r"(?<![A-Z0-9])(?P<it>(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{20})(?![A-Z0-9])", False),
        (r"(?<=/)(?:infers?|deployments|predict|services|projects|pools)/(?P<it>[^/?#\s\"'{}•]+)", False),
        (rf"[\"']?(?<![a-z])(?:{_KEYS})[\"']?\s*:\s*[\"'](?P<it>(?:[^\"'\\]|\\.)+)[\"']", True),
        (rf"[?&](?:{'|'.join(map(re.escape, sorted(SECRET_PARAMS)))})=(?P<it>[^&\s#\"'{{}}]+)", True),
        (rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(SECRET_HEADERS)))})[\"']?\s*[:=]\s*(?P<it>.+)", True),
    )
)
_IDENTIFYING = re.compile(
    r"host|url|endpoint|address|(?:^|_)ip(?:$|_)|project|account|user|domain|service|deployment|(?:^|_)id$|key|token"
    r"|appcode|secret|passw|passcode|(?:^|_)[as]k$",
    re.IGNORECASE,
)
_SHORTEST = 3
_LONGEST_ORDINARY = 10
_EDGES = frozenset("\"'=&@:,|") | {""}
_PLAIN_WORDS = frozenset(
    {"user", "assistant", "system", "password", "totp", "token", "default", "true", "false", "null"}
)
"""Values that stand under such names and tell nothing."""


def sensitive_spans(text: str, words: Iterable[str] = ()) -> Spans:
    """Return (start, end) of everything that has to be hidden in one line of text, merged, in order.

    `words` are values that are known: secrets, names of accounts, whatever no pattern finds.
    """
    if len(text) > MOST_CHARACTERS:
        return [(0, len(text))]
    found = [match.span("it") for pattern in _PATTERNS for match in pattern.finditer(text)]
    for word in words:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if not _is_ordinary(word) or _stands_alone(text, start, end):
                found.append((start, end))
            start = text.find(word, end)
    return _merged((start, end) for start, end in found if text[start:end].strip(" •\"'"))


def _is_ordinary(word: str) -> bool:
    """Tell whether a known value is a word as sentences have it: a password `wrong` must not blank out every wrong."""
    return len(word) <= _LONGEST_ORDINARY and word.isalpha()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether it stands there as a value: quoted, behind an equals sign, or all by itself."""
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
    return (before in _EDGES and after in _EDGES) if before or after else True


def _merged(found: Iterable[tuple[int, int]]) -> Spans:
    spans: Spans = []
    for start, end in sorted(found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def presentable(text: str, words: Iterable[str] = ()) -> str:
    """Return `text`, which may have several lines, with everything hidden that a stranger must not read."""
    words = tuple(words)
    return "\n".join(_line(line, words) for line in text.split("\n"))


def _line(line: str, words: tuple[str, ...]) -> str:
    for start, end in reversed(sensitive_spans(line, words)):
        line = f"{line[:start]}{MASK}{line[end:]}"
    return line


def is_identifying(name: str) -> bool:
    """Tell whether a variable or field of this name holds something that tells who or where."""
    return _IDENTIFYING.search(name) is not None


def telling_values(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts that stand under identifying names, at any depth: `user.name` and `scope.project.id` too."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            inner = {f"{name}_{key}" if is_identifying(name) else key: part for key, part in value.items()}
            yield from telling_values(inner)
        elif isinstance(value, list):
            yield from telling_values({f"{name}{number}": part for number, part in enumerate(value[:100])})
        elif isinstance(value, str) and is_identifying(name) and is_telling(value):
            yield value


def is_telling(value: str) -> bool:
    """Tell whether hiding this value wherever it stands hides something, and not half of the screen."""
    return len(value) >= _SHORTEST and value.lower() not in _PLAIN_WORDS and "{{" not in value and not value.isspace()
