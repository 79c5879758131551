"""The HMAC signature of PAI-EAS, as its SDKs send it (VENDORS §5.3).

Their ways, which a verifier expects: the text always says POST, the MD5 is written in hex, the query is not signed,
and an address that does not begin with /api/predict/ gets the plain token.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.occasion import Occasion
from firstlight.auth.placing import header, one_line, with_header
from firstlight.auth.required import require
from firstlight.model.prepared import PreparedRequest
from firstlight.model.signing import Signing, shortened
from firstlight.model.wire_url import wire_url
from firstlight.texts import N_, Phrase

_PREFIX = "/api/predict/"
_DEFAULT_TYPE = "application/octet-stream"


def _check(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    token = require(
        one_line(values.get("token", "")),
        Phrase("The EAS token is empty."),
        Phrase("Copy it from the invocation information of the service and paste it on the Authorization tab."),
    )
    request = replace(request, secrets=request.secrets | {token})
    return request if header(request, "Content-Type") else with_header(request, "Content-Type", _DEFAULT_TYPE)


def _sign(request: PreparedRequest, values: Mapping[str, str], occasion: Occasion) -> PreparedRequest:
    from email.utils import format_datetime  # late: it loads the whole mail package

    token = one_line(values["token"])
    date = format_datetime(occasion.at, usegmt=True)
    request = with_header(request, "Date", date)
    path = unquote(wire_url(request.url).target.partition("?")[0])
    if not path.startswith(_PREFIX):
        told = Phrase("The path does not begin with {prefix}: the token is sent as it is, as EAS's SDK does.",
                      prefix=_PREFIX)  # fmt: skip
        return with_header(replace(request, notes=(*request.notes, told)), "Authorization", token, token)
    md5 = occasion.hash_body("md5")
    to_sign = "\n".join(("POST", md5, header(request, "Content-Type"), date, path)).strip()
    mac = hmac.digest(token.encode("utf-8", "surrogatepass"), to_sign.encode("utf-8", "surrogatepass"), "sha1")
    signature = b64encode(mac).decode("ascii")
    signing = Signing(
        algorithm="HMAC-SHA1",
        at=date,
        string_to_sign=to_sign,
        authorization=shortened(f"EAS {signature}", signature),
    )
    request = with_header(request, "Content-MD5", md5)
    return replace(with_header(request, "Authorization", f"EAS {signature}", signature), signing=signing)


METHOD = AuthMethod(
    kind="eas-signature",
    label=N_("EAS signature (HMAC)"),
    vendor="eas",
    fields=(
        Field(
            name="token",
            label=N_("Token"),
            secret=True,
            help=N_("Signs the request on this computer and is not sent itself. Each service has its own token."),
        ),
    ),
    apply=_check,
    sign=_sign,
    note=N_("The signature of the official SDKs: for services called by POST under /api/predict/."),
)
