"""POST, GET and HEAD /v3/auth/tokens, GET /v3/projects, and keys for a while."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from firstlight.demo import accounts
from firstlight.demo.answers import huawei_answer
from firstlight.demo.iam.bodies import project_body, token_body
from firstlight.demo.iam.identity import part, signed_in
from firstlight.demo.iam.login import Login
from firstlight.demo.iam.problems import coded, missing, titled
from firstlight.demo.iam.scopes import read_scope
from firstlight.demo.iam.temporary import key_body
from firstlight.demo.pace import number
from firstlight.demo.tokens import VALID_S, Claims, UnreadableTokenError
from firstlight.demo.uploads import NotJsonError, TooLargeError, parse_object, read_body
from firstlight.demo.world import World

_LARGEST_BODY_BYTES = 32 * 1024


def routes(world: World) -> Sequence[BaseRoute]:
    """Return the routes of the identity service."""
    iam = _Iam(world)
    return [
        Route("/v3/auth/tokens", iam.issue, methods=["POST"]),
        Route("/v3/auth/tokens", iam.verify, methods=["GET", "HEAD"]),
        Route("/valid/{seconds:int}/v3/auth/tokens", iam.issue, methods=["POST"]),
        Route("/v3/projects", iam.projects, methods=["GET"]),
        Route("/v3.0/OS-CREDENTIAL/securitytokens", iam.lend_keys, methods=["POST"]),
    ]


class _Iam:
    def __init__(self, world: World) -> None:
        self._world = world
        self._login = Login(world.mint.now)

    async def issue(self, request: Request) -> Response:
        """Issue a token; 201, and the token in X-Subject-Token.

        Below /valid/{seconds} is an endpoint whose tokens live no longer than that.
        """
        auth = await _read_auth(request)
        user, methods = signed_in(auth, self._login)
        scope, project_id = read_scope(auth)
        wanted = request.path_params.get("seconds", request.query_params.get("demo_valid_s", VALID_S))
        mint = self._world.mint
        token = mint.issue(
            user_id=user.id,
            scope=scope,
            project_id=project_id,
            valid_s=number(wanted, VALID_S, VALID_S),
            methods=methods,
        )
        catalog_url = "" if request.query_params.get("nocatalog") else self._world.main_url
        answer = huawei_answer(token_body(mint.read(token), catalog_url), 201)
        answer.headers["X-Subject-Token"] = token
        return answer

    async def verify(self, request: Request) -> Response:
        """Describe the token in X-Subject-Token to whoever holds a valid X-Auth-Token."""
        self._bearer(request)
        subject = request.headers.get("x-subject-token", "")
        try:
            claims = self._world.mint.read(subject)
        except UnreadableTokenError:
            raise coded(400, "IAM.0009", "The X-Subject-Token is invalid.") from None
        if self._world.mint.expired(claims):
            raise titled(404, "The token has expired.")
        catalog_url = "" if request.query_params.get("nocatalog") else self._world.main_url
        answer = huawei_answer(token_body(claims, catalog_url))
        answer.headers["X-Subject-Token"] = subject
        return answer

    async def projects(self, request: Request) -> Response:
        """List the projects of the account, or the one that is named."""
        self._bearer(request)
        name = request.query_params.get("name")
        found = [project_body(project) for project in accounts.PROJECTS if name in (None, project.name)]
        return huawei_answer({"projects": found, "links": {"self": str(request.url), "next": None, "previous": None}})

    async def lend_keys(self, request: Request) -> Response:
        """Hand out a key pair for a while to the bearer of a token; 201."""
        given = part(part(await _read_auth(request), "auth", "identity"), "auth.identity", "token")
        if not isinstance(token := given.get("id", request.headers.get("x-auth-token")), str):
            raise missing("auth.identity.token.id")
        self._read_bearer(token)
        return huawei_answer(key_body(self._world.temporary_keys.issue(token, given.get("duration_seconds"))), 201)

    def _bearer(self, request: Request) -> Claims:
        """Check X-Auth-Token."""
        return self._read_bearer(request.headers.get("x-auth-token", ""))

    def _read_bearer(self, token: str) -> Claims:
        try:
            claims = self._world.mint.read(token)
        except UnreadableTokenError:
            raise coded(401, "IAM.0001", "The request you have made requires authentication.") from None
        if self._world.mint.expired(claims):
            raise coded(401, "IAM.0066", "The token has expired.")
        return claims


async def _read_auth(request: Request) -> dict[str, Any]:
    """Return the `auth` object of a token request."""
    try:
        body = await read_body(request, _LARGEST_BODY_BYTES)
    except TooLargeError:
        raise coded(400, "IAM.1101", "The request body is larger than 32 KB.") from None
    if not body:
        raise coded(400, "IAM.1101", "The request body is empty.")
    try:
        auth = parse_object(body).get("auth")
    except NotJsonError as error:
        raise coded(400, "IAM.0011", f"Invalid request body: {error}.") from error
    if not isinstance(auth, dict):
        raise missing("auth")
    return auth
