"""/endpoints/iris/invocations: the flowers behind AWS signatures, with AWS's errors (VENDORS §8)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from firstlight.auth import method
from firstlight.auth.occasion import Occasion
from firstlight.auth.placing import header
from firstlight.demo import accounts
from firstlight.demo.answers import RefusalError, json_answer, refuse_json
from firstlight.demo.iris import service as iris
from firstlight.demo.serving import flowers
from firstlight.demo.uploads import MIB, NotJsonError, TooLargeError, parse_object, read_body
from firstlight.demo.world import World
from firstlight.model.prepared import PreparedRequest

_LARGEST_BODY_BYTES = 6 * MIB
_TOLERANCE_S = 5 * 60
_HEADER = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), ")


def routes(world: World) -> Sequence[BaseRoute]:
    """Return the one route."""

    async def invoke(request: Request) -> Response:
        try:
            body = await read_body(request, _LARGEST_BODY_BYTES)
        except TooLargeError:
            raise _refuse(413, "PayloadTooLargeException", "Request payload size exceeds 6 MB.") from None
        _authorise(world, request, body)
        return await _predict(request, body)

    return [Route("/endpoints/iris/invocations", invoke, methods=["POST"])]


async def _predict(request: Request, body: bytes) -> Response:
    """Answer `instances` as SageMaker's own algorithms do; anything else as the iris service does."""
    try:
        payload = parse_object(body)
    except NotJsonError:
        payload = {}
    if "instances" not in payload:
        return await iris.predict(request, body)
    given = payload["instances"]
    rows = [row.get("features") if isinstance(row, dict) else None for row in given] if isinstance(given, list) else []
    try:
        found = flowers.chances(rows)
    except flowers.BadInputError as error:
        raise _refuse(400, "ModelError", f"Received client error (400): {error}") from error
    predictions = [{"predicted_label": flowers.best(row), "score": row} for row in found]
    return json_answer({"predictions": predictions})


def _authorise(world: World, request: Request, body: bytes) -> None:
    given = request.headers.get("authorization", "")
    found = _HEADER.match(given)
    if found is None:
        raise _refuse(403, "MissingAuthenticationTokenException", "Missing Authentication Token")
    access, region, service, names = found.groups()
    if access != accounts.ACCESS_KEY.ak:
        raise _refuse(403, "UnrecognizedClientException", "The security token included in the request is invalid.")
    at = _moment(request)
    if at is None or abs(at.timestamp() - world.mint.now()) > _TOLERANCE_S:
        raise _refuse(403, "InvalidSignatureException", "Signature expired: the time of the request is too far off.")
    rows = tuple((name, request.headers[name]) for name in names.split(";") if name in request.headers)
    asked = PreparedRequest(method=request.method, url=str(request.url), headers=rows)
    values = {"access_key": access, "secret_key": accounts.ACCESS_KEY.sk, "region": region, "service": service}
    occasion = Occasion(at=at, hash_body=lambda _algorithm: sha256(body).hexdigest())
    expected = header(method("aws-sigv4").authorise(asked, values, occasion), "Authorization")
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise _refuse(
            403,
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided.",
        )


def _moment(request: Request) -> datetime | None:
    try:
        return datetime.strptime(request.headers.get("x-amz-date", ""), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _refuse(status: int, kind: str, message: str) -> RefusalError:
    return refuse_json(status, {"message": message}, {"x-amzn-ErrorType": kind})
