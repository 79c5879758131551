"""The chat model over Pangu's two APIs, which take the same key in different headers (VENDORS §4)."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter_ns
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from firstlight.demo import accounts
from firstlight.demo.answers import RefusalError, refuse_huawei
from firstlight.demo.insight import tell_times
from firstlight.demo.llm.completion import answer_chat
from firstlight.demo.llm.models import CHAT, MODELS, Model, find
from firstlight.demo.llm.orders import BadFieldError, read_chat
from firstlight.demo.llm.wire import PANGU_TEXT, PANGU_V1, PANGU_V2, Wire
from firstlight.demo.modelarts.signed import check_signature
from firstlight.demo.tokens import UnreadableTokenError
from firstlight.demo.uploads import MIB, NotJsonError, TooLargeError, parse_object, read_body
from firstlight.demo.world import World

_LARGEST_BODY_BYTES = 12 * MIB
_OPERATIONS = ("chat", "text")


def routes(world: World) -> Sequence[BaseRoute]:
    """Return the routes of Pangu V1 and V2, of the SDK's pools, and of V2 behind an edge load balancer."""

    async def first(request: Request) -> Response:
        started_ns = perf_counter_ns()
        project_id, deployment_id = request.path_params["project_id"], request.path_params["deployment_id"]
        model = next((model for model in MODELS if model.deployment_id == deployment_id), None)
        _authorise_v1(world, request, project_id)
        known = request.path_params["operation"] in _OPERATIONS
        if not known or model is None or project_id != accounts.HOME.id:
            raise refuse_huawei(404, "PANGU.3254", "The service does not exist. Check project_id and deployment_id.")
        payload = await _read(request)
        _check_choices(payload)
        if request.path_params["operation"] == "text":
            return await _answer(request, _as_chat(payload), model, PANGU_TEXT, started_ns)
        return await _answer(request, payload, model, PANGU_V1, started_ns)

    async def second(request: Request) -> Response:
        _authorise_v2(request)
        return await on_edge(request)

    async def pool(request: Request) -> Response:
        project_id, deployment_id = request.path_params["project_id"], request.path_params["deployment_id"]
        body = await _read_bytes(request)
        if "authorization" in request.headers:
            check_signature(world, request, body)
        else:
            _authorise_v1(world, request, project_id)
        if (project_id, deployment_id) != (accounts.HOME.id, CHAT.deployment_id):
            raise refuse_huawei(404, "PANGU.3254", "The service does not exist. Check project, pool and deployment.")
        return await _answer(request, _parsed(body), CHAT, PANGU_V1, perf_counter_ns())

    path = "/v1/{project_id}/deployments/{deployment_id}/{operation}/completions"
    pools = "/v2/{project_id}/pools/{pool_id}/deployments/{deployment_id}/chat/completions"
    return [
        Route(path, first, methods=["POST"]),
        Route("/api/v2/chat/completions", second, methods=["POST"]),
        Route(pools, pool, methods=["POST"]),
        Route("/edge/api/v2/chat/completions", on_edge, methods=["POST"]),
    ]


def node_routes(_world: World) -> Sequence[BaseRoute]:
    """Return the routes of V2 on one edge node: no API URL before it, and nobody checks a key."""
    return [Route("/api/v2/chat/completions", on_edge, methods=["POST"])]


async def on_edge(request: Request) -> Response:
    """Answer as V2 does when nobody has to sign in."""
    started_ns = perf_counter_ns()
    payload = await _read(request)
    model = find(payload["model"]) if "model" in payload else CHAT
    if model is None:
        raise refuse_huawei(404, "PANGU.3254", f"The model {payload['model']} does not exist.")
    return await _answer(request, payload, model, PANGU_V2, started_ns)


def _check_choices(payload: dict[str, Any]) -> None:
    choices = payload.get("n") or 1
    if payload.get("stream") is True and choices != 1:
        raise refuse_huawei(400, "PANGU.3321", "n must be 1 when stream is true.")
    if choices not in (1, 2):
        raise refuse_huawei(400, "PANGU.3320", "n must be 1 or 2.")


async def _read(request: Request) -> dict[str, Any]:
    return _parsed(await _read_bytes(request))


async def _read_bytes(request: Request) -> bytes:
    try:
        return await read_body(request, _LARGEST_BODY_BYTES)
    except TooLargeError:
        raise refuse_huawei(413, "APIG.0201", "Request entity too large") from None


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        return parse_object(body)
    except NotJsonError as error:
        raise refuse_huawei(400, "PANGU.0010", f"The body is not valid: {error}.") from error


def _as_chat(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the order of a text completion as that of a chat: its `prompt` is the one message."""
    if not isinstance(payload.get("prompt"), str):
        raise refuse_huawei(400, "PANGU.3278", "The parameter prompt is required, and must be a text.")
    return {**payload, "messages": [{"role": "user", "content": payload["prompt"]}]}


async def _answer(request: Request, payload: dict[str, Any], model: Model, wire: Wire, started_ns: int) -> Response:
    try:
        chat = read_chat(request, payload, model)
    except BadFieldError as error:
        raise _field_refusal(error, payload) from error
    backend_ns = perf_counter_ns()
    answer = await answer_chat(chat, wire)
    tell_times(request, answer, started_ns, backend_ns)
    return answer


def _field_refusal(error: BadFieldError, payload: dict[str, Any]) -> RefusalError:
    """Return the code that Pangu has for this field."""
    if error.param == "max_tokens":
        return refuse_huawei(400, "PANGU.3317", str(error))
    absent = error.param not in payload and "[" not in error.param
    return refuse_huawei(400, "PANGU.3278" if absent else "PANGU.0010", str(error))


def _authorise_v1(world: World, request: Request, project_id: str) -> None:
    """Check X-Auth-Token or, raw, the API key in X-Apig-AppCode; a Bearer header counts for nothing here."""
    token, appcode = request.headers.get("x-auth-token"), request.headers.get("x-apig-appcode")
    if token is not None:
        _check_token(world, token, project_id)
    elif appcode is None:
        raise refuse_huawei(401, "PANGU.0012", "Authentication information is missing.")
    elif appcode != accounts.API_KEY:
        raise refuse_huawei(401, "APIG.0303", "Incorrect app authentication information: app not found")


def _check_token(world: World, token: str, project_id: str) -> None:
    try:
        claims = world.mint.read(token)
    except UnreadableTokenError:
        raise refuse_huawei(401, "APIG.0301", "Incorrect IAM authentication information: decrypt token fail") from None
    if world.mint.expired(claims):
        raise refuse_huawei(401, "APIG.0307", "The token must be updated")
    if claims.scope != "project":
        raise refuse_huawei(401, "PANGU.0011", "Authentication failed: the token does not contain a project.")
    if claims.project_id != project_id:
        raise refuse_huawei(401, "PANGU.0011", "Authentication failed: the token belongs to another project.")


def _authorise_v2(request: Request) -> None:
    """Check `Authorization: Bearer <API key>`, the only way in."""
    given = request.headers.get("authorization")
    if given is None:
        raise refuse_huawei(401, "PANGU.0012", "Authentication information is missing.")
    if given != f"Bearer {accounts.API_KEY}":
        raise refuse_huawei(401, "PANGU.0011", "Authentication failed.")
