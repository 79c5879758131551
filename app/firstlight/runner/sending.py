"""Sends a request that is ready for the wire, and tells everything that happens to it."""

from __future__ import annotations

import asyncio
from time import perf_counter_ns

from firstlight.inference.text_path import TextPath
from firstlight.model.changed import changed
from firstlight.model.events import Saved
from firstlight.model.exchange import Emit, Exchange, Transport
from firstlight.model.failure import ExchangeError, Failure
from firstlight.model.prepared import PreparedRequest
from firstlight.model.sink import Sink
from firstlight.runner.conversation import Conversation
from firstlight.runner.course import Course

_MOST_JOINED_BYTES = 4_000_000
"""A body up to this is put together on the loop, in 2 ms; 50 MB would take 25. A thread does it without the GIL."""


async def send_prepared(
    prepared: PreparedRequest,
    transport: Transport,
    emit: Emit,
    text_at: TextPath | None = None,
    conversation: Conversation | None = None,
) -> Exchange:
    """Send `prepared` and return the outcome. Emits Started first and one of Finished, Failed, Cancelled last.

    Raises:
        asyncio.CancelledError: after Cancelled was emitted and the connection was closed.
    """
    prepared = changed(prepared, secrets=prepared.secrets | transport.secrets)  # proxies quote their password
    course = Course(prepared, emit, text_at)
    if conversation is not None:
        course.converse(conversation)
    try:
        failure = await _sent(prepared, transport, course, conversation)
        if prepared.sink is not None:
            failure = await _saved(prepared.sink, failure, course)
        ended_ns = perf_counter_ns()
        if course.body_bytes > _MOST_JOINED_BYTES:
            await asyncio.to_thread(course.join)
        if course.needs_explaining:
            await asyncio.to_thread(course.explain)
    except asyncio.CancelledError:
        if prepared.sink is not None:
            await prepared.sink.give_up(keep=False)
        course.cancel()
        raise
    return course.fail(failure, ended_ns) if failure else course.finish(ended_ns)


async def _sent(
    prepared: PreparedRequest, transport: Transport, course: Course, conversation: Conversation | None
) -> Failure | None:
    try:
        if conversation is None:
            await transport.send(prepared, course.hear)
        else:
            await transport.converse(prepared, course.hear, conversation)
    except ExchangeError as error:
        return error.failure
    return None


async def _saved(sink: Sink, failure: Failure | None, course: Course) -> Failure | None:
    """End the file of the body, and tell where it is. Return what went wrong: before, or now."""
    if failure is None:
        try:
            path = await sink.finish()
        except ExchangeError as error:
            await sink.give_up(keep=False)
            return error.failure
    else:
        path = await sink.give_up(keep=failure.layer != "file")
    if path:
        course.hear(Saved(at_ns=perf_counter_ns(), path=path, whole=failure is None))
    return failure
