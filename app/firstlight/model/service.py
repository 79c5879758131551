"""A Service: a deployed model with the addresses it is reached at and the ways to sign in, as its file keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from firstlight.model.request import Authorization, Header

NO_CREDENTIAL = "none"
"""What a Request says instead of a Credential's name to be sent without any. No Credential may be called so."""


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Thing = TypeVar("Thing", bound=_Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the service's gateway takes. None: as usual for its vendor; 0: no limit is known."""

    body_bytes: int | None = None
    """The largest body of a request."""
    time_s: float | None = None
    """The longest time until the answer."""
    one_file: bool | None = None
    """True: one file per request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One access address of a Service."""

    name: str
    kind: str = "public"
    """One of `model.channels.CHANNEL_KINDS`."""
    url: str = ""
    """The address that every path of the service begins with."""
    connect_to: str = ""
    """`address` or `address:port`: the connection goes there; Host and the name that TLS checks stay the URL's."""
    verify_tls: bool = True
    ca_file: str = ""
    """As in RequestSettings."""
    credential: str = ""
    """Name of the Credential that is used here unless another one is chosen; empty: none."""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One named way to authorise against a Service."""

    name: str
    authorization: Authorization = field(default_factory=Authorization)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A deployed model."""

    name: str = ""
    vendor: str = "other"
    """One of `model.vendors.VENDORS`."""
    channels: tuple[Channel, ...] = ()
    """The first one is used unless another one is chosen."""
    credentials: tuple[Credential, ...] = ()
    headers: tuple[Header, ...] = ()
    """Sent with every request; a row of the same name in the request wins."""
    limits: Limits = field(default_factory=Limits)
    description: str = ""
    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """Keys of the file that this version does not know; they survive a load and a save."""


def named(things: tuple[Thing, ...], name: str) -> Thing | None:
    """Return the one called `name`; upper and lower case are the same where nothing is spelled exactly so."""
    exact = next((thing for thing in things if thing.name == name), None)
    return exact or next((thing for thing in things if thing.name.casefold() == name.casefold()), None)
