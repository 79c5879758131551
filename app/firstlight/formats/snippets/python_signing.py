"""The lines of a script that sign its request as it goes out: SDK-HMAC-SHA256 of Huawei Cloud (VENDORS §2)."""

from __future__ import annotations

from firstlight.formats.snippets.outgoing import Outgoing
from firstlight.formats.snippets.python_code import text

_SIGNED = '''

SIGNED = {"host", "x-sdk-date", "x-project-id", "x-domain-id", "x-security-token", "content-type",
          "x-sdk-content-sha256", "x-stage"}


def signed(request):
    """Sign the request as it goes out. The gateway takes the signature for 15 minutes."""
    url = urlsplit(str(request.url))
    body = @BODY
    date = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    request.headers["X-Sdk-Date"] = date
@UNSIGNED    headers = {name.lower(): value.strip() for name, value in request.headers.items()}
    headers["host"] = url.netloc
    headers = {name: headers[name] for name in sorted(SIGNED & set(headers))}
    pairs = [pair.partition("=")[::2] for pair in url.query.split("&") if pair]
    pairs = sorted((unquote(name), unquote(value)) for name, value in pairs)
    path = "/".join(quote(part, safe="~") for part in unquote(url.path).split("/"))
    canonical = "\\n".join([
        request.method,
        path if path.endswith("/") else path + "/",
        "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in pairs),
        "".join(f"{name}:{value}\\n" for name, value in headers.items()),
        ";".join(headers),
        headers.get("x-sdk-content-sha256") or hashlib.sha256(body).hexdigest(),
    ])
    to_sign = f"SDK-HMAC-SHA256\\n{date}\\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    access, secret = @ACCESS, @SECRET
    signature = hmac.new(secret.encode(), to_sign.encode(), "sha256").hexdigest()
    request.headers["Authorization"] = (
        f"SDK-HMAC-SHA256 Access={access}, SignedHeaders={';'.join(headers)}, Signature={signature}"
    )
    return request

'''
_NEVER = """    if body:
        request.headers["X-Sdk-Content-Sha256"] = "UNSIGNED-PAYLOAD"
"""
_BUT_JSON = """    content_type = request.headers.get("Content-Type", "application/json")
    if body and not content_type.startswith("application/json"):
        request.headers["X-Sdk-Content-Sha256"] = "UNSIGNED-PAYLOAD"
"""
_LEFT_OUT = {"unsigned": _NEVER, "auto": _BUT_JSON, "signed": ""}


def signing_lines(request: Outgoing, body: str) -> list[str]:
    """Return the function that signs, or nothing; `body` is the expression for the bytes that go out."""
    signer = request.signer
    if signer is None:
        return []
    lines = _SIGNED.replace("@UNSIGNED", _LEFT_OUT[signer.payload]).replace("@BODY", body)
    if signer.payload == "unsigned" and signer.of_app:
        lines = lines.replace('"x-security-token", "content-type",', '"x-security-token",')
    lines = lines.replace("@SECRET", text(request, signer.secret))
    return lines.replace("@ACCESS", text(request, signer.access)).splitlines()
