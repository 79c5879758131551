"""SDK-HMAC-SHA256 and V11-HMAC-SHA256 (VENDORS §2): what AK/SK and app signing have in common. Pure."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

from firstlight.auth.huawei_canonical import canonical_request, signable, signed_names
from firstlight.auth.occasion import Occasion
from firstlight.auth.placing import header, with_header
from firstlight.model.prepared import PreparedRequest
from firstlight.model.signing import Signing, shortened
from firstlight.model.wire_url import wire_url
from firstlight.texts import Phrase

PAYLOAD_HEADER = "X-Sdk-Content-Sha256"
UNSIGNED = "UNSIGNED-PAYLOAD"
TOLERANCE_S = 15 * 60
"""How far the gateway lets the date be off, either way."""

_MINIMUM = frozenset({"host", "x-sdk-date", "x-project-id", "x-domain-id", "x-security-token", "content-type",
                      "x-sdk-content-sha256", "x-stage"})  # fmt: skip
"""What a gateway needs; proxies may touch any other header without breaking the signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The two halves of a key, and for a derived one the place it is derived for."""

    access: str
    secret: str
    region: str = ""
    service: str = ""
    """Region and service both empty: SDK-HMAC-SHA256, else V11-HMAC-SHA256."""

    @property
    def algorithm(self) -> str:
        """The first word of the header."""
        return "V11-HMAC-SHA256" if self.service else "SDK-HMAC-SHA256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """In what the signers of Huawei differ."""

    payload: str = "auto"
    """`auto`, `signed`, `unsigned`."""
    automatic: Callable[[PreparedRequest], bool] = lambda _request: False
    """Tells for `auto` whether the body stays out of the signature."""
    all_headers: bool = False
    underscores: bool = False
    with_unsigned_type: bool = True
    """An unsigned body's Content-Type is signed."""


def signed(request: PreparedRequest, key: Key, rules: Rules, occasion: Occasion) -> PreparedRequest:
    """Return `request` with X-Sdk-Date, where needed X-Sdk-Content-Sha256, and Authorization."""
    stamp = occasion.at.strftime("%Y%m%dT%H%M%SZ")
    request = with_header(request, "X-Sdk-Date", stamp)
    request = _with_payload_header(request, rules)
    payload = header(request, PAYLOAD_HEADER) or occasion.hash_body("sha256")
    headers = _covered(request, rules, payload)
    canonical = canonical_request(request.method, wire_url(request.url).target, headers, payload)
    digest = sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
    info = f"{stamp[:8]}/{key.region}/{key.service}" if key.service else ""
    to_sign = "\n".join(filter(None, (key.algorithm, stamp, info, digest)))
    signature = hmac.digest(_signing_key(key, info), to_sign.encode("utf-8", "surrogatepass"), "sha256").hex()
    who = f"Credential={key.access}/{info}" if info else f"Access={key.access}"
    authorization = f"{key.algorithm} {who}, SignedHeaders={signed_names(headers)}, Signature={signature}"
    signing = Signing(
        algorithm=key.algorithm,
        at=stamp,
        tolerance_s=TOLERANCE_S,
        canonical_request=canonical,
        string_to_sign=to_sign,
        authorization=shortened(authorization, signature),
        payload="unsigned" if payload == UNSIGNED else "hashed",
    )
    return replace(with_header(request, "Authorization", authorization, signature), signing=signing)


def _covered(request: PreparedRequest, rules: Rules, payload: str) -> tuple[tuple[str, str], ...]:
    """Return the headers that the signature covers."""
    only = None if rules.all_headers else _MINIMUM
    if payload == UNSIGNED and not rules.with_unsigned_type:
        only = (only or frozenset(name.lower() for name, _ in request.headers)) - {"content-type"}
    return signable(request.headers, wire_url(request.url).authority, only=only, underscores=rules.underscores)


def _with_payload_header(request: PreparedRequest, rules: Rules) -> PreparedRequest:
    """Say that the body is not signed, where it is not. Never of an empty one: the SDKs disagree on what that means."""
    if not request.body.size_bytes or header(request, PAYLOAD_HEADER):
        return request
    if rules.payload == "unsigned":
        return with_header(request, PAYLOAD_HEADER, UNSIGNED)
    if rules.payload != "signed" and rules.automatic(request):
        told = Phrase(
            "The signature does not cover the body (UNSIGNED-PAYLOAD), as in Huawei's SDK for {content_type}.",
            content_type=header(request, "Content-Type").partition(";")[0],
        )
        return with_header(replace(request, notes=(*request.notes, told)), PAYLOAD_HEADER, UNSIGNED)
    return request


def _signing_key(key: Key, info: str) -> bytes:
    if not info:
        return key.secret.encode("utf-8", "surrogatepass")
    extracted = hmac.digest(
        key.access.encode("utf-8", "surrogatepass"), key.secret.encode("utf-8", "surrogatepass"), "sha256"
    )
    return hmac.digest(extracted, info.encode() + b"\x01", "sha256").hex().encode()
