"""The chat model as ModelArts MaaS offers it: OpenAI's shape, its own API key and errors (VENDORS §3.2, §3.7)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Host, Route, Router

from firstlight.demo import accounts
from firstlight.demo.answers import refuse_huawei
from firstlight.demo.llm.openai import complete
from firstlight.demo.uploads import MIB, TooLargeError, read_body
from firstlight.demo.world import World

_LARGEST_BODY_BYTES = 12 * MIB


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the chat, at its host name and at a path; what the model itself refuses is told in OpenAI's shape."""
    at_its_host = Router([Route("/v1/chat/completions", _chat, methods=["POST"])])
    return [
        Host("api.modelarts-maas.com", at_its_host),
        Route("/maas/v1/chat/completions", _chat, methods=["POST"]),
    ]


async def _chat(request: Request) -> Response:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise refuse_huawei(401, "ModelArts.81002", "The Authorization header carries no API key after Bearer.")
    if key.strip() != accounts.API_KEY:
        raise refuse_huawei(401, "ModelArts.81003", "The API key is invalid.")
    try:
        body = await read_body(request, _LARGEST_BODY_BYTES)
    except TooLargeError:
        raise refuse_huawei(400, "ModelArts.81001", "The request body is too large.") from None
    return await complete(request, body)
