"""CHANNEL_KINDS: the kinds of address a Service can have, and what is usual for each."""

from __future__ import annotations

from dataclasses import dataclass

from firstlight.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelKind:
    """One line of the table."""

    kind: str
    """The word in files: never changes."""
    label: str
    """Marked for translation."""
    hint: str
    """What a person must know of it; marked for translation."""
    gateway: bool = True
    """The vendor's gateway stands before the model, with its limits."""
    takes_credentials: bool = True
    """It is usual to sign in. Where nobody checks a token, sending one only gives it away."""


CHANNEL_KINDS = (
    ChannelKind(kind="public", label=N_("Public"), hint=N_("Over the internet, through the vendor's gateway.")),
    ChannelKind(
        kind="vpc", label=N_("VPC"), hint=N_("From within the same region's private network, through the gateway.")
    ),
    ChannelKind(
        kind="vpc-endpoint",
        label=N_("VPC endpoint"),
        hint=N_("The public address, reached at a private one: fill in “Connect to”. Host and TLS name stay."),
    ),
    ChannelKind(
        kind="vpc-direct",
        label=N_("VPC high-speed"),
        hint=N_("Straight to the instance. Nobody checks credentials there: a token that is sent is only given away."),
        gateway=False,
        takes_credentials=False,
    ),
    ChannelKind(
        kind="dedicated-gateway",
        label=N_("Dedicated gateway"),
        hint=N_("A gateway of your own, with limits of its own."),
    ),
    ChannelKind(
        kind="edge-load-balancer",
        label=N_("Edge load balancer"),
        hint=N_("The load balancer before the edge nodes, usually plain http: no credential by default."),
        gateway=False,
        takes_credentials=False,
    ),
    ChannelKind(
        kind="edge-node",
        label=N_("Edge node"),
        hint=N_("One edge node by its address, usually plain http: no credential by default."),
        gateway=False,
        takes_credentials=False,
    ),
    ChannelKind(kind="custom", label=N_("Custom"), hint=N_("Any other address."), gateway=False),
)


def channel_kind(kind: str) -> ChannelKind:
    """Return the entry of this kind; one that a newer version wrote is taken as custom."""
    return next((entry for entry in CHANNEL_KINDS if entry.kind == kind), CHANNEL_KINDS[-1])
