"""Whether a channel's address takes the credential that was chosen for it: the traps stay visible after the wizard."""

from __future__ import annotations

from dataclasses import dataclass

from firstlight.editions.edition import GUESS, Edition
from firstlight.editions.recognise import candidates
from firstlight.model.service import Channel, Credential, named
from firstlight.texts import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What is to be said of an address and its credential."""

    misfit: Phrase | None = None
    """Why the address refuses the credential, and what to do; None: nothing is known against it."""
    note: str = ""
    """Which of two addresses that look the same (ModelArts) it has to be; marked for translation."""


def fit(channel: Channel, credentials: tuple[Credential, ...]) -> Fit:
    """Return what is known of a channel's address and the credential that is chosen for it."""
    chosen, likely = named(credentials, channel.credential), _likely(channel)
    kind = chosen.authorization.kind if chosen else ""
    takers = [one for one in likely if kind in one.credentials]
    if takers or not kind:
        return Fit(note=takers[0].note if takers and len(likely) > 1 else "")
    notes = (note for one in likely for note in one.not_offered if kind in note.kinds)
    note = next(notes, None)
    return Fit(misfit=Phrase("This address does not take it. {why}", why=Phrase(note.why))) if note else Fit()


def _likely(channel: Channel) -> list[Edition]:
    """Return what the address is: two where only the person knows, none where it could be anything."""
    found = candidates(channel.url)
    if not found or found[0].match.sure == GUESS:
        return []
    twin = found[0].edition.twin
    return [one.edition for one in found[:2] if one is found[0] or one.edition.kind == twin]
