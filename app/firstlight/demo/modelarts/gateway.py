"""/v1/infers/{service_id} and, of the new generation, /v2/infer/…: the checks of the real gateway, then the service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import perf_counter_ns
from typing import TypeVar

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from firstlight.demo.answers import json_answer, refuse_huawei, refuse_json, request_id
from firstlight.demo.insight import tell_times
from firstlight.demo.modelarts.checkers import authorise, authorise_v2
from firstlight.demo.modelarts.services import Service, find
from firstlight.demo.modelarts.throttling import Throttle
from firstlight.demo.talking.sockets import Talk, guarded
from firstlight.demo.uploads import MIB, TooLargeError, read_body
from firstlight.demo.world import World

LARGEST_BODY_BYTES = 12 * MIB
_LARGEST_HEADER_BYTES = 32 * 1024
_Answer = TypeVar("_Answer")
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def routes(world: World) -> Sequence[BaseRoute]:
    """Return the routes of the gateway."""
    throttle = Throttle()

    async def infer(request: Request, authorise: Callable[[World, Request, bytes], None]) -> Response:
        started_ns = perf_counter_ns()
        check_size_of_head(request)
        predict = _found(request, lambda service: service.paths)
        allowance = throttle.take(request.path_params["service_id"])
        if request.method != "POST":
            raise refuse_json(405, {"error_msg": "Method Not Allowed"}, {"Allow": "POST", "X-Request-Id": request_id()})
        body = await read_limited(request)  # a signature covers it
        authorise(world, request, body)
        backend_ns = perf_counter_ns()
        answer = await predict(request, body)
        answer.headers.setdefault("X-Request-Id", request_id())
        if tell_times(request, answer, started_ns, backend_ns):
            answer.headers["X-Apig-RateLimit-api"] = allowance
        return answer

    async def infer_v1(request: Request) -> Response:
        return await infer(request, authorise)

    async def infer_v2(request: Request) -> Response:
        return await infer(request, authorise_v2)

    async def without_id(_request: Request) -> Response:
        raise refuse_huawei(400, "ModelArts.4201", "The URL has no service ID.")

    def admit(socket: WebSocket, authorise: Callable[[World, HTTPConnection, bytes], None]) -> Talk:
        check_size_of_head(socket)
        talk = _found(socket, lambda service: service.talks)
        authorise(world, socket, b"")
        return talk

    talk_v1, talk_v2 = (guarded(partial(admit, authorise=check)) for check in (authorise, authorise_v2))

    return [
        WebSocketRoute("/v1/infers/{service_id}", talk_v1),
        WebSocketRoute("/v1/infers/{service_id}/{path:path}", talk_v1),
        WebSocketRoute("/v2/infer/{service_id}", talk_v2),
        WebSocketRoute("/v2/infer/{service_id}/{path:path}", talk_v2),
        Route("/v1/infers", without_id, methods=_METHODS),
        Route("/v1/infers/{service_id}", infer_v1, methods=_METHODS),
        Route("/v1/infers/{service_id}/{path:path}", infer_v1, methods=_METHODS),
        Route("/v2/infer/{service_id}", infer_v2, methods=_METHODS),
        Route("/v2/infer/{service_id}/{path:path}", infer_v2, methods=_METHODS),
        Route("/v1/services", _list_services, methods=["GET"]),
    ]


def check_size_of_head(request: HTTPConnection) -> None:
    """Refuse a URI over 32 KB (414) and a header over 32 KB (494), as APIG does."""
    if len(request.scope["raw_path"]) + len(request.scope["query_string"]) > _LARGEST_HEADER_BYTES:
        raise refuse_huawei(414, "APIG.0201", "Request URI too large")
    if any(len(name) + len(value) > _LARGEST_HEADER_BYTES for name, value in request.scope["headers"]):
        raise refuse_huawei(494, "APIG.0201", "Request header or cookie too large")


async def read_limited(request: Request) -> bytes:
    """Return the body, or refuse one of more than 12 MB."""
    try:
        return await read_body(request, LARGEST_BODY_BYTES)
    except TooLargeError:
        raise refuse_huawei(413, "ModelArts.4104", "The request body is larger than 12 MB.") from None


def _found(request: HTTPConnection, kind: Callable[[Service], Mapping[str, _Answer]]) -> _Answer:
    """Return what answers at the path; `kind` picks what is asked for, predictions or conversations."""
    service = find(request.path_params["service_id"])
    path = "/" + request.path_params.get("path", "")
    if service is None or (service.running and path not in kind(service)):
        raise refuse_huawei(404, "APIG.0101", "The API does not exist or has not been published in the environment")
    if not service.running:
        raise refuse_huawei(400, "ModelArts.4203", "The service is unavailable: it has not been started.")
    return kind(service)[path]


async def _list_services(request: Request) -> Response:
    """Tell the services and their addresses: what the console's Usage Guides tab shows."""
    from firstlight.demo.modelarts.services import SERVICES

    base = str(request.base_url).rstrip("/")
    services = [
        {
            "service_id": service.id,
            "service_name": service.name,
            "status": "running" if service.running else "stopped",
            "access_address": [
                f"{base}/v1/infers/{service.id}{path.rstrip('/')}" for path in (*service.paths, *service.talks)
            ],
        }
        for service in SERVICES
    ]
    return json_answer({"services": services, "total_count": len(services)})
