"""Puts the services together: one application, one line per service."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from firstlight.demo import digest, home, sagemaker
from firstlight.demo.answers import RefusalError, answer_refusal
from firstlight.demo.eas import gateway as eas
from firstlight.demo.faults import routes as faults
from firstlight.demo.iam import routes as iam
from firstlight.demo.llm import anthropic, maas, ollama, openai, pangu, pieces
from firstlight.demo.modelarts import direct
from firstlight.demo.modelarts import gateway as modelarts
from firstlight.demo.oauth import routes as oauth
from firstlight.demo.serving import clouds, node, open_inference, tensorflow, tgi, torchserve
from firstlight.demo.world import Routes, World

SERVICES: tuple[Routes, ...] = (
    clouds.routes,  # those told by their host name stand before all paths
    maas.routes,
    eas.routes,
    home.routes,
    iam.routes,
    oauth.routes,
    modelarts.routes,
    direct.routes,
    openai.routes,
    pangu.routes,
    sagemaker.routes,
    digest.routes,
    ollama.routes,
    anthropic.routes,
    pieces.routes,
    faults.routes,
)


NODE: tuple[Routes, ...] = (
    node.routes,
    pangu.node_routes,
    ollama.routes,
    open_inference.routes,
    tensorflow.routes,
    torchserve.routes,
    tgi.routes,
)
"""What answers on the node: servers without a gateway before them, each at its true paths."""


def build(world: World) -> ASGIApp:
    """Return the ASGI application of `world`: the port that was called tells gateways and node apart."""
    cloud, on_node = _application(world, SERVICES), _application(world, NODE)
    node_port = int(world.node_url.rpartition(":")[2])

    async def by_port(scope: Scope, receive: Receive, send: Send) -> None:
        await (on_node if scope["server"][1] == node_port else cloud)(scope, receive, send)

    return by_port


def _application(world: World, services: tuple[Routes, ...]) -> Starlette:
    routes = [route for service in services for route in service(world)]
    return Starlette(routes=routes, exception_handlers={RefusalError: answer_refusal})
