"""What the JSON outputs share: failures, bodies and URLs as they may be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from firstlight.model.explanation import Explanation
from firstlight.model.failure import Failure
from firstlight.model.request import Request
from firstlight.model.response import Response
from firstlight.model.secrets import MASK, SECRET_PARAMS, USER_INFO, Masker
from firstlight.model.urls import full_url
from firstlight.texts import language, tr
from firstlight.views.charset import header_charset


def error_object(failure: Failure) -> dict[str, str]:
    """Return `error` as the contract has it; message and hint in the user's language."""
    return {
        "layer": failure.layer,
        "kind": failure.kind,
        "message": tr(failure.message),
        "hint": tr(failure.hint),
    }


def explanation_object(found: Explanation) -> dict[str, str]:
    """Return `explanation` as the contract has it; meaning and remedy in the user's language."""
    meaning, remedy = found.told(language())
    return {"code": found.code, "meaning": meaning, "remedy": remedy}


def decoded(response: Response) -> tuple[str | None, str | None]:
    """Return the body as text and the charset it was read with; (None, None) when it is no text."""
    for charset in filter(None, (header_charset(response), "utf-8")):
        try:
            text = response.body.decode(charset)
            text.encode()  # UTF-7 has half characters, JSON has not
        except UnicodeError:
            continue
        return text, charset
    return None, None


def typed_url(request: Request) -> str:
    """Return the URL of a request that could not be prepared: as typed, secrets masked."""
    rows = tuple(
        replace(row, value=MASK) if row.value and row.name.lower() in SECRET_PARAMS else row for row in request.params
    )
    url = USER_INFO.sub(rf"\g<before>{MASK}", full_url(replace(request, params=rows)))
    return url.encode("utf-8", "replace").decode()  # an argument may hold bytes that are no text


def masked_values(value: Any, masker: Masker) -> Any:
    """Return a value with the secrets in all its texts masked; its keys are words of ours or of the service."""
    if isinstance(value, str):
        return masker.mask(value)
    if isinstance(value, dict):
        return {key: masked_values(part, masker) for key, part in value.items()}
    return [masked_values(part, masker) for part in value] if isinstance(value, list | tuple) else value


def masked_headers(headers: tuple[tuple[str, str], ...], masker: Masker) -> list[list[str]]:
    """Return header lines as pairs, secret values masked."""
    return [[name, masker.mask_header(name, value)] for name, value in headers]
