"""Sends a Request over one way to its Service and says in brief whether that leads there."""

from __future__ import annotations

from dataclasses import dataclass

from firstlight.model.exchange import Emit, Scope, Transport
from firstlight.model.explanation import Explanation
from firstlight.model.failure import Failure
from firstlight.model.protocols import is_websocket
from firstlight.model.request import Request
from firstlight.model.ways import Way
from firstlight.runner.conversation import Conversation
from firstlight.runner.exchange import exchange

_REFUSED = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of one way."""

    status: int | None = None
    """Of the answer; None: none came."""
    reason: str = ""
    failure: Failure | None = None
    explanation: Explanation | None = None
    total_ms: float | None = None

    @property
    def leads_there(self) -> bool:
        """The service answered, and nothing in its answer speaks of an error."""
        answered = self.status is not None and self.status < _REFUSED
        return answered and self.failure is None and self.explanation is None


async def tried(request: Request, way: Way, scope: Scope, transport: Transport, emit: Emit) -> Verdict:
    """Send `request` the way `way` goes; `scope.service` is the service. A WebSocket is opened and closed again."""
    conversation = None
    if is_websocket(request):
        conversation = Conversation()
        conversation.close()
    outcome = await exchange(way.of(request), scope, transport, emit, conversation)
    answer = outcome.response
    return Verdict(
        status=answer.status if answer else None,
        reason=answer.reason if answer else "",
        failure=outcome.failure,
        explanation=outcome.explanation,
        total_ms=outcome.timings.total_ms,
    )
