"""The chat model over OpenAI's API: /v1/chat/completions and /v1/models (VENDORS §6)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from firstlight.demo import accounts
from firstlight.demo.answers import RefusalError, json_answer, refuse_json
from firstlight.demo.llm.completion import answer_chat
from firstlight.demo.llm.models import MODELS, find
from firstlight.demo.llm.orders import BadFieldError, read_chat
from firstlight.demo.llm.wire import OPENAI
from firstlight.demo.uploads import MIB, NotJsonError, TooLargeError, parse_object, read_body
from firstlight.demo.world import World

_CREATED = 1_767_225_600
_LARGEST_BODY_BYTES = 12 * MIB


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the routes of the OpenAI-compatible API."""

    async def chat(request: Request) -> Response:
        check_key(request)
        try:
            body = await read_body(request, _LARGEST_BODY_BYTES)
        except TooLargeError:
            raise refusal(413, "The request is too large.", "request_too_large") from None
        return await complete(request, body)

    async def models(request: Request) -> Response:
        check_key(request)
        return await list_models(request, b"")

    return [
        Route("/v1/chat/completions", chat, methods=["POST"]),
        Route("/v1/models", models, methods=["GET"]),
    ]


async def complete(request: Request, body: bytes) -> Response:
    """Answer a chat request whose sender has been checked: also what stands behind ModelArts and EAS."""
    try:
        payload = parse_object(body)
    except NotJsonError as error:
        raise refusal(400, f"We could not parse the JSON body of your request: {error}.", None) from error
    if not isinstance(payload.get("model"), str):
        raise refusal(400, "you must provide a model parameter", None, "model")
    model = find(payload["model"])
    if model is None:
        raise refusal(404, f"The model `{payload['model']}` does not exist.", "model_not_found", "model")
    try:
        chat = read_chat(request, payload, model)
    except BadFieldError as error:
        raise refusal(400, str(error), "invalid_value", error.param) from error
    return await answer_chat(chat, OPENAI)


async def list_models(_request: Request, _body: bytes) -> Response:
    """List the models; `id` is what a request must send as `model`."""
    models = [
        {"id": model.name, "object": "model", "created": _CREATED, "owned_by": "first-light", "max_model_len": 4096}
        for model in MODELS
    ]
    return json_answer({"object": "list", "data": models})


def check_key(request: Request) -> None:
    """Check `Authorization: Bearer <API key>`."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        raise refusal(401, "You didn't provide an API key.", "missing_api_key")
    if scheme.lower() != "bearer" or key.strip() != accounts.API_KEY:
        raise refusal(401, "Incorrect API key provided.", "invalid_api_key")


def refusal(status: int, message: str, code: str | None, param: str | None = None) -> RefusalError:
    """Return OpenAI's error shape."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return refuse_json(status, {"error": error})
