"""AppKey and AppSecret of Huawei's API gateway in X-HW-ID and X-HW-AppKey: its option `app_secret` (VENDORS §3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.placing import one_line, with_header
from firstlight.auth.required import require
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    key = require(one_line(values.get("app_key", "")), Phrase("The AppKey is empty."))
    secret = require(one_line(values.get("app_secret", "")), Phrase("The AppSecret is empty."))
    return with_header(with_header(request, "X-HW-ID", key), "X-HW-AppKey", secret, secret)


METHOD = AuthMethod(
    kind="app-secret",
    label=N_("AppKey and AppSecret (X-HW-ID)"),
    vendor="huawei",
    fields=(
        Field(name="app_key", label=N_("AppKey")),
        Field(name="app_secret", label=N_("AppSecret"), secret=True, help=N_("Sent as X-HW-AppKey: use https.")),
    ),
    apply=_apply,
    note=N_("Only where the option app_secret of the gateway is switched on."),
)
