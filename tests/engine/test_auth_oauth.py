"""The calls of OAuth 2.0 and what their answers mean, without a network."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from firstlight.auth import SCHEME, TOKEN, method
from firstlight.auth.oauth.answer import read_token
from firstlight.auth.oauth.consent import consent
from firstlight.model.access_token import AccessToken, TokenRequest
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import PreparedRequest
from firstlight.model.response import Response

NOW_S = 1000.0
CLIENT = {"token_url": "https://auth.example.com/token", "client_id": "the client", "client_secret": "s:é/cret"}
CODE = {**CLIENT, "grant": "authorization_code", "auth_url": "https://auth.example.com/authorize?tenant=a b"}
RANDOM = "v" * 64 + "state-of-this-once"


def wanted(values: dict[str, str]) -> TokenRequest:
    acquire = method("oauth2").acquire
    assert acquire is not None
    return acquire(values)


def call(values: dict[str, str]) -> PreparedRequest:
    made = wanted(values).call
    assert made is not None
    return made(NOW_S)


def form(request: PreparedRequest) -> dict[str, str]:
    piece = request.body.pieces[0]
    assert isinstance(piece, bytes)
    return dict(parse_qsl(piece.decode(), keep_blank_values=True, strict_parsing=True))


def answer(status: int, payload: Any) -> Response:
    data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Response(status=status, reason="", http_version="HTTP/1.1", headers=(), body=data)


def test_the_client_shows_itself_in_the_header_encoded_as_the_standard_says() -> None:
    request = call({**CLIENT, "scope": "a b\n", "audience": "api"})
    assert (request.method, request.url) == ("POST", CLIENT["token_url"])
    assert form(request) == {"grant_type": "client_credentials", "scope": "a b", "audience": "api"}
    basic = dict(request.headers)["Authorization"].removeprefix("Basic ")
    assert b64decode(basic).decode() == "the+client:s%3A%C3%A9%2Fcret"
    assert {CLIENT["client_secret"], basic} <= request.secrets


def test_the_client_shows_itself_in_the_body_where_that_is_wanted() -> None:
    request = call({**CLIENT, "client_in": "body"})
    assert "Authorization" not in dict(request.headers)
    assert form(request) == {
        "grant_type": "client_credentials", "client_id": "the client", "client_secret": "s:é/cret",
    }  # fmt: skip


def test_a_public_client_says_its_name_in_the_body() -> None:
    request = call({"token_url": CLIENT["token_url"], "client_id": "c", "grant": "password", "username": "u",
                    "password": "p&=+ ä"})  # fmt: skip
    assert form(request) == {"grant_type": "password", "username": "u", "password": "p&=+ ä", "client_id": "c"}
    assert request.secrets == {"p&=+ ä"}


def test_the_certificate_is_verified_unless_that_is_turned_off() -> None:
    assert call(CLIENT).settings.verify_tls
    assert not call({**CLIENT, "certificate": "ignore"}).settings.verify_tls


def test_the_browser_is_sent_to_a_page_with_pkce_and_state() -> None:
    asked = consent({**CODE, "scope": "a b", "audience": "api"}, "http://127.0.0.1:5/callback", RANDOM)
    query = {name: found[0] for name, found in parse_qs(urlsplit(asked.page).query).items()}
    assert asked.page.startswith("https://auth.example.com/authorize?tenant=a+b&response_type=code")
    assert len(query.pop("code_challenge")) == 43
    assert query == {
        "tenant": "a b", "response_type": "code", "client_id": "the client", "scope": "a b", "audience": "api",
        "redirect_uri": "http://127.0.0.1:5/callback", "state": "state-of-this-once", "code_challenge_method": "S256",
    }  # fmt: skip
    assert RANDOM[:64] not in asked.page


def test_the_code_is_exchanged_together_with_what_proves_who_asked() -> None:
    asked = consent(CODE, "http://127.0.0.1:5/callback", RANDOM)
    request = asked.answered("http://127.0.0.1:5/callback?code=c0de%2F1&state=state-of-this-once")
    assert form(request) == {
        "grant_type": "authorization_code", "code": "c0de/1", "redirect_uri": "http://127.0.0.1:5/callback",
        "code_verifier": "v" * 64,
    }  # fmt: skip
    assert {"c0de/1", "v" * 64} <= request.secrets


@pytest.mark.parametrize(
    ("query", "kind", "said"),
    [
        ("code=c&state=other", "oauth-wrong-state", "another question"),
        ("code=c", "oauth-wrong-state", "another question"),
        ("state=state-of-this-once", "oauth-no-code", "without a code"),
        ("error=access_denied&error_description=no+way&state=x", "oauth-access-denied", "no way"),
        ("error=odd", "oauth-refused", "odd"),
    ],
)
def test_an_answer_that_is_no_yes_is_told(query: str, kind: str, said: str) -> None:
    asked = consent(CODE, "http://127.0.0.1:5/callback", RANDOM)
    with pytest.raises(ExchangeError) as caught:
        asked.answered(f"http://127.0.0.1:5/callback?{query}")
    failure = caught.value.failure
    assert (failure.layer, failure.kind) == ("service", kind)
    assert said in str(failure.message)
    assert failure.hint


def test_the_code_grant_needs_a_person_and_the_others_do_not() -> None:
    assert wanted(CODE).call is None
    ask = wanted(CODE).consent
    assert ask is not None
    assert ask("http://127.0.0.1:5/", RANDOM).page.startswith("https://auth.example.com/authorize")
    assert wanted(CLIENT).consent is None


def test_a_renewal_shows_what_came_with_the_token() -> None:
    renew = wanted({**CLIENT, "scope": "a"}).renew
    assert renew is not None
    request = renew(AccessToken(value="old", obtained_at_s=0.0, refresh="again"))
    assert form(request) == {"grant_type": "refresh_token", "refresh_token": "again", "scope": "a"}
    assert "again" in request.secrets


@pytest.mark.parametrize(
    ("payload", "scheme", "expires_at_s", "scope"),
    [
        ({"access_token": "t", "token_type": "bearer", "expires_in": 60, "scope": "b"}, "Bearer", 1060.0, "b"),
        ({"access_token": "t", "expires_in": "60"}, "Bearer", 1060.0, "a"),
        ({"access_token": "t", "token_type": "DPoP", "expires_in": "soon"}, "DPoP", None, "a"),
        ({"access_token": "t", "expires_in": True}, "Bearer", None, "a"),
    ],
)
def test_answers_are_read_leniently(payload: Any, scheme: str, expires_at_s: float | None, scope: str) -> None:
    token = read_token(answer(200, payload), NOW_S, "auth", "a")
    assert (token.value, token.scheme, token.expires_at_s, token.scope) == ("t", scheme, expires_at_s, scope)
    assert token.is_fresh(NOW_S + 50) == (expires_at_s is None or NOW_S + 50 < 1054)


@pytest.mark.parametrize(
    ("status", "payload", "kind", "said"),
    [
        (401, {"error": "invalid_client", "error_description": "who?"}, "oauth-invalid-client", "who?"),
        (400, {"error": "invalid_grant"}, "oauth-invalid-grant", "expired"),
        (400, {"error": "unsupported_grant_type"}, "oauth-unsupported-grant-type", "does not offer"),
        (400, {"error": "invalid_scope"}, "oauth-invalid-scope", "scope"),
        (200, {"error": "invalid_request"}, "oauth-invalid-request", "parameter"),
        (404, b"<html>", "oauth-refused", "404"),
        (200, {"access_token": ""}, "oauth-refused", "no token was issued"),
        (503, {"error": "temporarily_unavailable"}, "oauth-temporarily-unavailable", "busy"),
    ],
)
def test_each_refusal_has_its_own_meaning(status: int, payload: Any, kind: str, said: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        wanted(CLIENT).read(answer(status, payload), NOW_S)
    failure = caught.value.failure
    assert (failure.layer, failure.kind) == ("service", kind)
    assert said in str(failure.message)
    assert failure.hint


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, "Token URL"),
        ({"token_url": "https://a"}, "Client ID"),
        ({"token_url": "https://a", "client_id": "c", "grant": "password", "password": "p"}, "User name"),
        ({"token_url": "https://a", "client_id": "c", "grant": "authorization_code"}, "Authorization URL"),
        ({"token_url": "ftp://a", "client_id": "c"}, "Token URL: .*ftp"),
        ({**CODE, "auth_url": "file:///etc/passwd"}, "Authorization URL: .*file"),
    ],
)
def test_the_form_says_which_field_is_empty_or_wrong(values: dict[str, str], missing: str) -> None:
    with pytest.raises(ExchangeError, match=missing):
        wanted(values)


def test_a_token_is_kept_by_who_asks_whom_for_what() -> None:
    one = wanted(CLIENT)
    assert "cret" not in repr(one.key)
    others = [{"scope": "x"}, {"audience": "x"}, {"client_id": "x"}, {"token_url": "https://b"}]
    assert len({wanted({**CLIENT, **other}).key for other in others} | {one.key}) == 5
    assert wanted({**CLIENT, "client_secret": "other"}).proof != one.proof


def test_the_token_goes_behind_its_scheme() -> None:
    here = PreparedRequest(method="GET", url="https://h/")
    assert method("oauth2").apply(here, {TOKEN: "t1", SCHEME: "Bearer"}).headers == (("Authorization", "Bearer t1"),)
    assert method("oauth2").apply(here, {TOKEN: "t1"}).secrets == {"t1"}
    with pytest.raises(ExchangeError, match="not obtained"):
        method("oauth2").apply(here, {})
