"""The ways that lead to a Service: each Channel with each Credential that it makes sense to send there. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from firstlight.model.channels import channel_kind
from firstlight.model.request import Request
from firstlight.model.route import Choice, chosen
from firstlight.model.service import NO_CREDENTIAL, Channel, Credential, Service, named


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One Channel with one Credential."""

    channel: Channel
    credential: Credential | None
    """None: nothing signs."""
    usual: bool
    """It is what a request goes with on this channel unless another credential is picked."""

    def of(self, request: Request) -> Request:
        """Return `request` as it goes this way."""
        credential = self.credential.name if self.credential else NO_CREDENTIAL
        return chosen(request, Choice(channel=self.channel.name, credential=credential))


def ways(service: Service) -> Iterator[Way]:
    """Yield every way, the usual one of each channel first.

    Where nobody asks for a credential none is sent: it would only be given away.
    """
    for channel in service.channels:
        usual = named(service.credentials, channel.credential) if channel.credential else None
        yield Way(channel=channel, credential=usual, usual=True)
        if usual is not None and channel_kind(channel.kind).takes_credentials:
            others = (credential for credential in service.credentials if credential is not usual)
            yield from (Way(channel=channel, credential=credential, usual=False) for credential in others)
