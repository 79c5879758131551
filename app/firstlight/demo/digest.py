"""/digest: asks for Digest (RFC 7616, SHA-256) and tells who has answered."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from firstlight.demo import accounts
from firstlight.demo.answers import json_answer
from firstlight.demo.world import World

_REALM = "first-light"
_FIELD = re.compile(r'(\w+)=(?:"([^"]*)"|([^",\s]+))')


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the one route."""
    nonces: set[str] = set()

    async def answer(request: Request) -> Response:
        body = await request.body()
        given = request.headers.get("authorization", "")
        fields = {name: quoted or plain for name, quoted, plain in _FIELD.findall(given)}
        if fields.get("nonce") in nonces and _fits(fields, request):
            nonces.discard(fields["nonce"])
            return json_answer({"user": fields["username"], "received_bytes": len(body)})
        nonce = secrets.token_hex(16)
        nonces.add(nonce)
        challenge = f'Digest realm="{_REALM}", qop="auth", algorithm=SHA-256, nonce="{nonce}"'
        return json_answer({"error": "authentication required"}, 401, {"WWW-Authenticate": challenge})

    return [Route("/digest", answer, methods=["GET", "POST"])]


def _fits(fields: dict[str, str], request: Request) -> bool:
    user = accounts.USERS[0].name
    first = _hashed(f"{user}:{_REALM}:{accounts.PASSWORD}")
    second = _hashed(f"{request.method}:{fields.get('uri', '')}")
    parts = (fields.get(name, "") for name in ("nonce", "nc", "cnonce", "qop"))
    expected = _hashed(":".join((first, *parts, second)))
    return fields.get("username") == user and hmac.compare_digest(expected, fields.get("response", ""))


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()
