"""Endpoints of other clouds: Azure ML, Azure OpenAI and Hugging Face, with their keys checked (VENDORS §8)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Host, Route, Router

from firstlight.demo import accounts
from firstlight.demo.answers import RefusalError, json_answer, refuse_json
from firstlight.demo.iris.service import FEATURES
from firstlight.demo.llm import openai
from firstlight.demo.llm.models import CHAT
from firstlight.demo.serving import flowers
from firstlight.demo.serving.bodies import read_object
from firstlight.demo.serving.tgi import read_inputs
from firstlight.demo.world import World


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the routes; Hugging Face's is told by its host name alone."""
    return [
        Host("{endpoint}.endpoints.huggingface.cloud", Router([Route("/", _generate, methods=["POST"])])),
        Route("/score", _score, methods=["POST"]),
        Route("/openai/deployments/{deployment}/chat/completions", _chat, methods=["POST"]),
    ]


def _refuse(status: int, text: str) -> RefusalError:
    return refuse_json(status, {"error": text})


def _has_bearer(request: Request) -> bool:
    return request.headers.get("authorization") == f"Bearer {accounts.API_KEY}"


async def _generate(request: Request) -> Response:
    """Answer as a text-generation endpoint does: a list with one text."""
    if not _has_bearer(request):
        raise _refuse(401, "Unauthorized")
    writing = await read_inputs(request)
    return json_answer([{"generated_text": "".join([text async for text in writing.texts()])}])


async def _score(request: Request) -> Response:
    """Score the table `input_data`, as a model deployed from MLflow does."""
    if not _has_bearer(request):
        raise refuse_json(401, {"error": {"code": "Unauthorized", "message": "key_auth_access_denied"}})
    payload = await read_object(request, _refuse)
    table = payload.get("input_data")
    if not isinstance(table, dict) or table.get("columns") != list(FEATURES):
        raise _refuse(424, f"input_data.columns must be {', '.join(FEATURES)}")
    try:
        found = flowers.chances(table.get("data"))
    except flowers.BadInputError as error:
        raise _refuse(424, str(error)) from error
    return json_answer([flowers.best(row) for row in found])


async def _chat(request: Request) -> Response:
    """Chat with a deployment: the key stands in `api-key`, the version of the API in the query."""
    if request.headers.get("api-key") != accounts.API_KEY and not _has_bearer(request):
        text = "Access denied due to invalid subscription key or wrong API endpoint."
        raise refuse_json(401, {"error": {"code": "401", "message": text}})
    if "api-version" not in request.query_params:
        raise refuse_json(404, {"error": {"code": "404", "message": "Resource not found"}})
    if request.path_params["deployment"] != CHAT.name:
        text = "The API deployment for this resource does not exist."
        raise refuse_json(404, {"error": {"code": "DeploymentNotFound", "message": text}})
    payload = {**await read_object(request, _refuse), "model": CHAT.name}
    return await openai.complete(request, json.dumps(payload).encode())
