"""Puts the services together: one application, one line per service."""

from __future__ import annotations

from starlette.applications import Starlette

from firstlight.demo import digest, home, sagemaker
from firstlight.demo.answers import RefusalError, answer_refusal
from firstlight.demo.eas import gateway as eas
from firstlight.demo.faults import routes as faults
from firstlight.demo.iam import routes as iam
from firstlight.demo.llm import anthropic, maas, ollama, openai, pangu, pieces
from firstlight.demo.modelarts import direct
from firstlight.demo.modelarts import gateway as modelarts
from firstlight.demo.oauth import routes as oauth
from firstlight.demo.world import Routes, World

SERVICES: tuple[Routes, ...] = (
    home.routes,
    iam.routes,
    oauth.routes,
    modelarts.routes,
    direct.routes,
    openai.routes,
    maas.routes,
    pangu.routes,
    eas.routes,
    sagemaker.routes,
    digest.routes,
    ollama.routes,
    anthropic.routes,
    pieces.routes,
    faults.routes,
)


def build(world: World) -> Starlette:
    """Return the ASGI application of `world`."""
    routes = [route for service in SERVICES for route in service(world)]
    return Starlette(routes=routes, exception_handlers={RefusalError: answer_refusal})
