"""Sends the request as it is."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth.method import AuthMethod
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    return request


METHOD = AuthMethod(kind="none", label=N_("No auth"), apply=_apply)
