"""The service discovery of EAS: where the instances are that VPC direct calls (VENDORS §5.1)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from firstlight.demo.answers import json_answer, refuse_text
from firstlight.demo.eas.services import find
from firstlight.demo.world import World


def discovery(world: World) -> Router:
    """Return what answers under `pai-eas-vpc.{region}.aliyuncs.com`; nobody signs in from within the VPC."""
    address, _, port = world.node_url.rpartition("://")[2].partition(":")

    async def upstreams(request: Request) -> Response:
        name = request.path_params["service"]
        if find(name) is None:
            raise refuse_text(404, f"Service not found: {name}")
        return json_answer({"endpoints": {"items": [{"ip": address, "port": int(port), "weight": 100}]}})

    return Router([Route("/api/v1/servicediscovery/upstreams/{service}", upstreams, methods=["GET"])])
