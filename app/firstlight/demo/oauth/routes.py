"""GET and POST /oauth/authorize, POST /oauth/token, and /oauth/me, which tells the bearer of a token who that is."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from firstlight.demo import accounts
from firstlight.demo.answers import json_answer, refuse_json
from firstlight.demo.oauth import pages
from firstlight.demo.oauth.clients import client_of, refuse, scope_of
from firstlight.demo.oauth.grants import Grant, Grants
from firstlight.demo.uploads import read_body
from firstlight.demo.world import World

VALID_S = 600.0
_LARGEST_BODY_BYTES = 32 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def routes(world: World) -> Sequence[BaseRoute]:
    """Return the routes of the server and of the service behind it."""
    server = _Server(Grants(world.mint.now))
    return [
        Route("/oauth/authorize", server.show_page, methods=["GET"]),
        Route("/oauth/authorize", server.decide, methods=["POST"]),
        Route("/oauth/token", server.token, methods=["POST"]),
        Route("/oauth/valid/{seconds:int}/token", server.token, methods=["POST"]),
        Route("/oauth/me", server.tell, methods=["GET"]),
    ]


class _Server:
    def __init__(self, grants: Grants) -> None:
        self._grants = grants
        self._by_grant: dict[str, Callable[[str, Mapping[str, str]], tuple[Grant, bool]]] = {
            "client_credentials": self._for_client,
            "password": self._for_password,
            "authorization_code": self._for_code,
            "refresh_token": self._for_renewal,
        }

    async def show_page(self, request: Request) -> Response:
        """Ask the person."""
        asked = dict(request.query_params)
        if problem := _not_trusted(asked):
            return pages.refuse(problem)
        user = accounts.USERS[0].name
        return pages.ask(asked, asked["client_id"], user, asked.get("scope", "infer"))

    async def decide(self, request: Request) -> Response:
        """Send the browser back with a code, or with the refusal."""
        asked = await _form(request)
        if problem := _not_trusted(asked):
            return pages.refuse(problem)
        back = asked["redirect_uri"]
        said = {"state": asked.get("state", "")}
        if asked.get("answer") != "allow":
            said |= {"error": "access_denied", "error_description": "The person said no."}
        elif asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            said |= {"error": "invalid_request", "error_description": "PKCE with S256 is required."}
        else:
            grant = Grant(
                client_id=asked["client_id"], user=accounts.USERS[0].name, scope=asked.get("scope") or "infer"
            )
            said["code"] = self._grants.new_code(grant, back, asked["code_challenge"])
        return RedirectResponse(f"{back}{'&' if '?' in back else '?'}{urlencode(said)}", 303)

    async def token(self, request: Request) -> Response:
        """Issue a token; below /oauth/valid/{seconds} one that lives no longer than that."""
        form = await _form(request)
        client = client_of(request, form)
        by_grant = self._by_grant.get(form.get("grant_type", ""))
        if by_grant is None:
            raise refuse("unsupported_grant_type", "It must be client_credentials, password or authorization_code.")
        grant, renewable = by_grant(client, form)
        valid_s = float(request.path_params.get("seconds", VALID_S))
        answer = {
            "access_token": self._grants.new_token(grant, valid_s),
            "token_type": "Bearer",
            "expires_in": int(valid_s),
            "scope": grant.scope,
        }
        if renewable:
            answer["refresh_token"] = self._grants.new_renewal(grant)
        return json_answer(answer, 200, {"Cache-Control": "no-store"})

    async def tell(self, request: Request) -> Response:
        """Tell the bearer of a token who that is."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        grant = self._grants.bearer(token) if scheme.lower() == "bearer" else None
        if grant is None:
            known = "invalid_token" if token else "missing_token"
            raise refuse_json(401, {"error": known}, {"WWW-Authenticate": f'Bearer error="{known}"'})
        return json_answer({"client": grant.client_id, "user": grant.user or None, "scope": grant.scope})

    def _for_client(self, client: str, form: Mapping[str, str]) -> tuple[Grant, bool]:
        if not accounts.OAUTH_CLIENTS[client]:
            raise refuse("unauthorized_client", "A client without a secret cannot vouch for itself.")
        return Grant(client_id=client, scope=scope_of(form)), False

    def _for_password(self, client: str, form: Mapping[str, str]) -> tuple[Grant, bool]:
        user = next((user for user in accounts.USERS if user.name == form.get("username")), None)
        right = hmac.compare_digest(form.get("password", "").encode(), accounts.PASSWORD.encode())
        if user is None or not right:
            raise refuse("invalid_grant", "The user name or password is wrong.")
        return Grant(client_id=client, user=user.name, scope=scope_of(form)), True

    def _for_code(self, client: str, form: Mapping[str, str]) -> tuple[Grant, bool]:
        given = (form.get(name, "") for name in ("redirect_uri", "code_verifier"))
        grant = self._grants.redeem(form.get("code", ""), client, *given)
        if grant is None:
            raise refuse("invalid_grant", "The code is wrong, was used before or has expired.")
        return grant, True

    def _for_renewal(self, client: str, form: Mapping[str, str]) -> tuple[Grant, bool]:
        grant = self._grants.renew(form.get("refresh_token", ""), client)
        if grant is None:
            raise refuse("invalid_grant", "The refresh token is wrong or was used before.")
        return grant, True


async def _form(request: Request) -> dict[str, str]:
    body = await read_body(request, _LARGEST_BODY_BYTES)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _not_trusted(asked: Mapping[str, str]) -> str:
    """Say why the browser cannot be sent back; empty when it can: to this machine, for a client that is known."""
    if asked.get("client_id") not in accounts.OAUTH_CLIENTS:
        return "There is no such client."
    try:
        host = urlsplit(asked.get("redirect_uri", "")).hostname
    except ValueError:
        host = None
    if host not in _LOOPBACK:
        return "The redirect URI must lead to this machine."
    return "" if asked.get("response_type") == "code" else "The response type must be “code”."
