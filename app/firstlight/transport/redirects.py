"""Decides where a redirect leads and what may travel there (RFC 9110 §15.4, DESIGN §6). Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from firstlight.model.failure import ExchangeError, failed
from firstlight.model.prepared import EncodedBody, PreparedRequest
from firstlight.model.response import REDIRECTS
from firstlight.model.secrets import SECRET_HEADERS, Masker
from firstlight.model.wire_url import WireUrl, wire_url
from firstlight.texts import Phrase

MOST_REDIRECTS = 10

_BODY_HEADERS = frozenset(
    {"content-type", "content-length", "content-encoding", "content-language", "transfer-encoding", "expect"}
)


@dataclass(frozen=True, slots=True)
class Onward:
    """The next request, and the names of what it no longer carries."""

    request: PreparedRequest
    dropped: tuple[str, ...] = ()
    challenge: str = ""
    """The scheme that was asked for: the request goes to the same place again, with the reply."""


def onward(request: PreparedRequest, status: int, location: str) -> Onward | None:
    """Return the request that follows the redirect; None when the answer is no redirect to follow.

    Raises:
        ExchangeError: layer `protocol`; following would break a promise, so the redirect itself is the answer.
    """
    if status not in REDIRECTS or not location:
        return None
    here, there = wire_url(request.url), _target(request.url, location)
    if here.scheme == "https" and there.scheme == "http":
        raise failed(
            "protocol",
            "redirect-to-plain-http",
            Phrase("The answer redirects from https to {url}. It was not followed: http is not encrypted.",
                   url=there.url),
            Phrase("Correct the redirect at the service, or send to that URL yourself."),
        )  # fmt: skip
    if request.signing:
        raise failed(
            "protocol",
            "redirect-of-a-signed-request",
            Phrase("The answer redirects to {url}. It was not followed: the signature is valid for one address only.",
                   url=there.url),
            Phrase("Send to that URL yourself if you trust it: the request is then signed for it."),
        )  # fmt: skip
    following = _with_method(replace(request, url=there.url), status)
    if here.origin == there.origin:
        return Onward(following, ())
    return _to_another_origin(following, there)


def _target(base: str, location: str) -> WireUrl:
    try:
        joined = urljoin(base, location.strip())
        if urlsplit(joined).scheme not in ("http", "https"):  # `javascript:1` is no host name with a port
            raise ValueError(joined)
        return wire_url(joined)
    except (ValueError, ExchangeError) as error:
        raise failed(
            "protocol",
            "bad-redirect",
            Phrase("The answer redirects to “{location}”, which is not a usable URL.", location=location),
            Phrase("Correct the Location header at the service."),
        ) from error


def _with_method(request: PreparedRequest, status: int) -> PreparedRequest:
    """303 turns every method but HEAD into GET, 301 and 302 only POST (as every browser does), 307 and 308 none."""
    becomes_get = (status == 303 and request.method != "HEAD") or (status in (301, 302) and request.method == "POST")
    if not becomes_get:
        return request
    headers = tuple((name, value) for name, value in request.headers if name.lower() not in _BODY_HEADERS)
    return replace(request, method="GET", headers=headers, body=EncodedBody())


def _to_another_origin(request: PreparedRequest, there: WireUrl) -> Onward:
    masker = Masker.of(request.secrets)
    if any(isinstance(piece, bytes) and _carries(masker, piece) for piece in request.body.pieces):
        raise failed(
            "protocol",
            "redirect-with-secret-body",
            Phrase("The answer redirects the request to {origin}. It was not followed: the body contains a secret.",
                   origin=f"{there.scheme}://{there.authority}"),
            Phrase("Send to that URL yourself if you trust it."),
        )  # fmt: skip
    kept, dropped = [], []
    for name, value in request.headers:
        secret = name.lower() in SECRET_HEADERS or _carries(masker, value.encode())
        if secret or name.lower() == "host":
            dropped.append(name)
        else:
            kept.append((name, value))
    target, lost_params = _without_secret_params(there.target, masker)
    url = replace(there, target=target).url
    onward = replace(request, url=url, headers=tuple(kept), login=None)
    return Onward(onward, (*dropped, *(("Authorization",) if request.login else ()), *lost_params))


def _carries(masker: Masker, data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    return masker.mask_words(text) != text


def _without_secret_params(target: str, masker: Masker) -> tuple[str, list[str]]:
    """Drop the parameters that repeat a secret we sent; tokens that the server itself put there stay."""
    path, question, query = target.partition("?")
    kept, dropped = [], []
    for piece in query.split("&") if question else ():
        name, _, value = piece.partition("=")
        if _carries(masker, value.encode()):
            dropped.append(name)
        else:
            kept.append(piece)
    return (f"{path}?{'&'.join(kept)}" if kept else path), dropped


def too_many() -> ExchangeError:
    """The chain of redirects goes on after MOST_REDIRECTS."""
    return failed(
        "protocol",
        "too-many-redirects",
        Phrase("The answer redirects once more after {count} redirects; the last one is shown.", count=MOST_REDIRECTS),
        Phrase("The service sends the request in a circle: look at the Location headers."),
    )
