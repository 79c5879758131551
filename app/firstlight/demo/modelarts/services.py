"""The services that are deployed behind the demo's ModelArts gateway."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from firstlight.demo.iris import service as iris
from firstlight.demo.llm import openai
from firstlight.demo.talking import services as talking
from firstlight.demo.talking.sockets import Talk
from firstlight.demo.vision import service as vision

Predict: TypeAlias = Callable[[Request, bytes], Awaitable[Response]]
"""Answers one inference request; the body has been read and is within the gateway's limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One deployed service; `paths` are those that its model configuration names."""

    id: str
    name: str
    paths: Mapping[str, Predict] = field(default_factory=dict)
    talks: Mapping[str, Talk] = field(default_factory=dict)
    """The paths that open a WebSocket."""
    running: bool = True
    open: bool = False
    """Deployed without sign-in, which only the new generation allows."""


IRIS = Service(id="e4f6a9b2-5d1c-4c7e-9a83-0b2d7f61c5a8", name="iris", paths={"/": iris.predict})
FLOWERS = Service(id="2c8d0e5f-71b4-4f3a-8e96-d5a1c7b40f29", name="flower-classification", paths={"/": vision.classify})
SHAPES = Service(id="97b1f3d6-0a4e-4d28-b5c7-6e82f9a0d134", name="object-detection", paths={"/": vision.detect})
CHAT = Service(
    id="5a7c2e90-d83f-4b16-a1f4-3c9e60b7d852",
    name="chat",
    paths={"/v1/chat/completions": openai.complete},
    talks={"/talk": talking.chat},
)
OPEN = replace(CHAT, id="f2d94c17-6b38-4e05-9a7c-81e3b0d5f64a", name="chat-open", open=True)
TALK = Service(
    id="b1e07d5c-3f92-4a68-8c41-92d6e0f7a35b", name="chat-websocket", talks={"/": talking.chat, "/echo": talking.echo}
)
STOPPED = Service(id="c03e8b47-9f52-4a6d-8d1b-f7e4a25c6b90", name="stopped", running=False)

SERVICES = (IRIS, FLOWERS, SHAPES, CHAT, OPEN, TALK, STOPPED)


def find(service_id: str) -> Service | None:
    """Return the service of that id."""
    return next((service for service in SERVICES if service.id == service_id), None)
