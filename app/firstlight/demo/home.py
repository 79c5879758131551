"""The front door: what this is, which services there are, and a first JSON to fetch."""

from __future__ import annotations

from collections.abc import Sequence
from time import strftime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from firstlight import __version__
from firstlight.demo import accounts
from firstlight.demo.answers import json_answer
from firstlight.demo.world import World

_EXACT = (
    '{"price":1.10,"serial":9223372036854775807,"beyond":123456789012345678901234567890,"large":1e400,'
    '"small":1E-7,"negative_zero":-0.0,"b":"first","a":"second","a":"the same key again","escaped":"\\u521d\\u5149",'
    '"plain":"初光"}'
)


def routes(world: World) -> Sequence[BaseRoute]:
    """Return the routes of the front door."""

    async def home(_request: Request) -> Response:
        return json_answer(
            {
                "name": "First Light demo services",
                "version": __version__,
                "addresses": world.addresses(),
                "project_id": accounts.HOME.id,
                "services": {
                    "IAM tokens": "POST /v3/auth/tokens",
                    "OAuth 2.0": "POST /oauth/token, GET /oauth/authorize, GET /oauth/me",
                    "ModelArts": "POST /v1/infers/{service_id}",
                    "ModelArts, new generation": "POST /v2/infer/{service_id}",
                    "SageMaker": "POST /endpoints/iris/invocations",
                    "Digest": "GET, POST /digest",
                    "Pangu V1": "POST /v1/{project_id}/deployments/{deployment_id}/chat/completions",
                    "Pangu V2": "POST /api/v2/chat/completions",
                    "PAI-EAS": "POST /api/predict/{service}",
                    "OpenAI-compatible": "POST /v1/chat/completions",
                    "Ollama": "POST /api/chat",
                    "Anthropic": "POST /v1/messages",
                    "JSON array, plain text": "POST /pieces/array, /pieces/text",
                    "WebSocket": "wss or ws at /v1/infers/{service_id} and /api/predict/{service}",
                    "Azure ML": "POST /score",
                    "Azure OpenAI": "POST /openai/deployments/demo-chat/chat/completions?api-version=…",
                    "On the node: KServe v2, Triton": "POST /v2/models/iris/infer, /v2/models/demo-chat/generate",
                    "On the node: TensorFlow Serving": "POST /v1/models/iris:predict",
                    "On the node: TorchServe": "POST /predictions/iris, /predictions/flowers",
                    "On the node: TGI": "POST /generate, /generate_stream",
                    "On the node: vLLM": "POST /v1/chat/completions",
                    "Faults": "GET /faults",
                },
            }
        )

    return [
        Route("/", home, methods=["GET"]),
        Route("/hello", hello, methods=["GET"]),
        Route("/exact", exact, methods=["GET"]),
    ]


async def hello(request: Request) -> Response:
    """Greet whoever asks."""
    name = request.query_params.get("name", "world")
    return json_answer({"message": f"Hello, {name}!", "time": strftime("%Y-%m-%dT%H:%M:%S%z")})


async def exact(_request: Request) -> Response:
    """Send numbers and keys that most tools change when they show them."""
    return Response(_EXACT.encode(), media_type="application/json")
