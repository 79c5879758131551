"""Bodies that are broken, very large, or packed."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import AsyncIterator, Callable
from importlib import import_module
from random import Random
from typing import cast

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from firstlight.demo.answers import refuse_json
from firstlight.demo.pace import number
from firstlight.demo.uploads import MIB

_MOST_MB = 1024.0


def _brotli(data: bytes) -> bytes:
    return cast("bytes", import_module("brotli").compress(data))


def _zstd(data: bytes) -> bytes:
    return cast("bytes", import_module("zstandard").compress(data))


ENCODINGS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("br", _brotli),
    ("zstd", _zstd),
)


async def malformed(_request: Request) -> Response:
    """Send JSON that breaks off in line 3, with status 200."""
    return Response(b'{\n  "data": {\n    "resp_data": [{"predictresult" "setosa"}]\n}', media_type="application/json")


async def encoded(request: Request) -> Response:
    """Pack the answer, whatever the client accepts."""
    name = request.path_params["encoding"]
    pack = dict(ENCODINGS).get(name)
    if pack is None:
        raise refuse_json(404, {"error": f"no such encoding: {name}", "encodings": [one for one, _ in ENCODINGS]})
    text = json.dumps({"encoding": name, "message": "first light " * 20, "中文": "初光"}, ensure_ascii=False)
    return Response(pack(text.encode()), headers={"Content-Encoding": name}, media_type="application/json")


async def huge(request: Request) -> Response:
    """Send a JSON list of about that many megabytes; the same size gives the same bytes."""
    size_bytes = int(number(request.query_params.get("mb", 20), 20.0, _MOST_MB) * MIB)
    return StreamingResponse(_rows(size_bytes), media_type="application/json")


async def _rows(size_bytes: int) -> AsyncIterator[bytes]:
    dice = Random(1)
    block = [f'{{"id":{dice.randrange(10**18)},"score":{dice.random():.17f},"label":"点 {n}"}}' for n in range(1000)]
    rows = ",\n".join(block).encode()
    sent_bytes = len(rows) + 4
    yield b"[\n" + rows
    while sent_bytes < size_bytes:
        yield b",\n" + rows
        sent_bytes += len(rows) + 2
    yield b"\n]"
