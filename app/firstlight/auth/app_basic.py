"""AppKey and AppSecret of Huawei's API gateway as Basic auth: its option `app_basic` (VENDORS §3.2)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.placing import one_line, with_header
from firstlight.auth.required import require
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    key = require(one_line(values.get("username", "")), Phrase("The AppKey is empty."))
    secret = require(one_line(values.get("password", "")), Phrase("The AppSecret is empty."))
    pair = b64encode(f"{key}:{secret}".encode("utf-8", "surrogatepass")).decode("ascii")
    return with_header(request, "Authorization", f"Basic {pair}", pair, secret)


METHOD = AuthMethod(
    kind="app-basic",
    label=N_("AppKey and AppSecret (Basic)"),
    vendor="huawei",
    fields=(
        Field(name="username", label=N_("AppKey")),
        Field(name="password", label=N_("AppSecret"), secret=True, help=N_("Readable on the way: use https.")),
    ),
    apply=_apply,
    note=N_("Only where the option app_basic of the gateway is switched on."),
)
