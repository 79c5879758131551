"""Runs one Request and tells everything that happens: the engine behind window, command line and tests."""

from __future__ import annotations

import asyncio
from threading import Event
from time import perf_counter_ns

from firstlight.inference.text_path import text_path
from firstlight.model.events import Cancelled, Failed
from firstlight.model.exchange import Emit, Exchange, Scope, Transport
from firstlight.model.failure import ExchangeError, Failure
from firstlight.model.prepared import PreparedRequest
from firstlight.model.request import Request
from firstlight.runner.course import Course
from firstlight.runner.prepare import prepare, takes_long

_MOST_JOINED_BYTES = 4_000_000
"""A body up to this is put together on the loop, in 2 ms; 50 MB would take 25. A thread does it without the GIL."""


async def exchange(request: Request, scope: Scope, transport: Transport, emit: Emit) -> Exchange:
    """Prepare `request`, send it, decode a stream, and return the outcome. Never repeats anything by itself.

    Emits Started first and exactly one of Finished, Failed, Cancelled last; Failed alone when the request could
    not even be prepared. A status of 400 or more is an answer, not a failure.

    Raises:
        asyncio.CancelledError: after Cancelled was emitted and the connection was closed.
    """
    try:
        prepared = await _prepared(request, scope)
        typed_path = prepared.settings.stream_text_path
        text_at = await asyncio.to_thread(text_path, typed_path) if typed_path.strip() else None
    except ExchangeError as error:
        emit(Failed(at_ns=perf_counter_ns(), failure=error.failure))
        return Exchange(sent=None, failure=error.failure)
    except asyncio.CancelledError:
        emit(Cancelled(at_ns=perf_counter_ns()))
        raise
    course = Course(prepared, emit, text_at)
    try:
        failure = await _sent(prepared, transport, course)
        ended_ns = perf_counter_ns()
        if course.body_bytes > _MOST_JOINED_BYTES:
            await asyncio.to_thread(course.join)
        if course.needs_explaining:
            await asyncio.to_thread(course.explain)
    except asyncio.CancelledError:
        course.cancel()
        raise
    return course.fail(failure, ended_ns) if failure else course.finish(ended_ns)


async def _sent(prepared: PreparedRequest, transport: Transport, course: Course) -> Failure | None:
    try:
        await transport.send(prepared, course.hear)
    except ExchangeError as error:
        return error.failure
    return None


async def _prepared(request: Request, scope: Scope) -> PreparedRequest:
    if not takes_long(request, scope):
        return prepare(request, scope)
    stop = Event()
    try:
        return await asyncio.to_thread(prepare, request, scope, stop.is_set)  # a network drive may take seconds
    finally:
        stop.set()  # nobody waits any more: a file is not hashed to its end
