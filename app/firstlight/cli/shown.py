"""What the JSON outputs share: failures, bodies and URLs as they may be shown."""

from __future__ import annotations

import re
from dataclasses import replace

from firstlight.model.failure import Failure
from firstlight.model.request import Request
from firstlight.model.response import Response
from firstlight.model.secrets import MASK, SECRET_PARAMS, Masker
from firstlight.model.urls import full_url
from firstlight.texts import tr

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_PASSWORD = re.compile(r"(://[^/?#@:]*:)[^/?#@]+(?=@)")


def error_object(failure: Failure) -> dict[str, str]:
    """Return `error` as the contract has it; message and hint in the user's language."""
    return {
        "layer": failure.layer,
        "kind": failure.kind,
        "message": tr(failure.message),
        "hint": tr(failure.hint),
    }


def decoded(response: Response) -> tuple[str | None, str | None]:
    """Return the body as text and the charset it was read with; (None, None) when it is no text."""
    named = _CHARSET.search(response.header("content-type"))
    for charset in ([named[1].lower()] if named else []) + ["utf-8"]:
        try:
            return response.body.decode(charset), charset
        except (UnicodeDecodeError, LookupError):  # binary; or a charset nobody knows, such as "utf8mb4"
            continue
    return None, None


def typed_url(request: Request) -> str:
    """Return the URL of a request that could not be prepared: as typed, secrets masked."""
    rows = tuple(
        replace(row, value=MASK) if row.value and row.name.lower() in SECRET_PARAMS else row for row in request.params
    )
    return _PASSWORD.sub(rf"\1{MASK}", full_url(replace(request, params=rows)))


def masked_headers(headers: tuple[tuple[str, str], ...], masker: Masker) -> list[list[str]]:
    """Return header lines as pairs, secret values masked."""
    return [[name, masker.mask_header(name, value)] for name, value in headers]
