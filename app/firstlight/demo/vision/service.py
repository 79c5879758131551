"""The image services: one file in the multipart field `images`, answers as ModelArts' presets give (VENDORS §3.6)."""

from __future__ import annotations

import asyncio

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from firstlight.demo.answers import huawei_answer, refuse_huawei, refuse_recognition
from firstlight.demo.uploads import replayed
from firstlight.demo.vision import classify as classifier
from firstlight.demo.vision import locate as locator
from firstlight.demo.vision.raster import NotAPictureError, Raster, decode

FIELD = "images"
_CLASSIFY_SIDE = 96
_LOCATE_SIDE = 192


async def classify(request: Request, body: bytes) -> Response:
    """Answer with the flower in the picture."""
    raster = await _raster(request, body, _CLASSIFY_SIDE)
    ranked = await asyncio.to_thread(classifier.classify, raster)
    scores = [[label, round(chance, 4)] for label, chance in ranked]
    return huawei_answer({"predicted_label": scores[0][0], "scores": scores})


async def detect(request: Request, body: bytes) -> Response:
    """Answer with the objects in the picture and their boxes, y first."""
    raster = await _raster(request, body, _LOCATE_SIDE)
    found = await asyncio.to_thread(locator.locate, raster)
    return huawei_answer(
        {
            "detection_classes": [one.label for one in found],
            "detection_boxes": [[round(side, 1) for side in one.box] for one in found],
            "detection_scores": [round(one.score, 4) for one in found],
        }
    )


async def _raster(request: Request, body: bytes, longest_side: int) -> Raster:
    data = await _only_file(request, body)
    try:
        return await asyncio.to_thread(decode, data, longest_side)
    except NotAPictureError:
        # The preset engine fails with status 200: only the body tells.
        raise refuse_recognition(200, "the file is not a picture") from None


async def _only_file(request: Request, body: bytes) -> bytes:
    """Return the one file that the request must carry."""
    if not body:
        raise refuse_huawei(400, "ModelArts.4202", "The request is empty.")
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise refuse_recognition(400, f"send multipart/form-data with one file in the field '{FIELD}'")
    from starlette.exceptions import HTTPException

    try:
        async with replayed(request, body).form() as form:
            entries = form.multi_items()
            files = [(name, value) for name, value in entries if isinstance(value, UploadFile)]
            names = ", ".join(sorted({name for name, _ in entries})) or "none"
            if len(files) > 1:
                raise refuse_recognition(400, f"only one picture can be inferred at a time, {len(files)} were sent")
            if not files or files[0][0] != FIELD:
                raise refuse_recognition(400, f"no file in the field '{FIELD}'; fields sent: {names}")
            return await files[0][1].read()
    except HTTPException as error:
        raise refuse_recognition(400, f"the multipart body cannot be read: {error.detail}") from error
