"""Verifies the signatures of Huawei's and Alibaba's gateways, from the request as it arrived (VENDORS §2, §5.3)."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote

from starlette.requests import HTTPConnection

from firstlight.auth.huawei_canonical import canonical_request

PAYLOAD_HEADER = "x-sdk-content-sha256"
_HEADER = re.compile(
    r"(?P<algorithm>SDK-HMAC-SHA256|V11-HMAC-SHA256) (?:Access|Credential)=(?P<access>[^,/]+)(?:/(?P<info>[^,]+))?, "
    r"SignedHeaders=(?P<names>[^,]+), Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What an Authorization header of Huawei's signers says."""

    algorithm: str
    access: str
    info: str
    """Date, region and service of a derived key."""
    names: tuple[str, ...]
    signature: str


def read_signature(authorization: str) -> Signature | None:
    """Return what the header says; None when it is of another kind."""
    found = _HEADER.fullmatch(authorization)
    if found is None or (found["algorithm"].startswith("V11") and not found["info"]):
        return None
    return Signature(
        algorithm=found["algorithm"],
        access=found["access"],
        info=found["info"] or "",
        names=tuple(found["names"].split(";")),
        signature=found["signature"],
    )


def seconds_off(request: HTTPConnection, now: float) -> float | None:
    """Return how far X-Sdk-Date is from `now`; None when it is no date."""
    try:
        at = datetime.strptime(request.headers.get("x-sdk-date", ""), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return at.timestamp() - now


def fits(given: Signature, secret: str, request: HTTPConnection, body: bytes) -> bool:
    """Tell whether `secret` has signed this request."""
    if not {"host", "x-sdk-date"} <= set(given.names):
        return False
    canonical = canonical_request_of(given, request, body)
    stamp = request.headers["x-sdk-date"]
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = "\n".join(part for part in (given.algorithm, stamp, given.info, digest) if part)
    key = _derived(given, secret) if given.info else secret.encode()
    return hmac.compare_digest(hmac.digest(key, to_sign.encode(), "sha256").hex(), given.signature)


def canonical_request_of(given: Signature, request: HTTPConnection, body: bytes) -> str:
    """Build the canonical request of what arrived, with the headers that the client says it signed."""
    headers = tuple((name, ",".join(request.headers.getlist(name)).strip()) for name in given.names)
    payload = request.headers.get(PAYLOAD_HEADER) or hashlib.sha256(body).hexdigest()
    return canonical_request(request.scope.get("method", "GET"), _target(request), headers, payload)


def eas_fits(authorization: str, token: str, request: HTTPConnection, body: bytes) -> bool:
    """Tell whether `token` has signed this request as EAS's SDKs do; they always say POST."""
    md5 = hashlib.md5(body, usedforsecurity=False).hexdigest()
    said = request.headers
    path = unquote(_target(request).partition("?")[0])
    to_sign = "\n".join(("POST", md5, said.get("content-type", ""), said.get("date", ""), path))
    expected = b64encode(hmac.digest(token.encode(), to_sign.encode(), "sha1")).decode()
    return said.get("content-md5") == md5 and hmac.compare_digest(authorization, f"EAS {expected}")


def _target(request: HTTPConnection) -> str:
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["raw_path"].decode("latin-1").partition("?")[0]
    return f"{path}?{query}" if query else path


def _derived(given: Signature, secret: str) -> bytes:
    extracted = hmac.digest(given.access.encode(), secret.encode(), "sha256")
    return hmac.digest(extracted, given.info.encode() + b"\x01", "sha256").hex().encode()
