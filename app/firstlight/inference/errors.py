"""Finds the error object in a message of a service, in all the shapes vendors use. Pure.

`{"error": {...}}` and `{"error": "text"}` (OpenAI, vLLM, Ollama, TGI, KServe), `{"error_code", "error_msg"}` and
`{"errorCode", "errorMsg"}` (Huawei; also one level down), `{"object": "error", "message"}` (old vLLM),
`{"code": 400, "message"}`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from firstlight.inference.surrogates import whole
from firstlight.model.failure import Failure
from firstlight.texts import Phrase

_PAIRS = (("error_code", "error_msg"), ("errorCode", "errorMsg"))
_MESSAGES = ("message", "error_msg", "errorMsg", "msg", "detail", "title")
_CODES = ("code", "error_code", "errorCode", "type")
_SUCCESS = frozenset({"", "0", "200", "none", "null", "ok", "success"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceError:
    """What the service says went wrong, in its own words."""

    message: str
    code: str = ""


def find_error(message: object) -> ServiceError | None:
    """Return the error that a JSON value reports, or None when it reports none."""
    if not isinstance(message, Mapping):
        return None
    if error := message.get("error"):
        return _described(error)
    if message.get("object") == "error" or _is_error_status(message.get("code"), message.get("message")):
        return _described(message)
    nested = (value for value in message.values() if isinstance(value, Mapping))
    for candidate in (message, *nested):
        for code, text in _PAIRS:
            if _text(candidate.get(code)).lower() not in _SUCCESS:
                return ServiceError(code=_text(candidate[code]), message=_text(candidate.get(text)))
    return None


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


def _described(error: object) -> ServiceError:
    if not isinstance(error, Mapping):
        return ServiceError(message=_text(error))
    inner = next((_text(error[name]) for name in _MESSAGES if error.get(name)), "")
    code = next((_text(error[name]) for name in _CODES if error.get(name)), "")
    return ServiceError(message=inner or _text(error), code=code)


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
