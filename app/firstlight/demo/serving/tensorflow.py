"""The iris model as TensorFlow Serving offers it, /v1/models/{model}:predict (VENDORS §8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from firstlight.demo.answers import RefusalError, json_answer, refuse_json
from firstlight.demo.iris.service import FEATURES
from firstlight.demo.serving import flowers
from firstlight.demo.serving.bodies import read_object
from firstlight.demo.world import World

_SIGNATURE = "serving_default"
_LABEL = "stable"


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the routes of the one model; nobody signs in."""
    routes: list[BaseRoute] = []
    for head in ("/v1/models/{model}", "/v1/models/{model}/versions/{version}", "/v1/models/{model}/labels/{label}"):
        routes += [
            Route(f"{head}:predict", _predict, methods=["POST"]),
            Route(f"{head}:classify", _classify, methods=["POST"]),
            Route(f"{head}/metadata", _metadata, methods=["GET"]),
            Route(head, _status, methods=["GET"]),
        ]
    return routes


def _refuse(status: int, text: str) -> RefusalError:
    return refuse_json(status, {"error": text})


def _check(request: Request) -> None:
    name, version = request.path_params["model"], request.path_params.get("version", "1")
    label = request.path_params.get("label", _LABEL)
    if name != flowers.MODEL or version != "1" or label != _LABEL:
        raise _refuse(404, f"Servable not found for request: Specific({name}, {version if label == _LABEL else label})")


async def _predict(request: Request) -> Response:
    """Answer rows with rows, and columns (`inputs`) with columns (`outputs`), as TensorFlow Serving does."""
    _check(request)
    payload = await read_object(request, _refuse)
    if payload.get("signature_name", _SIGNATURE) != _SIGNATURE:
        raise _refuse(400, f'Serving signature name: "{payload["signature_name"]}" not found in signature def')
    if ("instances" in payload) == ("inputs" in payload):
        raise _refuse(400, "JSON Value: must have exactly one of 'instances' and 'inputs'")
    columns = "inputs" in payload
    found = _chances(payload["inputs"] if columns else payload["instances"])
    return json_answer({"outputs" if columns else "predictions": found})


async def _classify(request: Request) -> Response:
    """Answer `examples`, one object of measurements each, with labels and scores."""
    _check(request)
    payload = await read_object(request, _refuse)
    examples = payload.get("examples")
    if not isinstance(examples, list):
        raise _refuse(400, "When method is classify, key 'examples' is expected and was not found")
    rows = [[one.get(name) for name in FEATURES] if isinstance(one, dict) else [] for one in examples]
    results = [[list(pair) for pair in zip(flowers.LABELS, row, strict=True)] for row in _chances(rows)]
    return json_answer({"results": results})


def _chances(rows: object) -> list[list[float]]:
    try:
        return flowers.chances(rows)
    except flowers.BadInputError as error:
        raise _refuse(400, f"Failed to process element of 'instances' list: {error}") from error


async def _status(request: Request) -> Response:
    _check(request)
    state: dict[str, Any] = {"version": "1", "state": "AVAILABLE", "status": {"error_code": "OK", "error_message": ""}}
    return json_answer({"model_version_status": [state]})


async def _metadata(request: Request) -> Response:
    _check(request)
    shape = {"dim": [{"size": "-1", "name": ""}, {"size": str(flowers.WIDTH), "name": ""}], "unknown_rank": False}
    inputs = {"features": {"dtype": "DT_FLOAT", "tensor_shape": shape, "name": "features:0"}}
    signature = {_SIGNATURE: {"inputs": inputs, "method_name": "tensorflow/serving/predict"}}
    specification = {"name": flowers.MODEL, "signature_name": "", "version": "1"}
    return json_answer({"model_spec": specification, "metadata": {"signature_def": {"signature_def": signature}}})
