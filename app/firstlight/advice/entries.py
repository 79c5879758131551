"""The entries of resources/explanations: read late, one file per vendor; the most specific one wins."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from firstlight.resources import resource_path

FOLDER = "explanations"
_CODE, _SAYS, _STATUS, _CLASS, _ANYTHING = 16, 8, 4, 2, 1
"""What a match is worth: a code says more than a piece of the message, that more than the status, that than 4xx."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One explanation. What is empty fits anything."""

    vendor: str
    codes: tuple[str, ...]
    """In lower case: error codes, or the types of errors."""
    statuses: tuple[str, ...]
    """`404`, or a class: `4xx`, `4xxx`."""
    says: tuple[str, ...]
    """In lower case: one of these pieces stands in the message of the service."""
    texts: Mapping[str, tuple[str, str]]
    """By language: meaning and remedy."""

    def worth(self, case: Case) -> int:
        """Return how closely it fits; 0: not at all."""
        worth = _ANYTHING
        if self.codes:
            if not any(code in self.codes for code in case.codes):
                return 0
            worth += _CODE
        if self.says:
            if not any(piece in case.message for piece in self.says):
                return 0
            worth += _SAYS
        if self.statuses:
            status = str(case.status)
            if status in self.statuses:
                return worth + _STATUS
            digit = f"{status[0]}{'x' * (len(status) - 1)}"
            return worth + _CLASS if digit in self.statuses else 0
        return worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What an entry is looked for. Codes and message in lower case."""

    status: int
    codes: tuple[str, ...] = ()
    message: str = ""


def find_entry(vendors: Iterable[str], case: Case) -> Entry | None:
    """Return the entry that fits most closely; among equals that of the earlier vendor."""
    best, most = None, 0
    for vendor in vendors:
        for entry in entries(vendor):
            worth = entry.worth(case)
            if worth > most:
                best, most = entry, worth
    return best


def comparable(code: str) -> str:
    """Return a code as entries hold it: the shared gateway's (`APIGW.0101`) are those of the other."""
    return re.sub(r"^apigw\.", "apig.", code.strip().lower())


@cache
def entries(vendor: str) -> tuple[Entry, ...]:
    """Return the entries of one file."""
    with resource_path(FOLDER, f"{vendor}.toml").open("rb") as file:
        rows = tomllib.load(file)["entry"]
    return tuple(_entry(vendor, row) for row in rows)


def _entry(vendor: str, row: Mapping[str, object]) -> Entry:
    texts = {name: (value[0], value[1]) for name, value in row.items() if name not in _KEYS and isinstance(value, list)}
    return Entry(
        vendor=vendor,
        codes=tuple(comparable(code) for code in _several(row.get("code"))),
        statuses=tuple(_several(row.get("status"))),
        says=tuple(piece.lower() for piece in _several(row.get("says"))),
        texts=texts,
    )


_KEYS = frozenset({"code", "status", "says"})


def _several(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (str(one) for one in value)
    elif value is not None:
        yield str(value)
