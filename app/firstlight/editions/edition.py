"""The shape of an edition: one way in which a vendor's service is addressed, signed in to and first tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from firstlight.editions.address import Address
from firstlight.texts import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One piece of an address that differs from service to service; an input of the form."""

    name: str
    label: str
    """Marked for translation."""
    help: str = ""
    """Where the console shows it; marked for translation."""
    placeholder: str = ""
    default: str = ""
    optional: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label) pairs; the first is the default."""
    pattern: re.Pattern[str] | None = None
    """What the whole value must look like."""
    expected: str = ""
    """What it must look like, in words; marked for translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value that was read somewhere, and where."""

    value: str
    why: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that an address says although nobody has to fill it in: its region, the account."""

    name: str
    """`region`, `project`…: what a credential may be filled in with."""
    label: str
    """Marked for translation."""
    value: str
    why: Phrase


GUESS, SHAPE, HOST = 1, 2, 3
"""How sure a Match is: it could be so; the path has this shape; the vendor's own host name says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What an edition reads in an address."""

    sure: int
    """GUESS, SHAPE or HOST."""
    parts: Mapping[str, Found]
    told: tuple[Told, ...] = ()
    warnings: tuple[Phrase, ...] = ()
    """What would go wrong with this address, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a service is: the address of its Channel, and the path of its first Request behind it."""

    url: str
    path: str = ""
    connect_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOffered:
    """A way to sign in that somebody might look for here."""

    kinds: tuple[str, ...]
    """Of METHODS."""
    label: str
    """What it is called; marked for translation."""
    why: str
    """Why it does not work here and where it does; marked for translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One line of EDITIONS."""

    kind: str
    vendor: str
    """One of `model.vendors.VENDORS`."""
    label: str
    """Marked for translation."""
    note: str = ""
    """How to tell it from others and what to know of it; marked for translation."""
    parts: tuple[Part, ...]
    read: Callable[[Address], Match | None]
    """Take an address apart; None: it is none of this edition."""
    build: Callable[[Mapping[str, str]], Place]
    """Put an address together from the values of `parts`, each of which is right. The inverse of `read`."""
    channel: str = "public"
    """One of `model.channels.CHANNEL_KINDS`."""
    channel_name: str = ""
    """What the Channel is called at first, marked for translation; empty: as its kind."""
    credentials: tuple[str, ...]
    """Kinds of METHODS that work here, the usual one first."""
    not_offered: tuple[NotOffered, ...] = ()
    starts: tuple[str, ...] = ("json", "file", "chat")
    """The kinds of first request that make sense, the usual one first."""
    twin: str = ""
    """The edition whose addresses look the same: which of the two it is only the person knows."""
    reads_as: str = ""
    """The edition that reads what stands in its addresses, where nothing in one says that it is this."""
    more: tuple[str, ...] = field(default=())
    """Editions that are further channels of the same service."""
