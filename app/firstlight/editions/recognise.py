"""Says what a pasted text is the address of: the editions it may be, best first, with everything that was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from firstlight.editions import EDITIONS, Edition
from firstlight.editions.address import Address, split_address
from firstlight.editions.common import problem
from firstlight.editions.edition import GUESS, Match
from firstlight.editions.given import Given
from firstlight.editions.pasted import Pasted, take_apart
from firstlight.model.request import Request
from firstlight.texts import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing that an address may be."""

    edition: Edition
    match: Match
    address: Address

    def values(self) -> dict[str, str]:
        """Return what the form of the edition begins with."""
        return {name: found.value for name, found in self.match.parts.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What a pasted text says."""

    candidates: tuple[Candidate, ...] = ()
    """Best first; empty: there is no address in the text."""
    asks: bool = False
    """Only the person knows which of the first two candidates it is."""
    further: tuple[Candidate, ...] = ()
    """The best candidates of further addresses in the text: other channels of the service."""
    given: tuple[Given, ...] = ()
    request: Request | None = None
    """What a cURL command sends."""
    remarks: tuple[Phrase, ...] = ()
    """What was not understood, and what to do about it."""

    @property
    def best(self) -> Candidate | None:
        """The first candidate; None: there is none."""
        return self.candidates[0] if self.candidates else None


def recognise(text: str) -> Recognition:
    """Return what a text says. Nothing in it is an error: at worst it is the address of another service."""
    pasted = take_apart(text)
    kinds = frozenset(given.kind for given in pasted.given)
    all_of_them = sorted((candidates(address, kinds) for address in pasted.addresses), key=_surest)
    found = next(iter(all_of_them), ())
    given = tuple(_settled(entry, found[0].edition) for entry in pasted.given) if found else pasted.given
    return Recognition(
        candidates=found,
        asks=_are_twins(found),
        further=tuple(others[0] for others in all_of_them[1:] if others and others[0].match.sure > GUESS),
        given=given,
        request=pasted.request,
        remarks=tuple(_remarks(text, pasted, found)),
    )


def candidates(text: str, kinds: frozenset[str] = frozenset()) -> tuple[Candidate, ...]:
    """Return what one address may be, best first; `kinds` are the ways to sign in that came with it."""
    address = split_address(text)
    read = [(entry, entry.read(address)) for entry in EDITIONS]
    found = [Candidate(edition=entry, match=match, address=address) for entry, match in read if match is not None]
    found.sort(key=lambda candidate: -candidate.match.sure)
    if _are_twins(tuple(found)) and kinds:
        decided = [one for one in found[:2] if kinds & set(one.edition.credentials)]
        if len(decided) == 1:
            return (decided[0], *(one for one in found[2:]))
    return tuple(found)


def read_as(edition: Edition, text: str) -> Match | None:
    """Return what an edition reads in an address; None: nothing."""
    return edition.read(split_address(text))


def _surest(found: tuple[Candidate, ...]) -> int:
    return -found[0].match.sure if found else 0


def _are_twins(found: tuple[Candidate, ...]) -> bool:
    if len(found) < 2:
        return False
    first, second = found[:2]
    return first.match.sure == second.match.sure and first.edition.twin == second.edition.kind


def _settled(given: Given, edition: Edition) -> Given:
    """Give a token of which nobody said what it is the kind that is usual for the service."""
    if given.kind != "token":
        return given
    token = given.values["token"]
    usual = next((kind for kind in edition.credentials if kind in _TOKEN_FIELDS), "bearer")
    if usual == "huawei-iam":
        usual = "x-auth-token"
    return Given(kind=usual, values={_TOKEN_FIELDS[usual]: token}, why=given.why)


_TOKEN_FIELDS = {
    "huawei-iam": "token",
    "x-auth-token": "token",
    "appcode": "appcode",
    "bearer": "token",
    "eas-token": "token",
}
"""Kinds whose credential is one text, and the field it belongs into."""


def _remarks(text: str, pasted: Pasted, found: tuple[Candidate, ...]) -> Iterable[Phrase]:
    if not text.strip():
        return
    if not pasted.addresses:
        yield Phrase("There is no address in this text. Paste the URL that the console shows, or choose a kind below.")
    elif not found:
        yield Phrase("Nothing is known of an address like this. Choose below what it is.")
    elif found[0].match.sure == GUESS:
        yield Phrase("No service that is known has an address like this: check what is chosen below.")
    if pasted.request is not None and not pasted.request.settings.verify_tls:
        yield Phrase(
            "The command does not verify the certificate (-k): the channel will not either. The next step shows it."
        )
    if pasted.shortened:
        yield Phrase("The credential in the text is shortened (***): copy the whole one from the console.")
    if found:
        for part in found[0].edition.parts:
            fact = found[0].match.parts.get(part.name)
            if fact and fact.value and (wrong := problem(part, fact.value)):
                yield Phrase(wrong)
