"""The services that are deployed behind the demo's EAS gateway."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from firstlight.demo import accounts
from firstlight.demo.answers import refuse_text
from firstlight.demo.llm import openai
from firstlight.demo.talking import services as talking
from firstlight.demo.talking.sockets import Talk

Predict: TypeAlias = Callable[[Request, bytes], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One deployed service: (method, path after the service name) → what answers."""

    name: str
    paths: Mapping[tuple[str, str], Predict] = field(default_factory=dict)
    talks: Mapping[str, Talk] = field(default_factory=dict)
    """The paths after the service name that open a WebSocket."""
    group: str = ""
    """The group it belongs to, which has an address and a token of its own."""


async def echo(request: Request, body: bytes) -> Response:
    """Send the body back as it came, in its own content type."""
    return Response(body, headers={"Content-Type": request.headers.get("content-type", "application/octet-stream")})


async def busy(_request: Request, _body: bytes) -> Response:
    """Answer as a service whose queue is full: a status that no standard table names."""
    raise refuse_text(450, "The request queue is full, please retry later.")


async def starting(_request: Request, _body: bytes) -> Response:
    """Answer as a service none of whose instances is ready."""
    raise refuse_text(503, "no healthy upstream")


SERVICES = (
    Service(
        name="chat",
        paths={("POST", "v1/chat/completions"): openai.complete, ("GET", "v1/models"): openai.list_models},
        talks={"talk": talking.chat},
        group="llm",
    ),
    Service(name="echo", paths={("POST", ""): echo, ("POST", "echo"): echo}, talks={"": talking.echo}),
    Service(name="talk", talks={"": talking.chat}),
    Service(name="busy", paths={("POST", ""): busy}),
    Service(name="starting", paths={("POST", ""): starting}),
)


def find(name: str) -> Service | None:
    """Return what a name in the address stands for: a service, a group, or `group.service`."""
    return next((service for service in SERVICES if name in (service.name, *_in_group(service))), None)


def token_of(name: str) -> str:
    """Return the token that opens the address with this name: a group has its own."""
    grouped = any(name in _in_group(service) for service in SERVICES)
    return accounts.EAS_GROUP_TOKEN if grouped else accounts.EAS_TOKEN


def _in_group(service: Service) -> tuple[str, ...]:
    return (service.group, f"{service.group}.{service.name}") if service.group else ()
