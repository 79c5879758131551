"""Two models as TorchServe offers them, /predictions/{model}, with its token check on (VENDORS §8)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from firstlight.demo import accounts
from firstlight.demo.answers import RefusalError, json_answer, refuse_json
from firstlight.demo.serving import flowers
from firstlight.demo.serving.bodies import read_bytes
from firstlight.demo.uploads import NotJsonError, parse_object, replayed
from firstlight.demo.vision.classify import classify
from firstlight.demo.vision.raster import NotAPictureError, decode
from firstlight.demo.world import World

PICTURES = "flowers"
_FIELD = "data"
_SIDE = 96


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the routes of both models: measurements as JSON, and pictures as they are or in the field `data`."""
    return [
        Route("/ping", _ping, methods=["GET"]),
        Route("/predictions/{model}", _predict, methods=["POST"]),
        Route("/predictions/{model}/{version}", _predict, methods=["POST"]),
    ]


def _refuse(status: int, text: str) -> RefusalError:
    kinds = {400: "BadRequestException", 404: "ModelNotFoundException", 413: "PayloadTooLargeException"}
    return refuse_json(status, {"code": status, "type": kinds.get(status, "InternalServerException"), "message": text})


async def _ping(_request: Request) -> Response:
    return json_answer({"status": "Healthy"})


async def _predict(request: Request) -> Response:
    if request.headers.get("authorization") != f"Bearer {accounts.API_KEY}":
        text = "Token Authorization failed. Token either incorrect, expired, or not provided correctly"
        refused = {"code": 400, "type": "InvalidKeyException", "message": text}
        raise refuse_json(400, refused)  # this server says 400 where others say 401
    name, version = request.path_params["model"], request.path_params.get("version", "1.0")
    if name not in (flowers.MODEL, PICTURES) or version != "1.0":
        raise _refuse(404, f"Model not found: {name}")
    body = await read_bytes(request, _refuse)
    return await (_picture(request, body) if name == PICTURES else _measurements(body))


async def _measurements(body: bytes) -> Response:
    try:
        payload = parse_object(body)
        data = payload.get(_FIELD)
        rows = data if isinstance(data, list) and data and isinstance(data[0], list) else [data]
        found = flowers.chances(rows)
    except (NotJsonError, flowers.BadInputError) as error:
        raise _refuse(400, f"the input cannot be used: {error}") from error
    answers = [dict(zip(flowers.LABELS, row, strict=True)) for row in found]
    return Response(json.dumps(answers[0] if len(answers) == 1 else answers), media_type="application/json")


async def _picture(request: Request, body: bytes) -> Response:
    data = await _uploaded(request, body)
    try:
        raster = await asyncio.to_thread(decode, data, _SIDE)
    except NotAPictureError as error:
        raise _refuse(400, f"the input is not a picture: {error}") from error
    ranked = await asyncio.to_thread(classify, raster)
    return json_answer({label: round(chance, 4) for label, chance in ranked})


async def _uploaded(request: Request, body: bytes) -> bytes:
    """Return the picture: the file in the form field, or the whole body."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return body
    try:
        async with replayed(request, body).form() as form:
            file = form.get(_FIELD)
            if isinstance(file, UploadFile):
                return await file.read()
    except HTTPException as error:
        raise _refuse(400, f"the form cannot be read: {error.detail}") from error
    raise _refuse(400, f"the form has no file in the field '{_FIELD}'")
