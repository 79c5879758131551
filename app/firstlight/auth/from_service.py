"""Takes the Credential that is chosen for the request's Service; the runner has put it in place by then."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth.method import AuthMethod
from firstlight.model.prepared import PreparedRequest
from firstlight.model.request import FROM_SERVICE
from firstlight.texts import N_


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    return request  # it has no Service, or is sent without a credential


METHOD = AuthMethod(kind=FROM_SERVICE.kind, label=N_("From the service"), apply=_apply)
