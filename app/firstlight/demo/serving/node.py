"""What answers on a machine of its own, without a gateway: a vLLM, a Pangu model on an edge node, an iris container."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from firstlight.demo.answers import RefusalError
from firstlight.demo.iris import service as iris
from firstlight.demo.llm import openai
from firstlight.demo.serving.bodies import read_bytes
from firstlight.demo.talking import services as talking
from firstlight.demo.talking.sockets import Talk, guarded
from firstlight.demo.world import World


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the routes; no key is asked for, as with a vLLM that was started without --api-key."""
    return [
        Route("/", _predict, methods=["POST"]),
        WebSocketRoute("/talk", guarded(_admit)),
        Route("/health", _health, methods=["GET"]),
        Route("/v1/models", _models, methods=["GET"]),
        Route("/v1/chat/completions", _chat, methods=["POST"]),
    ]


def _refuse(status: int, text: str) -> RefusalError:
    return openai.refusal(status, text, None)


async def _health(_request: Request) -> Response:
    return Response()


async def _models(request: Request) -> Response:
    return await openai.list_models(request, b"")


async def _chat(request: Request) -> Response:
    return await openai.complete(request, await read_bytes(request, _refuse))


def _admit(_socket: WebSocket) -> Talk:
    return talking.chat


async def _predict(request: Request) -> Response:
    return await iris.predict(request, await read_bytes(request, _refuse))
