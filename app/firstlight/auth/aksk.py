"""AK/SK signing of Huawei Cloud: SDK-HMAC-SHA256 (VENDORS §2.1). ModelArts, Pangu V1, every Huawei API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from firstlight.auth.huawei_signature import Key, Rules, signed
from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.occasion import Occasion
from firstlight.auth.placing import header, one_line, with_header, without_blanks
from firstlight.auth.required import require
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase

_HASHED_TYPES = ("application/json", "application/bson")

ACCESS_KEY = Field(name="ak", label=N_("Access key (AK)"))
SECRET_KEY = Field(
    name="sk",
    label=N_("Secret key (SK)"),
    secret=True,
    help=N_("Signs the request on this computer and is never sent."),
)
SECURITY_TOKEN = Field(
    name="security_token",
    label=N_("Security token"),
    secret=True,
    help=N_("Only with temporary keys: IAM gives it together with them."),
)
PROJECT_ID = Field(
    name="project_id",
    label=N_("Project ID"),
    help=N_("Sent as X-Project-Id and signed. Needed where the URL does not name the project."),
)
DOMAIN_ID = Field(
    name="domain_id",
    label=N_("Account ID"),
    help=N_("Sent as X-Domain-Id; only for global services such as IAM."),
)
PAYLOAD = Field(
    name="payload",
    label=N_("Body"),
    choices=(
        ("auto", N_("Signed if it is JSON (as Huawei's SDK)")),
        ("signed", N_("Always signed")),
        ("unsigned", N_("Not signed (UNSIGNED-PAYLOAD)")),
    ),
)
HEADERS = Field(
    name="headers",
    label=N_("Signed headers"),
    choices=(
        ("minimum", N_("Only what the gateway needs")),
        ("all", N_("All of them (as Huawei's SDK)")),
    ),
    help=N_("A proxy that changes a signed header breaks the signature."),
)
LOCK_NOTE = N_(
    "The signature is valid for 15 minutes. More than 5 refused ones in a row lock the key for 5 minutes, "
    "so nothing is repeated by itself."
)


def check(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    """Return the request with what is signed beside it: the headers that name project, account and temporary key."""
    require(one_line(values.get("ak", "")), Phrase("The access key (AK) is empty."))
    secret = require(one_line(values.get("sk", "")), Phrase("The secret key (SK) is empty."))
    for name, field in (("X-Project-Id", "project_id"), ("X-Domain-Id", "domain_id")):
        if value := without_blanks(values.get(field, "")):
            request = with_header(request, name, value)
    if token := without_blanks(values.get("security_token", "")):
        request = with_header(request, "X-Security-Token", token, token)
    return replace(request, secrets=request.secrets | {secret})


def rules(values: Mapping[str, str]) -> Rules:
    """Return how the SDK signs, with what was chosen otherwise."""
    return Rules(
        payload=values.get("payload", "auto"),
        automatic=_is_left_unsigned,
        all_headers=values.get("headers") == "all",
    )


def _is_left_unsigned(request: PreparedRequest) -> bool:
    content_type = header(request, "Content-Type").lower()
    return bool(content_type) and not content_type.startswith(_HASHED_TYPES)


def _sign(request: PreparedRequest, values: Mapping[str, str], occasion: Occasion) -> PreparedRequest:
    key = Key(access=one_line(values["ak"]), secret=one_line(values["sk"]))
    return signed(request, key, rules(values), occasion)


METHOD = AuthMethod(
    kind="aksk",
    label=N_("AK/SK signature (SDK-HMAC-SHA256)"),
    vendor="huawei",
    fields=(ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN, PROJECT_ID, DOMAIN_ID, PAYLOAD, HEADERS),
    apply=check,
    sign=_sign,
    note=LOCK_NOTE,
)
