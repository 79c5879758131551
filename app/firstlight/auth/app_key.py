"""An AppKey of Huawei's API gateway in the header `apikey` (VENDORS §3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.placing import one_line, with_header
from firstlight.auth.required import require
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    key = require(one_line(values.get("app_key", "")), Phrase("The AppKey is empty."))
    return with_header(request, "apikey", key, key)


METHOD = AuthMethod(
    kind="app-key",
    label=N_("AppKey (apikey)"),
    vendor="huawei",
    fields=(Field(name="app_key", label=N_("AppKey"), secret=True),),
    apply=_apply,
    note=N_("A service with app authentication has its own URL: use that one, not the URL for tokens."),
)
