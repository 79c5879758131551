"""Takes the authorization of the folder or collection around the request; the runner has put it in place by then."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth.method import AuthMethod
from firstlight.model.prepared import PreparedRequest
from firstlight.model.request import INHERIT
from firstlight.texts import N_


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    return request  # nothing around it says anything


METHOD = AuthMethod(kind=INHERIT.kind, label=N_("Inherit from parent"), apply=_apply)
