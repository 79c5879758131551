"""Answers that are too large, stopped where the settings say: plain ones, and those that explode when unpacked."""

from __future__ import annotations

from functools import cache

import brotli
import zstandard
from servers import Handler, Peer

from causes.cause import Cause, served
from causes.demo import broken_server

_ONE_MEGABYTE = {"largest_body_mb": 1}


@cache
def _brotli() -> bytes:
    return brotli.compress(b"\0" * 100_000_000, quality=3)


@cache
def _zstd() -> bytes:
    return zstandard.compress(b"\0" * 10_000_000) * 10


def _packed(encoding: str, make: object) -> Handler:
    async def handler(peer: Peer) -> None:
        await peer.request()
        body = make()  # type: ignore[operator]  # one of the two above
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
        await peer.send(head.encode() + body)
        await peer.gone()

    return handler


CAUSES = (
    Cause(
        name="a body without end", layer="read", kind="body-too-large", request=broken_server("/endless-body"),
        settings=_ONE_MEGABYTE, english="larger than 1 MB, so it was broken off", chinese="1 MB", status=200,
        arrived=b"and so on, ",
    ),
    Cause(
        name="10 MiB that become 10 GiB", layer="read", kind="body-too-large", request=broken_server("/bomb"),
        settings=_ONE_MEGABYTE, english="larger than 1 MB, so it was broken off", chinese="1 MB", status=200,
        arrived=b"\0\0\0\0",
    ),
    Cause(
        name="brotli that explodes", layer="read", kind="body-too-large", request=served(_packed("br", _brotli)),
        settings=_ONE_MEGABYTE, english="larger than 1 MB, so it was broken off", chinese="1 MB", status=200,
        arrived=b"\0\0\0\0",
    ),
    Cause(
        name="zstd that explodes", layer="read", kind="body-too-large", request=served(_packed("zstd", _zstd)),
        settings=_ONE_MEGABYTE, english="larger than 1 MB, so it was broken off", chinese="1 MB", status=200,
        arrived=b"\0\0\0\0",
    ),
)  # fmt: skip
