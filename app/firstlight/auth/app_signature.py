"""APP signing of Huawei's API gateway with AppKey and AppSecret (VENDORS §2.5): SDK-HMAC-SHA256 by other rules.

The body is signed unless somebody says otherwise, an unsigned one leaves its Content-Type out, names with an
underscore are signed, and no project is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from firstlight.auth import aksk
from firstlight.auth.huawei_signature import Key, Rules, signed
from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.occasion import Occasion
from firstlight.auth.placing import one_line
from firstlight.auth.required import require
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase


def _check(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    require(one_line(values.get("app_key", "")), Phrase("The AppKey is empty."))
    secret = require(one_line(values.get("app_secret", "")), Phrase("The AppSecret is empty."))
    return replace(request, secrets=request.secrets | {secret})


def _sign(request: PreparedRequest, values: Mapping[str, str], occasion: Occasion) -> PreparedRequest:
    key = Key(access=one_line(values["app_key"]), secret=one_line(values["app_secret"]))
    rules = Rules(
        payload=values.get("payload", "signed"),
        all_headers=values.get("headers") == "all",
        underscores=True,
        with_unsigned_type=False,
    )
    return signed(request, key, rules, occasion)


METHOD = AuthMethod(
    kind="app-signature",
    label=N_("App signature (AppKey, AppSecret)"),
    vendor="huawei",
    fields=(
        Field(name="app_key", label=N_("AppKey")),
        Field(
            name="app_secret",
            label=N_("AppSecret"),
            secret=True,
            help=N_("Signs the request on this computer and is never sent."),
        ),
        Field(
            name="payload",
            label=N_("Body"),
            choices=(("signed", N_("Signed")), ("unsigned", N_("Not signed (UNSIGNED-PAYLOAD)"))),
        ),
        aksk.HEADERS,
    ),
    apply=_check,
    sign=_sign,
    note=N_("A service with app authentication has its own URL: use that one, not the URL for tokens."),
)
