"""A service that is being put together: its channels and credentials as filled in, and what becomes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from firstlight.editions import edition
from firstlight.editions.address import split_address
from firstlight.editions.common import problem
from firstlight.editions.eas import public_origin, vpc_origin
from firstlight.editions.edition import Edition, Match, Place
from firstlight.editions.recognise import Candidate, read_as
from firstlight.model.channels import channel_kind
from firstlight.model.request import Authorization, Request
from firstlight.model.service import Channel, Credential, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Where the connection goes beside what the address says, and whose certificate is taken."""

    connect_to: str = ""
    verify_tls: bool = True
    ca_file: str = ""
    """All three as in a Channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDraft:
    """One address, by its parts."""

    name: str
    edition: Edition
    values: Mapping[str, str]
    trust: Trust = Trust()

    def problems(self) -> dict[str, str]:
        """Return what is wrong with the parts by name, marked for translation; empty: it can be built."""
        found = {
            part.name: problem(part, self.values.get(part.name, "") or part.default) for part in self.edition.parts
        }
        return {name: text for name, text in found.items() if text}

    def place(self) -> Place:
        """Return where it is. Its parts have no problems."""
        defaults = {part.name: part.default for part in self.edition.parts}
        return self.edition.build(defaults | {name: value for name, value in self.values.items() if value.strip()})

    def asks_for_trust(self) -> bool:
        """Tell whether its certificate may be one that no computer trusts: no vendor's gateway stands before it."""
        if self.problems() or not self.place().url.startswith(("https://", "wss://", "{{")):
            return False
        own = not channel_kind(self.edition.channel).gateway or split_address(self.place().url).is_ip
        return own or not self.trust.verify_tls or bool(self.trust.ca_file)

    def match(self) -> Match | None:
        """Return what the built address says of itself; None: nothing."""
        place = self.place()
        reader = edition(self.edition.reads_as) if self.edition.reads_as else self.edition
        return read_as(reader, place.url + place.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialDraft:
    """One way to sign in."""

    name: str
    kind: str
    """Of METHODS."""
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything that was filled in."""

    name: str
    channels: tuple[ChannelDraft, ...]
    credentials: tuple[CredentialDraft, ...] = ()


def trust_of(command: Request | None) -> Trust:
    """Return what a pasted command says of the connection: -k, --cacert, --connect-to."""
    if command is None:
        return Trust()
    settings = command.settings
    return Trust(connect_to=settings.connect_to, verify_tls=settings.verify_tls, ca_file=settings.ca_file)


def further_channels(first: ChannelDraft, further: Iterable[Candidate]) -> tuple[ChannelDraft, ...]:
    """Return the other addresses of a text as channels.

    One that looks the same as the first is its twin: the console shows one URL for each of the two ways to sign in.
    """
    twin = first.edition.twin
    kinds = ((edition(twin) if twin and one.edition is first.edition else one.edition, one) for one in further)
    return tuple(ChannelDraft(name=channel_label(kind), edition=kind, values=one.values()) for kind, one in kinds)


def service_of(draft: Draft) -> Service:
    """Return the service. A channel gets the first credential that its address takes, or none where none belongs."""
    return Service(
        name=draft.name,
        vendor=draft.channels[0].edition.vendor,
        channels=tuple(_channel(channel, draft.credentials) for channel in draft.channels),
        credentials=tuple(
            Credential(name=entry.name, authorization=Authorization(kind=entry.kind, values=dict(entry.values)))
            for entry in draft.credentials
        ),
    )


def _channel(channel: ChannelDraft, credentials: tuple[CredentialDraft, ...]) -> Channel:
    place = channel.place()
    return Channel(
        name=channel.name,
        kind=channel.edition.channel,
        url=place.url,
        connect_to=place.connect_to or channel.trust.connect_to,
        verify_tls=channel.trust.verify_tls,
        ca_file=channel.trust.ca_file,
        credential=usual_credential(channel.edition, credentials),
    )


def usual_credential(edition: Edition, credentials: tuple[CredentialDraft, ...]) -> str:
    """Return the name of the credential that signs on a channel unless another is chosen; empty: none.

    Where nobody checks a token, one that is sent is only given away.
    """
    if not channel_kind(edition.channel).takes_credentials:
        return ""
    return next((entry.name for entry in credentials if entry.kind in edition.credentials), "")


def carried(source: ChannelDraft, target: Edition) -> dict[str, str]:
    """Return what the form of a further channel begins with: what it shares with the one before."""
    names = {part.name for part in target.parts}
    values = {name: value for name, value in source.values.items() if name in names and name not in {"origin", "base"}}
    place = source.place()
    if target.channel == "vpc-endpoint":
        values["origin"] = source.values.get("origin", "")
    elif "inference_url" in names:
        values["inference_url"] = place.path
    elif target.channel == "vpc-direct":
        values["path"] = place.path
    elif target.kind in {"eas-vpc", "eas-gateway-vpc"}:
        values["origin"] = vpc_origin(source.values.get("origin", ""))
    elif target.kind in {"eas", "eas-gateway"}:
        values["origin"] = public_origin(source.values.get("origin", ""))
    return values


def suggested_name(edition: Edition, values: Mapping[str, str]) -> str:
    """Return what a service is called at first, where its address names it; else empty."""
    name = next((values[part] for part in ("service", "model", "deployment_id") if values.get(part)), "")
    return name or values.get("service_id", "")[:8]


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return `wanted`, with a number behind it where that name is taken."""
    name, number = wanted, 1
    known = {entry.casefold() for entry in taken}
    while name.casefold() in known:
        number += 1
        name = f"{wanted} {number}"
    return name


def channel_label(edition: Edition) -> str:
    """Return what a channel of this edition is called at first, marked for translation."""
    return edition.channel_name or channel_kind(edition.channel).label
