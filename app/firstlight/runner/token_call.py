"""One call for a token: it goes out as an Exchange of its own, and its answer is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from firstlight.model.access_token import AccessToken, TokenRequest
from firstlight.model.exchange import Emit, Transport
from firstlight.model.failure import ExchangeError, Failure
from firstlight.model.prepared import PreparedRequest
from firstlight.model.secrets import Masker
from firstlight.runner.header_rows import default_headers
from firstlight.runner.masking import masked
from firstlight.texts import Phrase

_BUSY = frozenset({408, 425, 429})
"""Refusals that say nothing about the password."""


class RefusedError(ExchangeError):
    """The service has looked at the call and said no: the same call would be refused again."""


async def ask(
    wanted: TokenRequest, call: PreparedRequest, transport: Transport, emit: Emit, now: Callable[[], float]
) -> AccessToken:
    """Make `call` for `wanted` and return the token.

    Raises:
        RefusedError: the service refuses what was shown.
        ExchangeError: it could not be asked, or answers something else.
    """
    from firstlight.runner.sending import send_prepared

    named = {name.lower() for name, _ in call.headers}
    added = tuple(row for row in default_headers() if row[0].lower() not in named)
    outcome = await send_prepared(replace(call, headers=(*added, *call.headers)), transport, emit)
    if outcome.failure is not None:
        raise ExchangeError(_about(wanted, outcome.failure))
    assert outcome.response is not None  # noqa: S101 - an exchange without a failure has an answer
    status = outcome.response.status
    try:
        token = wanted.read(outcome.response, now())
    except ExchangeError as error:
        failure = masked(error.failure, Masker.of(call.secrets | transport.secrets))
        refused = 400 <= status < 500 and status not in _BUSY
        raise (RefusedError if refused else ExchangeError)(failure) from error
    return replace(token, proof=wanted.proof)


def _about(wanted: TokenRequest, failure: Failure) -> Failure:
    message = Phrase("{what}: {problem}", what=wanted.name, problem=failure.message)
    return Failure(layer=failure.layer, kind=failure.kind, message=message, hint=failure.hint)
