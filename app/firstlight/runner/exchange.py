"""Runs one Request and tells everything that happens: the engine behind window, command line and tests."""

from __future__ import annotations

import asyncio
from time import perf_counter_ns

from firstlight.model.events import Cancelled, Failed
from firstlight.model.exchange import Emit, Exchange, Scope, Transport
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import PreparedRequest
from firstlight.model.request import Request
from firstlight.runner.course import Course
from firstlight.runner.prepare import prepare, reads_files


async def exchange(request: Request, scope: Scope, transport: Transport, emit: Emit) -> Exchange:
    """Prepare `request`, send it, decode a stream, and return the outcome. Never repeats anything by itself.

    Emits Started first and exactly one of Finished, Failed, Cancelled last; Failed alone when the request could
    not even be prepared. A status of 400 or more is an answer, not a failure.

    Raises:
        asyncio.CancelledError: after Cancelled was emitted and the connection was closed.
    """
    try:
        prepared = await _prepared(request, scope)
    except ExchangeError as error:
        emit(Failed(at_ns=perf_counter_ns(), failure=error.failure))
        return Exchange(sent=None, failure=error.failure)
    except asyncio.CancelledError:
        emit(Cancelled(at_ns=perf_counter_ns()))
        raise
    course = Course(prepared, emit)
    try:
        await transport.send(prepared, course.hear)
    except ExchangeError as error:
        return course.fail(error.failure)
    except asyncio.CancelledError:
        course.cancel()
        raise
    return course.finish()


async def _prepared(request: Request, scope: Scope) -> PreparedRequest:
    if reads_files(request):
        return await asyncio.to_thread(prepare, request, scope)  # a network drive may take seconds
    return prepare(request, scope)
