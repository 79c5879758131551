"""Signed requests at the ModelArts gateway: by AK/SK (APIG.0301) or by an app (APIG.0303), with its real words.

Source: the pages on authentication errors in the manual of API Gateway (VENDORS §2.1).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from starlette.requests import HTTPConnection

from firstlight.demo import accounts
from firstlight.demo.answers import RefusalError, refuse_huawei
from firstlight.demo.signatures import Signature, fits, read_signature, seconds_off
from firstlight.demo.world import World

TOLERANCE_S = 15 * 60
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What an AppKey looks like; an access key never does."""


def check_signature(world: World, request: HTTPConnection, body: bytes) -> None:
    """Check who has signed, when, and whether the signature fits what arrived."""
    given = read_signature(request.headers["authorization"])
    if given is None:
        raise refuse_huawei(401, "ModelArts.0206", "The Authorization header is ill-formed.")
    check = _check_app if _UUID.fullmatch(given.access) else _check_user
    check(world, given, request, body)


def _check_user(world: World, given: Signature, request: HTTPConnection, body: bytes) -> None:
    now = world.mint.now()
    if world.lockout.locked(given.access, now):
        raise _of_user("AK access failed to reach the limit,forbidden.")
    secret = _secret_of(world, given.access, request)
    off_s = seconds_off(request, now)
    in_time = off_s is not None and abs(off_s) <= TOLERANCE_S
    if not in_time or not fits(given, secret, request, body):
        world.lockout.failed(given.access, now)
        why = "" if in_time else f", {_expired(request, now)}"
        raise _of_user(f"verify aksk signature fail{why}")
    world.lockout.passed(given.access)
    if request.headers.get("x-project-id", accounts.HOME.id) != accounts.HOME.id:
        raise refuse_huawei(403, "ModelArts.0210", "The project of the service is not the project of the request.")


def _secret_of(world: World, access: str, request: HTTPConnection) -> str:
    """Return the secret key of a permanent access key, or of a temporary one whose security token is there."""
    if access == accounts.ACCESS_KEY.ak:
        return accounts.ACCESS_KEY.sk
    lent = world.temporary_keys.find(access)
    if lent is None:
        raise _of_user(f"Get secretKey failed,ak:{access},err:ak not exist")
    if request.headers.get("x-security-token") != lent.security_token:
        raise _of_user("securitytoken is invalid")
    if lent.expires_at <= world.mint.now():
        raise _of_user("securitytoken expired")
    return lent.secret


def _check_app(world: World, given: Signature, request: HTTPConnection, body: bytes) -> None:
    if given.access != accounts.APP_KEY:
        raise _of_app(f"app not found, appkey {given.access}")
    now = world.mint.now()
    off_s = seconds_off(request, now)
    if off_s is None or abs(off_s) > TOLERANCE_S:
        raise _of_app(_expired(request, now))
    if not fits(given, accounts.APP_SECRET, request, body):
        raise _of_app("signature mismatch")


def _expired(request: HTTPConnection, now: float) -> str:
    server = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"signature expired, signature time:{request.headers.get('x-sdk-date', '')},server time:{server}"


def _of_user(what: str) -> RefusalError:
    return refuse_huawei(401, "APIG.0301", f"Incorrect IAM authentication information: {what}")


def _of_app(what: str) -> RefusalError:
    return refuse_huawei(401, "APIG.0303", f"Incorrect app authentication information: {what}")
