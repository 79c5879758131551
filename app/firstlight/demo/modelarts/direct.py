"""/direct/{service_id}[/path]: the VPC high-speed channel. No gateway: nobody checks a token, nothing is limited."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from firstlight.demo.answers import refuse_text
from firstlight.demo.modelarts.services import find
from firstlight.demo.talking.sockets import Talk, guarded
from firstlight.demo.world import World


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the routes straight to the instances; paths are those of the container."""
    return [
        WebSocketRoute("/direct/{service_id}", guarded(_admit)),
        WebSocketRoute("/direct/{service_id}/{path:path}", guarded(_admit)),
        Route("/direct/{service_id}", _infer, methods=["POST"]),
        Route("/direct/{service_id}/{path:path}", _infer, methods=["POST"]),
    ]


async def _infer(request: Request) -> Response:
    service = find(request.path_params["service_id"])
    path = "/" + request.path_params.get("path", "")
    if service is None or not service.running or path not in service.paths:
        return PlainTextResponse("Not Found", status_code=404)
    return await service.paths[path](request, await request.body())


def _admit(socket: WebSocket) -> Talk:
    service = find(socket.path_params["service_id"])
    path = "/" + socket.path_params.get("path", "")
    if service is None or not service.running or path not in service.talks:
        raise refuse_text(404, "Not Found")
    return service.talks[path]
