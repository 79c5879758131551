"""The iris model over KServe v2 (Open Inference Protocol), and the chat model over Triton's /generate (VENDORS §8)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from firstlight.demo.answers import RefusalError, json_answer, refuse_json
from firstlight.demo.llm.completion import nap
from firstlight.demo.llm.models import CHAT
from firstlight.demo.serving import flowers
from firstlight.demo.serving.bodies import read_object
from firstlight.demo.serving.writing import Writing, read_prompt
from firstlight.demo.world import World

_TYPES = {"FP16", "FP32", "FP64", "INT32", "INT64"}
_METADATA: dict[str, Any] = {
    "name": flowers.MODEL,
    "versions": ["1"],
    "platform": "first-light",
    "inputs": [{"name": "input-0", "datatype": "FP32", "shape": [-1, flowers.WIDTH]}],
    "outputs": [
        {"name": "label", "datatype": "BYTES", "shape": [-1]},
        {"name": "probabilities", "datatype": "FP32", "shape": [-1, len(flowers.LABELS)]},
    ],
}


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the routes of the protocol; nobody signs in."""
    model = "/v2/models/{model}"
    routes: list[BaseRoute] = [
        Route("/v2", _server, methods=["GET"]),
        Route("/v2/health/live", _live, methods=["GET"]),
        Route("/v2/health/ready", _live, methods=["GET"]),
    ]
    for head in (model, model + "/versions/{version}"):
        routes += [
            Route(head, _metadata, methods=["GET"]),
            Route(f"{head}/ready", _ready, methods=["GET"]),
            Route(f"{head}/infer", _infer, methods=["POST"]),
            Route(f"{head}/generate", _generate, methods=["POST"]),
            Route(f"{head}/generate_stream", _generate_stream, methods=["POST"]),
        ]
    return routes


def _refuse(status: int, text: str) -> RefusalError:
    return refuse_json(status, {"error": text})


def _check(request: Request, known: str) -> None:
    """Refuse another model or version."""
    name, version = request.path_params["model"], request.path_params.get("version", "1")
    if (name, version) != (known, "1"):
        raise _refuse(404, f"Request for unknown model: '{name}' version {version} is not found")


async def _server(_request: Request) -> Response:
    return json_answer({"name": "first-light", "version": "1", "extensions": ["model_repository"]})


async def _live(_request: Request) -> Response:
    return Response()


async def _metadata(request: Request) -> Response:
    _check(request, flowers.MODEL)
    return json_answer(_METADATA)


async def _ready(request: Request) -> Response:
    _check(request, CHAT.name if request.path_params["model"] == CHAT.name else flowers.MODEL)
    return Response()


async def _infer(request: Request) -> Response:
    _check(request, flowers.MODEL)
    payload = await read_object(request, _refuse)
    try:
        found = flowers.chances(_rows(payload))
    except flowers.BadInputError as error:
        raise _refuse(400, str(error)) from error
    outputs = [
        {"name": "label", "datatype": "BYTES", "shape": [len(found)], "data": [flowers.best(row) for row in found]},
        {
            "name": "probabilities", "datatype": "FP32", "shape": [len(found), len(flowers.LABELS)],
            "data": [chance for row in found for chance in row],
        },
    ]  # fmt: skip
    identity = {"id": payload["id"]} if isinstance(payload.get("id"), str) else {}
    return json_answer({"model_name": flowers.MODEL, "model_version": "1", **identity, "outputs": outputs})


def _rows(payload: dict[str, Any]) -> list[list[float]]:
    """Return the one tensor as rows of what its shape says."""
    inputs = payload.get("inputs")
    if not isinstance(inputs, list) or len(inputs) != 1 or not isinstance(inputs[0], dict):
        raise flowers.BadInputError("expected 1 input, 'input-0'")
    tensor = inputs[0]
    shape, kind = tensor.get("shape"), tensor.get("datatype")
    if kind not in _TYPES:
        raise flowers.BadInputError(f"datatype {kind!r} of input '{tensor.get('name')}' is none of a number")
    if not isinstance(shape, list) or len(shape) != 2 or shape[1] != flowers.WIDTH:
        raise flowers.BadInputError(f"unexpected shape for input '{tensor.get('name')}': expected [-1,{flowers.WIDTH}]")
    values = list(flowers.flat(tensor.get("data")))
    if len(values) != shape[0] * shape[1]:
        raise flowers.BadInputError(f"input '{tensor.get('name')}' has {len(values)} values, its shape says otherwise")
    return [values[at : at + flowers.WIDTH] for at in range(0, len(values), flowers.WIDTH)]


async def _writing(request: Request) -> Writing:
    _check(request, CHAT.name)
    payload = await read_object(request, _refuse)
    if not isinstance(payload.get("text_input"), str):
        raise _refuse(400, "expected 'text_input', a text")
    given = payload.get("parameters")
    return read_prompt(request, payload["text_input"], given if isinstance(given, dict) else {}, "max_tokens", _refuse)


async def _generate(request: Request) -> Response:
    writing = await _writing(request)
    return json_answer(_piece("".join([text async for text in writing.texts()])))


async def _generate_stream(request: Request) -> Response:
    writing = await _writing(request)

    async def events() -> AsyncIterator[bytes]:
        async for text in writing.texts():
            yield f"data: {json.dumps(_piece(text), ensure_ascii=False)}\n\n".encode()
            await nap(writing.pace_ms)

    return StreamingResponse(events(), media_type="text/event-stream; charset=utf-8")


def _piece(text: str) -> dict[str, str]:
    return {"model_name": CHAT.name, "model_version": "1", "text_output": text}
