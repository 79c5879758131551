"""The ways to log in at the ModelArts gateway, one function each, tried in the order of the table (VENDORS §3.2)."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.requests import HTTPConnection

from firstlight.demo import accounts
from firstlight.demo.answers import RefusalError, refuse_huawei
from firstlight.demo.modelarts.services import find
from firstlight.demo.modelarts.signed import check_signature
from firstlight.demo.tokens import Claims, UnreadableTokenError
from firstlight.demo.world import World

Check: TypeAlias = Callable[[World, HTTPConnection, bytes], None]
"""Returns when the request with this body may pass; raises a RefusalError otherwise."""


@dataclass(frozen=True, slots=True)
class Checker:
    """One way to log in, chosen when its header is there."""

    header: str
    check: Check


def check_token(world: World, request: HTTPConnection, _body: bytes) -> None:
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


def check_appcode(_world: World, request: HTTPConnection, _body: bytes) -> None:
    """Check X-Apig-AppCode; a key that exists and is bound to other services is told from an unknown one."""
    given = request.headers["x-apig-appcode"]
    if given == accounts.API_KEY:
        raise refuse_huawei(403, "APIG.0304", "The app is not authorized to access the API.")
    if given != accounts.APPCODE:
        raise refuse_huawei(401, "APIG.0303", "Incorrect app authentication information: app not found")


def check_app_key(_world: World, request: HTTPConnection, _body: bytes) -> None:
    """Check the AppKey in `apikey`."""
    if request.headers["apikey"] != accounts.APP_KEY:
        raise _unknown_app(request.headers["apikey"])


def check_app_secret(_world: World, request: HTTPConnection, _body: bytes) -> None:
    """Check AppKey and AppSecret in X-HW-ID and X-HW-AppKey; this gateway has the option app_secret on."""
    _check_app(request.headers["x-hw-id"], request.headers.get("x-hw-appkey", ""))


def check_authorization(world: World, request: HTTPConnection, body: bytes) -> None:
    """Check a signature, or AppKey and AppSecret as Basic auth; this gateway has the option app_basic on."""
    scheme, _, pair = request.headers["authorization"].partition(" ")
    if scheme != "Basic":
        check_signature(world, request, body)
        return
    try:
        key, _, secret = b64decode(pair, validate=True).decode().partition(":")
    except ValueError:
        key, secret = pair, ""
    _check_app(key, secret)


def _check_app(key: str, secret: str) -> None:
    if key != accounts.APP_KEY:
        raise _unknown_app(key)
    if secret != accounts.APP_SECRET:
        raise refuse_huawei(401, "APIG.0303", "Incorrect app authentication information: app secret mismatch")


def _unknown_app(key: str) -> RefusalError:
    return refuse_huawei(401, "APIG.0303", f"Incorrect app authentication information: app not found, appkey {key}")


CHECKERS = (
    Checker("x-auth-token", check_token),
    Checker("x-apig-appcode", check_appcode),
    Checker("apikey", check_app_key),
    Checker("x-hw-id", check_app_secret),
    Checker("authorization", check_authorization),
)


def authorise(world: World, request: HTTPConnection, body: bytes = b"") -> None:
    """Let the first checker whose header is there decide; with none of them the answer is 401."""
    for checker in CHECKERS:
        if checker.header in request.headers:
            checker.check(world, request, body)
            return
    raise refuse_huawei(401, "ModelArts.0201", "The request carries no token: add X-Auth-Token.")


def authorise_v2(world: World, request: HTTPConnection, body: bytes = b"") -> None:
    """Check a service of the new generation: an API key after Bearer, a token, or nothing, as it was deployed."""
    service = find(request.path_params["service_id"])
    if service is not None and service.open:
        return
    if "x-auth-token" in request.headers:
        check_token(world, request, body)
    elif "authorization" not in request.headers:
        raise refuse_huawei(401, "ModelArts.0205", "The request carries no Authorization header.")
    elif request.headers["authorization"] != f"Bearer {accounts.API_KEY}":
        raise refuse_huawei(401, "ModelArts.0208", "The Authorization header was not accepted.")
