"""AK/SK signing with a key derived for one region and service: V11-HMAC-SHA256 (VENDORS §2.6)."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth import aksk
from firstlight.auth.huawei_signature import Key, signed
from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.occasion import Occasion
from firstlight.auth.placing import one_line, without_blanks
from firstlight.auth.required import require
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase


def _check(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    request = aksk.check(request, values)
    require(without_blanks(values.get("region", "")), Phrase("The region is empty."))
    require(without_blanks(values.get("service", "")), Phrase("The name of the service is empty."))
    return request


def _sign(request: PreparedRequest, values: Mapping[str, str], occasion: Occasion) -> PreparedRequest:
    key = Key(
        access=one_line(values["ak"]),
        secret=one_line(values["sk"]),
        region=without_blanks(values["region"]),
        service=without_blanks(values["service"]),
    )
    return signed(request, key, aksk.rules(values), occasion)


METHOD = AuthMethod(
    kind="aksk-derived",
    label=N_("AK/SK signature, derived key (V11-HMAC-SHA256)"),
    vendor="huawei",
    fields=(
        aksk.ACCESS_KEY,
        aksk.SECRET_KEY,
        Field(name="region", label=N_("Region"), placeholder="cn-north-4", help=N_("“globe” for global services.")),
        Field(name="service", label=N_("Service name"), placeholder="modelarts"),
        aksk.SECURITY_TOKEN,
        aksk.PROJECT_ID,
        aksk.DOMAIN_ID,
        aksk.PAYLOAD,
        aksk.HEADERS,
    ),
    apply=_check,
    sign=_sign,
    note=N_("Only for services that ask for it; most take the plain AK/SK signature."),
)
