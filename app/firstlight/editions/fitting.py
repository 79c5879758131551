"""Whether a channel's address takes the credential that was chosen for it: the traps stay visible after the wizard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from firstlight.editions.edition import GUESS, Edition
from firstlight.editions.recognise import candidates
from firstlight.model.request import FROM_SERVICE, Request
from firstlight.model.route import channel_of, credential_name, joined
from firstlight.model.service import Channel, Service, named
from firstlight.texts import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What is to be said of an address and its credential."""

    misfit: Phrase | None = None
    """Why the address refuses the credential, and what to do; None: nothing is known against it."""
    note: str = ""
    """Which of two addresses that look the same (ModelArts) it has to be; marked for translation."""


def fit(channel: Channel, service: Service, requests: Iterable[Request] = ()) -> Fit:
    """Return what is known of a channel's address and the credential that is chosen for it.

    An address may be no more than a host (Pangu): then the paths of the service's `requests` tell.
    """
    chosen = named(service.credentials, channel.credential)
    kind = chosen.authorization.kind if chosen else ""
    likely = _likely(channel.url)
    takers = [one for one in likely if kind in one.credentials]
    if takers or not kind:
        return Fit(note=takers[0].note if takers and len(likely) > 1 else "")
    if why := _refusal(likely, kind):
        return Fit(misfit=Phrase("This address does not take it. {why}", why=Phrase(why)))
    for request in requests:
        if not _goes_there(request, channel, service):
            continue
        likely = _likely(joined(channel.url, request.url))
        if not any(kind in one.credentials for one in likely) and (why := _refusal(likely, kind)):
            return Fit(misfit=Phrase("“{request}” is refused with it. {why}", request=request.name, why=Phrase(why)))
    return Fit()


def _goes_there(request: Request, channel: Channel, service: Service) -> bool:
    """Tell whether a request goes over the channel, and with its credential, unless others are picked."""
    signs = request.authorization.kind == FROM_SERVICE.kind and credential_name(request, channel) == channel.credential
    return signs and channel_of(request, service) == channel


def _refusal(likely: Iterable[Edition], kind: str) -> str:
    """Return why an address does not take a kind of credential, marked for translation; empty: nothing is known."""
    return next((note.why for one in likely for note in one.not_offered if kind in note.kinds), "")


def _likely(address: str) -> list[Edition]:
    """Return what the address is: two where only the person knows, none where it could be anything."""
    found = candidates(address)
    if not found or found[0].match.sure == GUESS:
        return []
    twin = found[0].edition.twin
    return [one.edition for one in found[:2] if one is found[0] or one.edition.kind == twin]
