"""The demo's own faults as causes: what a user can click is what is tested."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from servers import Handler, Peer

from causes.cause import Stage
from firstlight.demo.faults import broken, tls
from firstlight.model.request import Request, RequestSettings

PLAYED: set[str] = set()
"""What of the demo's faults the causes use."""


async def _broken(peer: Peer) -> None:
    await broken.by_path(peer.reader, peer.writer)
    await peer.writer.drain()


async def _tls(peer: Peer) -> None:
    await tls.answer(peer.reader, peer.writer)
    await peer.writer.drain()


def broken_server(path: str, request: Request | None = None) -> Callable[[Stage], Request]:
    """Ask the demo's server that does not speak proper HTTP."""
    PLAYED.add(path)
    return lambda on: replace(request or Request(), url=on.url(_broken) + path)


def tls_server(label: str, **settings: object) -> Callable[[Stage], Request]:
    """Ask the demo's server whose TLS goes wrong, in the way of that host name."""
    PLAYED.add(label)

    def request(on: Stage) -> Request:
        chosen = RequestSettings(connect_to="127.0.0.1", **settings)  # type: ignore[arg-type]  # fields of it
        return Request(url=f"https://{label}.{tls.DOMAIN}:{on.server(_tls).port}/", settings=chosen)

    return request


TLS_SERVER: Handler = _tls
