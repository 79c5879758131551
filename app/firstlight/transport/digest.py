"""Answers a challenge of Digest (RFC 7616) with httpx's own implementation of it."""

from __future__ import annotations

from dataclasses import replace

from firstlight.auth.placing import with_header
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.prepared import PreparedRequest
from firstlight.model.signing import Signing
from firstlight.model.wire_url import wire_url
from firstlight.texts import Phrase
from firstlight.transport.hop import as_typed
from firstlight.transport.quiet_httpx import httpx


def reply(request: PreparedRequest, headers: tuple[tuple[str, str], ...]) -> PreparedRequest | None:
    """Return the request with the reply to the challenge in `headers`; None where there is none for Digest.

    The reply fits one address, so nothing follows a redirect from there; and there is no second challenge.

    Raises:
        ExchangeError: layer `protocol`, when the challenge cannot be answered.
    """
    if request.login is None:
        return None
    url = as_typed(wire_url(request.url))
    asked = httpx.Request(request.method, url)
    asked.method, asked.url = request.method, url  # as they are sent: it would have tidied both
    flow = httpx.DigestAuth(request.login.username, request.login.password).auth_flow(asked)
    next(flow)
    answer = httpx.Response(401, headers=list(headers), request=asked)
    try:
        authorization = flow.send(answer).headers["Authorization"]
    except StopIteration:
        return None
    except (httpx.ProtocolError, RuntimeError, LookupError, ValueError) as error:
        raise _cannot_answer(headers) from error
    signing = Signing(algorithm="Digest", at="", authorization="Digest …")
    return replace(with_header(request, "Authorization", authorization), login=None, signing=signing)


def _cannot_answer(headers: tuple[tuple[str, str], ...]) -> ExchangeError:
    asked = next(v for k, v in headers if k.lower() == "www-authenticate" and v.lower().startswith("digest"))
    return failed(
        "protocol",
        "digest-challenge",
        Phrase("The service asks for Digest in a way that First Light cannot answer: {challenge}", challenge=asked),
        Phrase("It can answer qop=auth with MD5, SHA-256 and SHA-512; set one of them at the service."),
    )
