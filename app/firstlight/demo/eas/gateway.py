"""/api/predict/{service}[/path]: plain-text errors, a raw token; 1 MB but for a dedicated gateway (VENDORS §5)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Host, Route, Router, WebSocketRoute
from starlette.websockets import WebSocket

from firstlight.demo.answers import refuse_text
from firstlight.demo.eas.checkers import authorise
from firstlight.demo.eas.discovery import discovery
from firstlight.demo.eas.services import Predict, find, token_of
from firstlight.demo.talking.sockets import Talk, guarded
from firstlight.demo.uploads import MIB, TooLargeError, read_body
from firstlight.demo.world import World

LARGEST_BODY_BYTES = MIB
_OF_A_DEDICATED_GATEWAY_BYTES = 64 * MIB
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def routes(world: World) -> Sequence[BaseRoute]:
    """Return the routes of the gateway, of a service that has a host of its own, and of the service discovery."""
    own_host = Router([Route("/{path:path}", _predict, methods=_METHODS)])
    return [
        Host("{service}.{uid:int}.{region}.pai-eas.aliyuncs.com", own_host),
        Host("pai-eas-vpc.{region}.aliyuncs.com", discovery(world)),
        WebSocketRoute("/api/predict/{service}", guarded(_admit)),
        WebSocketRoute("/api/predict/{service}/{path:path}", guarded(_admit)),
        Route("/api/predict/{service}", _predict, methods=_METHODS),
        Route("/api/predict/{service}/{path:path}", _predict, methods=_METHODS),
    ]


async def _predict(request: Request) -> Response:
    predict = _find(request)
    try:
        body = await read_body(request, _largest_bytes(request))  # a signature covers it
    except TooLargeError:
        raise refuse_text(413, "Request Entity Too Large") from None
    authorise(request, token_of(request.path_params["service"]), body)
    return await predict(request, body)


def _largest_bytes(request: Request) -> int:
    """Return the limit of the gateway that the host name means: a dedicated one is called gw-…."""
    dedicated = request.headers.get("host", "").startswith("gw-")
    return _OF_A_DEDICATED_GATEWAY_BYTES if dedicated else LARGEST_BODY_BYTES


def _admit(socket: WebSocket) -> Talk:
    name, path = socket.path_params["service"], socket.path_params.get("path", "")
    service = find(name)
    if service is None:
        raise refuse_text(404, f"Service not found: {name}")
    if path not in service.talks:
        raise refuse_text(404, f"Not Found: /{path}")
    authorise(socket, token_of(name))
    return service.talks[path]


def _find(request: Request) -> Predict:
    """Find what answers: 404 for another service or path, 405 for another method on a path that exists."""
    name, path = request.path_params["service"], request.path_params.get("path", "")
    service = find(name)
    if service is None:
        raise refuse_text(404, f"Service not found: {name}")
    predict = service.paths.get((request.method, path))
    if predict is not None:
        return predict
    if any(known == path for _, known in service.paths):
        raise refuse_text(405, "Method Not Allowed")
    raise refuse_text(404, f"Not Found: /{path}")
