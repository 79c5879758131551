"""One request on its way: cookies, redirects, a second sending for Digest, what a 101 turns into."""

from __future__ import annotations

from time import perf_counter_ns
from typing import TYPE_CHECKING

from firstlight.inference.media_types import chosen_kind
from firstlight.model.changed import changed
from firstlight.model.conversation import Orders
from firstlight.model.events import Challenged, Redirected
from firstlight.model.exchange import Emit
from firstlight.model.failure import ExchangeError, Layer
from firstlight.model.prepared import PreparedRequest
from firstlight.model.protocols import http_url
from firstlight.model.response import SWITCHED
from firstlight.model.secrets import Masker
from firstlight.model.sink import Sink
from firstlight.model.wire_url import wire_url
from firstlight.transport import digest, redirects
from firstlight.transport.cookies import get_ready_for, keep, with_cookies, with_lost_cookies
from firstlight.transport.failures import proxying
from firstlight.transport.hop import Answer, answered
from firstlight.transport.redirects import Onward
from firstlight.transport.wire import Wire

if TYPE_CHECKING:
    from firstlight.transport.http import HttpTransport

PROXY_LOGIN = 407


class Journey:
    """One request through its redirects."""

    def __init__(self, transport: HttpTransport, emit: Emit, orders: Orders | None = None) -> None:
        self._transport = transport
        self._emit = emit
        self._wire: Wire | None = None
        self._orders = orders

    @property
    def phase(self) -> Layer:
        """Where the journey stands: the layer that a time limit would name."""
        return self._wire.phase if self._wire else "connect"

    async def run(self, request: PreparedRequest) -> None:
        """Send, and receive the answer."""
        followed = 0
        while True:
            url = wire_url(request.url)
            travelling = with_cookies(request)
            request = changed(request, secrets=travelling.secrets)
            pools = await self._transport.pools()
            async with pools.lend(url, request.settings, tunnel=self._orders is not None) as pool:
                wire = self._wire = Wire(url, self._emit, request.settings, proxy=pool.kind.proxy)
                wire.largest_body_bytes = self._transport.network.largest_body_bytes
                wire.secrets = travelling.secrets
                wire.late_ns = self._transport.heartbeat.late_ns
                wire.client_certificate = pool.kind.client.file if pool.kind.client else ""
                async with answered(pool, travelling, wire, self._emit) as answer:
                    await get_ready_for(answer.headers)
                    keep(request, url, answer.headers, self._emit)
                    step = await self._step(request, answer, exhausted=followed >= redirects.MOST_REDIRECTS)
                    if step is None:
                        return
                    await answer.discard()
            self._tell(travelling, with_lost_cookies(step, travelling), answer)
            request = step.request
            followed += 1

    async def _step(self, request: PreparedRequest, answer: Answer, *, exhausted: bool) -> Onward | None:
        """Return where to go next, or the reply to a challenge; None when this answer is the one, then received."""
        if self._orders is not None and answer.status == SWITCHED:
            await self._converse(request, answer, self._orders)
            return None
        step, refusal = None, None
        try:
            if answer.status == 401 and (replied := digest.reply(request, answer.headers)):
                step = Onward(replied, challenge="Digest")
            elif request.settings.follow_redirects:
                step = redirects.onward(request, answer.status, http_url(answer.header("location")))
        except ExchangeError as error:
            refusal = error
        if answer.status == PROXY_LOGIN and self._wire is not None and self._wire.proxied:
            refusal = proxying.login(self._wire, f"{answer.status} {answer.reason}")
        if step and exhausted:
            step, refusal = None, redirects.too_many()
        if step is None:
            sink = _sink_for(request, answer)
            await (answer.receive_into(sink) if sink else answer.receive())
            if self._orders is not None:
                from firstlight.transport.failures import upgrading

                refusal = refusal or upgrading.refused(answer.status, answer.reason)
        if refusal:
            raise refusal
        return step

    async def _converse(self, request: PreparedRequest, answer: Answer, orders: Orders) -> None:
        from firstlight.transport.upgrade import agreed
        from firstlight.transport.websocket import converse

        wire = self._wire
        assert wire is not None  # noqa: S101 - the answer came over it
        answer.tell_head()
        await converse(agreed(request, answer, wire), answer, wire, orders, self._emit)

    def _tell(self, sent: PreparedRequest, step: Onward, answer: Answer) -> None:
        masker = Masker.of(step.request.secrets)
        if step.challenge:
            self._emit(
                Challenged(
                    at_ns=perf_counter_ns(),
                    status=answer.status,
                    scheme=step.challenge,
                    repeated_bytes=step.request.body.size_bytes,
                    reason=answer.reason,
                    http_version=answer.http_version,
                    headers=tuple((name, masker.mask_header(name, value)) for name, value in answer.headers),
                )
            )
            return
        self._emit(
            Redirected(
                at_ns=perf_counter_ns(),
                status=answer.status,
                location=masker.mask_words(step.request.url),
                method=step.request.method,
                from_url=masker.mask_words(sent.url),
                from_method=sent.method,
                dropped=step.dropped,
                reason=answer.reason,
                http_version=answer.http_version,
                headers=tuple((name, masker.mask_header(name, value)) for name, value in answer.headers),
            )
        )


def _sink_for(request: PreparedRequest, answer: Answer) -> Sink | None:
    """Return where the body of `answer` goes; errors and streams stay in memory, where they are explained and read."""
    if request.sink is None:
        return None
    content_type, switch = answer.header("content-type"), request.settings.stream
    in_memory = answer.status >= 400 or chosen_kind(content_type, switch=switch, status=answer.status)
    return None if in_memory else request.sink
