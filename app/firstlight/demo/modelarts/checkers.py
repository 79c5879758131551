"""The ways to log in at the ModelArts gateway, one function each, tried in the order of the table (VENDORS §3.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.requests import Request

from firstlight.demo import accounts
from firstlight.demo.answers import refuse_huawei
from firstlight.demo.tokens import Claims, UnreadableTokenError
from firstlight.demo.world import World

Check: TypeAlias = Callable[[World, Request], None]
"""Returns when the request may pass; raises a RefusalError otherwise."""


@dataclass(frozen=True, slots=True)
class Checker:
    """One way to log in, chosen when its header is there."""

    header: str
    check: Check


def check_token(world: World, request: Request) -> None:
    """Check X-Auth-Token: readable, in date, and for the project in which the services live."""
    claims = read_token(world, request.headers["x-auth-token"])
    if claims.scope == "domain":
        raise refuse_huawei(400, "ModelArts.0204", "Token must contain projectId info.")
    if claims.scope == "global":
        raise refuse_huawei(401, "ModelArts.0212", "Invalid token. The token does not contain a project.")
    project = next(project for project in accounts.PROJECTS if project.id == claims.project_id)
    if project.region != accounts.HOME.region:
        raise refuse_huawei(401, "ModelArts.0207", "Token must contain project info of current region.")
    if project.id != accounts.HOME.id:
        raise refuse_huawei(403, "ModelArts.0210", "The project of the service is not the project of the token.")


def read_token(world: World, token: str) -> Claims:
    """Return the claims of a token that is readable and in date."""
    try:
        claims = world.mint.read(token)
    except UnreadableTokenError:
        raise refuse_huawei(401, "ModelArts.0203", "Invalid token. The token cannot be parsed.") from None
    if world.mint.expired(claims):
        raise refuse_huawei(401, "ModelArts.0202", "The token has expired.")
    return claims


def check_appcode(_world: World, request: Request) -> None:
    """Check X-Apig-AppCode; a key that exists and is bound to other services is told from an unknown one."""
    given = request.headers["x-apig-appcode"]
    if given == accounts.API_KEY:
        raise refuse_huawei(403, "APIG.0304", "The app is not authorized to access the API.")
    if given != accounts.APPCODE:
        raise refuse_huawei(401, "APIG.0303", "Incorrect app authentication information: app not found")


CHECKERS = (
    Checker("x-auth-token", check_token),
    Checker("x-apig-appcode", check_appcode),
)


def authorise(world: World, request: Request) -> None:
    """Let the first checker whose header is there decide; with none of them the answer is 401."""
    for checker in CHECKERS:
        if checker.header in request.headers:
            checker.check(world, request)
            return
    raise refuse_huawei(401, "ModelArts.0201", "The request carries no token: add X-Auth-Token.")
