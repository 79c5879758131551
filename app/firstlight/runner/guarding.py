"""Asks the guards about a request that is ready: with what its Service says of limits, or what its address tells."""

from __future__ import annotations

from firstlight.model.changed import changed
from firstlight.model.channels import channel_kind
from firstlight.model.exchange import Scope
from firstlight.model.prepared import PreparedRequest
from firstlight.model.protocols import has_websocket_url
from firstlight.model.request import Request
from firstlight.model.route import channel_of
from firstlight.model.secrets import Masker
from firstlight.model.service import Channel, Limits
from firstlight.model.vendors import limits_of, vendor
from firstlight.runner.masking import masked_caution
from firstlight.runner.variables import resolve

_OF_ONE_HOUSE = {"modelarts-v2": "modelarts"}


def guarded(sent: PreparedRequest, filled: Request, request: Request, scope: Scope) -> PreparedRequest:
    """Return `sent` with what the guards say of it; `filled` is `request` with its variables filled in."""
    from firstlight.advice.guards import cautions
    from firstlight.advice.guards.guard import Situation
    from firstlight.advice.vendors import Clues, recognise

    service = scope.service if request.service else None
    channel = channel_of(request, service) if service else None
    known = _OF_ONE_HOUSE.get(service.vendor, service.vendor) if service else ""
    vendors = recognise(Clues(url=sent.url, sent=sent.headers, service=known))
    situation = Situation(
        request=filled,
        sent=sent,
        vendors=vendors,
        limits=limits_of(service, channel) if service else _usual_limits(sent.url, vendors),
        open_channel=channel is not None and not channel_kind(channel.kind).takes_credentials,
        websocket_channel=channel is not None and _is_websocket(channel, scope),
    )
    said = tuple(cautions(situation))
    if said:
        masker = Masker.of(sent.secrets)
        said = tuple(masked_caution(caution, masker) for caution in said)
    return changed(sent, cautions=said, vendor=known)


def _is_websocket(channel: Channel, scope: Scope) -> bool:
    """Tell whether the address of a channel is that of a WebSocket; its scheme may stand in a variable."""
    head = channel.url.strip().partition("/")[0]
    return has_websocket_url(resolve(Request(url=head), scope)[0].url if head.startswith("{{") else channel.url)


def _usual_limits(url: str, vendors: tuple[str, ...]) -> Limits:
    """Return the limits of the gateway that an address belongs to."""
    new_generation = "/v2/infer/" in url  # each of its services has limits of its own
    return vendor(vendors[0] if vendors and not new_generation else "").limits
