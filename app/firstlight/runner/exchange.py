"""Runs one Request and tells everything that happens: the engine behind window, command line and tests."""

from __future__ import annotations

import asyncio
from threading import Event
from time import perf_counter_ns

from firstlight.inference.text_path import text_path
from firstlight.model.changed import changed
from firstlight.model.events import Cancelled, Failed
from firstlight.model.exchange import Emit, Exchange, Scope, Transport
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import PreparedRequest
from firstlight.model.protocols import WEBSOCKET
from firstlight.model.request import Request
from firstlight.model.sink import Sink
from firstlight.runner.conversation import Conversation
from firstlight.runner.obtaining import doubted, with_token
from firstlight.runner.prepare import prepare, takes_long
from firstlight.runner.sending import send_prepared


async def exchange(
    request: Request,
    scope: Scope,
    transport: Transport,
    emit: Emit,
    conversation: Conversation | None = None,
    sink: Sink | None = None,
) -> Exchange:
    """Prepare `request`, send it, decode a stream, and return the outcome. Never repeats anything by itself.

    A token that its authorization needs is obtained first. Over a WebSocket goes what `conversation` says; without one
    the request's own messages, and after a silence of the idle timeout it is closed.

    The body of a good answer that is no stream goes into `sink`, if there is one, and is not in the outcome then.

    Emits Started first and exactly one of Finished, Failed, Cancelled last; Failed alone when the request could not
    even be prepared. A status of 400 or more is an answer, not a failure.

    Raises:
        asyncio.CancelledError: after Cancelled was emitted and the connection was closed.
    """
    try:
        scope = await with_token(request, scope, transport)
        prepared = changed(await _prepared(request, scope), sink=sink)
        scope.learn(prepared.secrets | transport.secrets)
        typed_path = prepared.settings.stream_text_path
        text_at = await asyncio.to_thread(text_path, typed_path) if typed_path.strip() else None
        if prepared.protocol == WEBSOCKET:
            conversation = conversation or Conversation.of(request, scope)
            await conversation.prepare()
        else:
            conversation = None
    except ExchangeError as error:
        emit(Failed(at_ns=perf_counter_ns(), failure=error.failure))
        return Exchange(sent=None, failure=error.failure)
    except asyncio.CancelledError:
        emit(Cancelled(at_ns=perf_counter_ns()))
        raise
    outcome = await send_prepared(prepared, transport, emit, text_at, conversation)
    await doubted(request, scope, outcome)
    return outcome


async def _prepared(request: Request, scope: Scope) -> PreparedRequest:
    if not takes_long(request, scope):
        return prepare(request, scope)
    stop = Event()
    try:
        return await asyncio.to_thread(prepare, request, scope, stop.is_set)  # a network drive may take seconds
    finally:
        stop.set()  # nobody waits any more: a file is not hashed to its end
