"""Explains an answer to the Course that received it; what the service said is masked."""

from __future__ import annotations

from collections.abc import Sequence

from firstlight.inference.errors import ServiceError
from firstlight.model.events import WebSocketClosed
from firstlight.model.explanation import Explanation
from firstlight.model.prepared import PreparedRequest
from firstlight.model.response import Response
from firstlight.model.secrets import Masker
from firstlight.runner.masking import masked_explanation

_MOST_BYTES = 64 * 1024
_SIGNS = (b'"er', b'"code"')
"""What every body of status 200 holds that reports an error: `error`, `error_code`, `errorCode`, `erno`; `code`."""


def may_report_error(pieces: Sequence[bytes], body_bytes: int) -> bool:
    """Tell whether an answer that claims success is worth a closer look: a short object with a suspicious key."""
    if not 0 < body_bytes <= _MOST_BYTES:
        return False
    body = b"".join(pieces)
    return body.lstrip()[:1] == b"{" and any(sign in body for sign in _SIGNS)


def explain_answer(response: Response, sent: PreparedRequest, masker: Masker) -> Explanation | None:
    """Return what a failing answer means."""
    from firstlight.advice.explain import explain

    return masked_explanation(explain(response, sent.url, sent.headers, sent.vendor), masker)


def explain_stream(error: ServiceError, sent: PreparedRequest, masker: Masker) -> Explanation | None:
    """Return what the error means that a stream reported, if more is known than its words."""
    from firstlight.advice.explain import explain_in_stream

    return masked_explanation(explain_in_stream(error, sent.url, sent.vendor), masker)


def explain_closed(closed: WebSocketClosed, masker: Masker) -> Explanation | None:
    """Return what the close code of a WebSocket means."""
    from firstlight.advice.explain import explain_close

    return masked_explanation(explain_close(closed.code, closed.reason), masker)
