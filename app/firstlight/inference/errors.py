"""Finds the error object in a message of a service, in all the shapes vendors use. Pure.

`{"error": {...}}` and `{"error": "text"}` (OpenAI, vLLM, Ollama, KServe), the latter with `error_type` (TGI),
`{"error_code", "error_msg"}` and `{"errorCode", "errorMsg"}` (Huawei; also one level down), `{"erno", "msg"}` (its
preset engines), `{"object": "error", "message"}` (old vLLM), `{"code": 400, "message"}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from firstlight.inference.surrogates import whole
from firstlight.model.failure import Failure
from firstlight.texts import Phrase

_PAIRS = (("error_code", "error_msg"), ("errorCode", "errorMsg"), ("erno", "msg"))
_ANY_PAIRS = (*_PAIRS, ("code", "message"), ("code", "msg"))
_MESSAGES = ("message", "error_msg", "errorMsg", "msg", "detail", "title")
_CODES = ("code", "error_code", "errorCode", "type")
_TYPES = ("type", "error_type")
_ENCODED = "encoded_authorization_message"
_SUCCESS = frozenset({"", "0", "200", "none", "null", "false", "ok", "success"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceError:
    """What the service says went wrong, in its own words."""

    message: str
    code: str = ""
    type: str = ""
    """What kind of error the service calls it: OpenAI's `type`, TGI's `error_type`."""


def find_error(message: object) -> ServiceError | None:
    """Return the error that a JSON value reports, or None when it reports none.

    Made for answers that claim to have succeeded: what may be an ordinary value is not taken for an error.
    """
    if not isinstance(message, Mapping):
        return None
    reported = message.get("error")
    if isinstance(reported, Mapping | list) and reported:
        return _described(reported)
    if reported is True or (isinstance(reported, str) and reported.strip().lower() not in _SUCCESS):
        return _with_type(_described(message if reported is True else reported), message)
    if message.get("object") == "error" or _is_error_status(message.get("code"), message.get("message")):
        return _described(message)
    return _paired(message, _PAIRS)


def error_in_refusal(document: object) -> ServiceError | None:
    """Return the error in the JSON of an answer of 400 or more, where any message is one.

    The rules of Huawei's SDKs: every pair of code and message, on top or one level down, and a refusal that is
    encoded for the administrator; then whatever reads like a message (FastAPI's `detail`, a plain string).
    """
    if isinstance(document, str):
        return ServiceError(message=whole(document))
    if not isinstance(document, Mapping):
        first = document[0] if isinstance(document, list) and document else None
        return error_in_refusal(first) if isinstance(first, Mapping) else None
    found = find_error(document) or _paired(document, _ANY_PAIRS)
    if found is None:
        inner = (error for level in _one_level_down(document) if (error := find_error(level)))
        found = next(inner, None) or _in_words(document)
    return found


def failure_in_stream(error: ServiceError) -> Failure:
    """Return the failure that a person sees when a stream of status 200 reports an error."""
    if error.code and error.code != error.message:
        said = Phrase(
            "The service reported an error inside its stream: {message} ({code})",
            message=error.message or error.code,
            code=error.code,
        )
    else:
        said = Phrase("The service reported an error inside its stream: {message}", message=error.message)
    hint = Phrase("The status was sent before the error happened. Look in the log of the service.")
    return Failure(layer="service", kind="error-in-stream", message=said, hint=hint)


def described_as_error(value: object) -> ServiceError:
    """Read a message that is known to be an error (`event: error`), whatever its shape."""
    return find_error(value) or _described(value)


def _paired(message: Mapping[str, Any], pairs: tuple[tuple[str, str], ...]) -> ServiceError | None:
    for candidate in (message, *_one_level_down(message)):
        for code, text in pairs:
            if _text(candidate.get(code)).lower() not in _SUCCESS:
                return ServiceError(code=_text(candidate[code]), message=_text(candidate.get(text)))
    return None


def _one_level_down(message: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for value in message.values():
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, Mapping):
            yield inner


def _in_words(document: Mapping[str, Any]) -> ServiceError | None:
    """Return a message without a code."""
    for candidate in (document, *_one_level_down(document)):
        said = next((_text(candidate[name]) for name in (*_MESSAGES, _ENCODED) if candidate.get(name)), "")
        if said:
            return _with_type(ServiceError(message=said), document)
    return None


def _with_type(error: ServiceError, message: Mapping[str, Any]) -> ServiceError:
    kind = next((_text(message[name]) for name in _TYPES if message.get(name)), "")
    return ServiceError(message=error.message, code=error.code or kind, type=kind)


def _described(error: object) -> ServiceError:
    if not isinstance(error, Mapping):
        return ServiceError(message=_text(error))
    inner = next((_text(error[name]) for name in _MESSAGES if error.get(name)), "")
    code = next((_text(error[name]) for name in _CODES if error.get(name)), "")
    kind = next((_text(error[name]) for name in _TYPES if error.get(name)), "")
    return ServiceError(message=inner or _text(error), code=code, type=kind)


def _is_error_status(code: object, message: object) -> bool:
    """Tell `{"code": 429, "message": "…"}` from an ordinary message that happens to have a code."""
    digits = str(code)
    return isinstance(message, str) and digits.isascii() and digits.isdigit() and 400 <= int(digits[:9]) < 1000


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return whole(value)
    try:
        return whole(json.dumps(value, ensure_ascii=False, default=str))
    except RecursionError:  # nested a thousand levels deep: no words in it for a person
        return "…"
