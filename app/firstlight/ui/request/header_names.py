"""Header names and values that are suggested while typing: the common ones and those of the vendors."""

from __future__ import annotations

from firstlight.texts import N_

_NAMES: tuple[tuple[str, str], ...] = (
    ("Accept", N_("Which kinds of answer are welcome")),
    ("Accept-Encoding", N_("How the answer may be compressed")),
    ("Accept-Language", N_("Which languages are welcome")),
    ("api-key", N_("Key of an Azure OpenAI service")),
    ("Authorization", N_("Who sends the request: a scheme and a credential")),
    ("azureml-model-deployment", N_("Which deployment of an Azure ML endpoint answers")),
    ("Cache-Control", N_("Whether a stored answer will do")),
    ("Connection", N_("Whether the connection stays open")),
    ("Content-Disposition", N_("How the body is meant to be stored, with a file name")),
    ("Content-Encoding", N_("How the body is compressed")),
    ("Content-Language", N_("Which language the body is in")),
    ("Content-Length", N_("Bytes of the body; counted for you")),
    ("Content-Type", N_("What kind of data the body is")),
    ("Cookie", N_("Cookies for this request")),
    ("Expect", N_("Ask whether the body is wanted before sending it")),
    ("Host", N_("The host that is asked for, when it is another than in the URL")),
    ("Idempotency-Key", N_("Marks repeats of one call, so that it counts once")),
    ("If-Match", N_("Only if the version is still this one")),
    ("If-Modified-Since", N_("Only if changed since this time")),
    ("If-None-Match", N_("Only if the version is another one")),
    ("Inference-Header-Content-Length", N_("Triton: bytes of JSON before the binary tensors")),
    ("Last-Event-ID", N_("Continue an event stream behind this event")),
    ("Origin", N_("The site that asks, as a browser tells it")),
    ("Prefer", N_("How the service should answer")),
    ("Range", N_("Only these bytes")),
    ("Referer", N_("The page the request comes from")),
    ("TE", N_("Which transfer encodings are welcome")),
    ("traceparent", N_("Trace that this request belongs to (W3C)")),
    ("Transfer-Encoding", N_("chunked: the body is sent without saying its length")),
    ("User-Agent", N_("The program that asks")),
    ("X-Apig-AppCode", N_("Huawei API gateway: AppCode of the app")),
    ("X-Apig-Mode", N_("Huawei API gateway: debug tells its share of the time")),
    ("X-API-Key", N_("Key of the service")),
    ("X-Auth-Token", N_("Huawei Cloud: IAM token with project scope")),
    ("X-Domain-Id", N_("Huawei Cloud: account of a signed request")),
    ("X-Eas-Queueservice-Request-Id", N_("PAI-EAS queue: number of a request")),
    ("X-Forwarded-For", N_("Address of the client behind a proxy")),
    ("X-HW-AppKey", N_("Huawei API gateway: secret of the app")),
    ("X-HW-ID", N_("Huawei API gateway: key of the app")),
    ("X-Project-Id", N_("Huawei Cloud: project of a signed request")),
    ("X-Request-Id", N_("Your number of this request, for finding it in logs")),
    ("X-Sdk-Content-Sha256", N_("Huawei Cloud: hash of the signed body")),
    ("X-Sdk-Date", N_("Huawei Cloud: time of the signature (UTC)")),
    ("X-Security-Token", N_("Huawei Cloud: token of temporary keys")),
    ("X-Stage", N_("Huawei API gateway: environment of the API")),
)
DESCRIPTIONS = dict(_NAMES)
"""Name → what it says, marked for translation; in the order of the list."""
_MEDIA_TYPES = (
    "application/json",
    "application/json; charset=utf-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/octet-stream",
    "application/x-ndjson",
    "application/xml",
    "image/jpeg",
    "image/png",
    "audio/wav",
    "text/event-stream",
    "text/html",
    "text/plain",
    "text/plain; charset=utf-8",
    "text/xml",
)
_VALUES: dict[str, tuple[str, ...]] = {
    "accept": ("*/*", *_MEDIA_TYPES),
    "accept-encoding": ("gzip, deflate, br, zstd", "gzip", "identity"),
    "accept-language": ("en", "zh-CN,zh;q=0.9,en;q=0.8"),
    "authorization": ("Bearer ", "Basic ", "AppCode ", "Token ", "SDK-HMAC-SHA256 "),
    "cache-control": ("no-cache", "no-store", "max-age=0"),
    "connection": ("keep-alive", "close"),
    "content-encoding": ("gzip", "deflate", "br", "zstd"),
    "content-type": _MEDIA_TYPES,
    "expect": ("100-continue",),
    "prefer": ("respond-async", "return=minimal", "return=representation"),
    "range": ("bytes=0-1023",),
    "te": ("trailers",),
    "transfer-encoding": ("chunked",),
    "x-apig-mode": ("debug",),
    "x-sdk-content-sha256": ("UNSIGNED-PAYLOAD",),
    "x-stage": ("RELEASE",),
}


def values_for(name: str) -> tuple[str, ...]:
    """Return usual values of a header, or nothing."""
    return _VALUES.get(name.strip().lower(), ())
