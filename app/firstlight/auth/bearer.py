"""A static token behind the word Bearer (RFC 6750): OpenAI-compatible services, Pangu V2, MaaS."""

from __future__ import annotations

import re
from collections.abc import Mapping

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.placing import one_line, with_header
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase

_TYPED_SCHEME = re.compile(r"bearer\s+", re.IGNORECASE)


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    token = _TYPED_SCHEME.sub("", one_line(values.get("token", "")), count=1)
    if not token:
        raise failed(
            "variable",
            "empty-credential",
            Phrase("The bearer token is empty."),
            Phrase("Fill it in on the Authorization tab, or choose “No auth”."),
        )
    return with_header(request, "Authorization", f"Bearer {token}", token)


METHOD = AuthMethod(
    kind="bearer",
    label=N_("Bearer token"),
    fields=(
        Field(
            name="token",
            label=N_("Token"),
            secret=True,
            help=N_("Sent as “Authorization: Bearer …”. The word Bearer is added for you, and never twice."),
        ),
    ),
    apply=_apply,
    note=N_("API keys of OpenAI-compatible services, of the new ModelArts (v2), MaaS and Pangu V2 are sent this way."),
)
