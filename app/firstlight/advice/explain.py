"""Explains a failing answer: finds the error in it, whose it is, and the entry that says what it means."""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec

from firstlight.advice.entries import Case, Entry, comparable, find_entry
from firstlight.advice.plain_errors import words_of
from firstlight.advice.vendors import Clues, Rows, recognise
from firstlight.inference.errors import ServiceError, error_in_refusal, find_error
from firstlight.model.explanation import Explanation
from firstlight.model.response import Response

MOST_BYTES = 256 * 1024
"""A longer body is no error message; only its status is explained."""
_ANYONE = "http"
_REQUEST_IDS = ("request_id", "requestId", "RequestId", "RequestID")


def explain(response: Response, url: str = "", sent: Rows = (), service: str = "") -> Explanation | None:
    """Return what a failing answer means; None for an answer below 400 whose body reports no error.

    `url` and `sent` are address and header lines of the request, `service` the vendor if it is known.
    """
    document = _document(response.body)
    refused = response.status >= 400
    error = error_in_refusal(document) if refused else find_error(document)
    if error is None:
        if not refused:
            return None
        error = ServiceError(message=words_of(response) if document is None else "")
    clues = Clues(
        url=url, code=_dotted(error), sent=sent, answered=response.headers, document=document, service=service
    )
    found = _explained(error, response.status, (*recognise(clues), _ANYONE))
    return msgspec.structs.replace(found, request_id=_request_id(document)) if found else None


def explain_in_stream(error: ServiceError, url: str = "", service: str = "") -> Explanation | None:
    """Return what an error means that a stream of status 200 reported; None when only its own words say it."""
    clues = Clues(url=url, code=_dotted(error), service=service)
    return _explained(error, 0, recognise(clues) or ("vllm", "openai"))


def explain_close(code: int, reason: str = "") -> Explanation:
    """Return what the close code of a WebSocket means."""
    error = ServiceError(message=reason)
    found = _explained(error, code, ("websocket",))
    assert found is not None  # noqa: S101 - the file ends with an entry that fits anything
    return found


def _explained(error: ServiceError, status: int, vendors: tuple[str, ...]) -> Explanation | None:
    own_code = error.code if error.code != str(status) else ""
    codes = tuple(comparable(code) for code in (own_code, error.type) if code)
    entry = find_entry(vendors, Case(status=status, codes=codes, message=error.message.lower()))
    return _filled(entry, own_code or error.type or str(status), error.message) if entry else None


def _filled(entry: Entry, code: str, said: str) -> Explanation:
    return Explanation(
        vendor=entry.vendor,
        code=code,
        meaning={language: texts[0] for language, texts in entry.texts.items()},
        remedy={language: texts[1] for language, texts in entry.texts.items()},
        said=said,
    )


def _request_id(document: object) -> str:
    """Return the number of the request that Huawei's gateways put into the body, too."""
    if not isinstance(document, Mapping):
        return ""
    return next((value for name in _REQUEST_IDS if isinstance(value := document.get(name), str)), "")


def _dotted(error: ServiceError) -> str:
    """Return a code as vendors' patterns know it."""
    return error.code.replace("APIGW.", "APIG.", 1)


def _document(body: bytes) -> object:
    """Return the JSON of a body; None when it is none, or too long to be an error."""
    if not body or len(body) > MOST_BYTES:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
