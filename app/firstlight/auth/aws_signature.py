"""AWS Signature Version 4, for SageMaker and every other AWS service. Pure.

Source: "AWS Signature Version 4 for API requests" in the IAM user guide; tested against botocore.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from urllib.parse import quote

from firstlight.auth.huawei_canonical import canonical_headers, canonical_query, signable, signed_names
from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.occasion import Occasion
from firstlight.auth.placing import one_line, with_header, without_blanks
from firstlight.auth.required import require
from firstlight.model.prepared import PreparedRequest
from firstlight.model.signing import Signing, shortened
from firstlight.model.wire_url import wire_url
from firstlight.texts import N_, Phrase

_ALGORITHM = "AWS4-HMAC-SHA256"
_TOLERANCE_S = 5 * 60
_SIGNED = frozenset({"host", "content-type", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256",
                     "x-amzn-sagemaker-target-variant", "x-amzn-sagemaker-target-model"})  # fmt: skip


def _check(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    require(one_line(values.get("access_key", "")), Phrase("The access key is empty."))
    secret = require(one_line(values.get("secret_key", "")), Phrase("The secret key is empty."))
    require(without_blanks(values.get("region", "")), Phrase("The region is empty."))
    require(without_blanks(values.get("service", "")), Phrase("The name of the service is empty."))
    if token := without_blanks(values.get("session_token", "")):
        request = with_header(request, "X-Amz-Security-Token", token, token)
    return replace(request, secrets=request.secrets | {secret})


def _sign(request: PreparedRequest, values: Mapping[str, str], occasion: Occasion) -> PreparedRequest:
    access, secret = one_line(values["access_key"]), one_line(values["secret_key"])
    region, service = without_blanks(values["region"]), without_blanks(values["service"])
    stamp = occasion.at.strftime("%Y%m%dT%H%M%SZ")
    request = with_header(request, "X-Amz-Date", stamp)
    payload = occasion.hash_body("sha256")
    if service == "s3":
        request = with_header(request, "X-Amz-Content-Sha256", payload)
    canonical, names = _canonical_request(request, service, payload)
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    digest = sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
    to_sign = "\n".join((_ALGORITHM, stamp, scope, digest))
    key = f"AWS4{secret}".encode("utf-8", "surrogatepass")
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode("utf-8", "surrogatepass"), "sha256")
    signature = hmac.digest(key, to_sign.encode("utf-8", "surrogatepass"), "sha256").hex()
    authorization = f"{_ALGORITHM} Credential={access}/{scope}, SignedHeaders={names}, Signature={signature}"
    signing = Signing(
        algorithm=_ALGORITHM,
        at=stamp,
        tolerance_s=_TOLERANCE_S,
        canonical_request=canonical,
        string_to_sign=to_sign,
        authorization=shortened(authorization, signature),
    )
    return replace(with_header(request, "Authorization", authorization, signature), signing=signing)


def _canonical_request(request: PreparedRequest, service: str, payload: str) -> tuple[str, str]:
    """Return it and the names of the signed headers. Every service but S3 encodes the path a second time.

    Parameters are sorted as they are encoded, unlike at Huawei.
    """
    url = wire_url(request.url)
    path, _, query = url.target.partition("?")
    found = signable(request.headers, url.authority, only=_SIGNED)
    headers = tuple((name, " ".join(value.split())) for name, value in found)
    uri = path if service == "s3" else quote(path, safe="/~")
    names = signed_names(headers)
    by_encoded_name = "&".join(sorted(canonical_query(query).split("&"), key=lambda pair: pair.split("=")))
    parts = (request.method.upper(), uri, by_encoded_name, canonical_headers(headers), names, payload)
    return "\n".join(parts), names


METHOD = AuthMethod(
    kind="aws-sigv4",
    label=N_("AWS signature (SigV4)"),
    vendor="aws",
    fields=(
        Field(name="access_key", label=N_("Access key")),
        Field(
            name="secret_key",
            label=N_("Secret key"),
            secret=True,
            help=N_("Signs the request on this computer and is never sent."),
        ),
        Field(
            name="session_token",
            label=N_("Session token"),
            secret=True,
            help=N_("Only with temporary keys."),
        ),
        Field(name="region", label=N_("Region"), placeholder="us-east-1"),
        Field(name="service", label=N_("Service name"), placeholder="sagemaker"),
    ),
    apply=_check,
    sign=_sign,
    note=N_("The signature is valid for 5 minutes."),
)
