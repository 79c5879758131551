"""Every authorization of the menu puts its credential where the service looks for it."""

from __future__ import annotations

from base64 import b64decode
from functools import partial
from pathlib import Path

import pytest

from firstlight.auth import METHODS, TOKEN, AuthMethod, method
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import PreparedRequest
from firstlight.model.secrets import MASK, Masker
from firstlight.runner.signing import occasion_of_sending

ROOT = Path(__file__).resolve().parents[2]
PLAIN = PreparedRequest(method="POST", url="https://host/v1?a=1", headers=(("Accept", "*/*"),))
FILLED = {"token": "tok-123456", "username": "ada", "password": "p:ä w", "key": "X-Key", "value": "val-123456",
          "appcode": "code-123456", "ak": "AK123456", "sk": "sk-123456", "security_token": "temp-123456",
          "project_id": "p1", "domain_id": "d1", "region": "cn-north-4", "service": "modelarts",
          "app_key": "key-123456", "app_secret": "sec-123456",
          "endpoint": "https://iam", "account": "acc", "user": "ada", "passcode": "123456", "project": "cn-north-4",
          "token_url": "https://auth/token", "client_id": "client", "client_secret": "client-secret",
          TOKEN: "obtained-123456",
          "access_key": "AK123456", "secret_key": "sk-123456", "session_token": "temp-123456"}  # fmt: skip
OCCASION = occasion_of_sending(PLAIN.body)


def test_the_kinds_of_the_menu_are_the_words_of_the_files() -> None:
    kinds = [entry.kind for entry in METHODS]
    assert kinds == [
        "service", "inherit", "none", "bearer", "basic", "digest", "apikey", "oauth2",
        "huawei-iam", "x-auth-token", "aksk", "aksk-derived",
        "appcode", "app-key", "app-signature", "app-secret", "app-basic",
        "eas-token", "eas-signature", "aws-sigv4",
    ]  # fmt: skip


@pytest.mark.parametrize("entry", METHODS, ids=lambda entry: entry.kind)
def test_every_method_has_a_label_labelled_fields_and_hides_its_secrets(entry: AuthMethod) -> None:
    assert entry.label
    assert method(entry.kind) is entry
    assert all(field.name and field.label for field in entry.fields)
    assert len({field.name for field in entry.fields}) == len(entry.fields)
    signed = entry.authorise(PLAIN, FILLED, OCCASION)
    sent = entry.acquire(FILLED).call(0.0) if entry.acquire else signed
    for field in entry.fields_for(FILLED):
        if field.secret:
            assert FILLED[field.name] in sent.secrets
    assert not entry.acquire or FILLED[TOKEN] in signed.secrets
    masker = Masker.of(signed.secrets)
    for name, value in signed.headers:
        shown = masker.mask_header(name, value)
        assert not any(secret in shown for secret in signed.secrets), name


@pytest.mark.parametrize("entry", [m for m in METHODS if m.fields], ids=lambda entry: entry.kind)
def test_an_empty_form_is_refused_before_anything_is_sent(entry: AuthMethod) -> None:
    with pytest.raises(ExchangeError) as caught:
        (entry.acquire or partial(entry.apply, PLAIN))({})
    assert caught.value.failure.layer == "variable"
    assert caught.value.failure.hint


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("apikey", {"key": "X-Key", "value": " \n"}, "X-Key has no value"),
        ("apikey", {"key": " ", "value": "val"}, "has no name"),
        ("basic", {"username": "ada:lovelace", "password": "p"}, "colon"),
    ],
)
def test_a_half_filled_form_names_what_is_wrong(kind: str, values: dict[str, str], said: str) -> None:
    with pytest.raises(ExchangeError, match=said) as caught:
        method(kind).apply(PLAIN, values)
    assert caught.value.failure.hint


@pytest.mark.parametrize(
    ("kind", "header", "value"),
    [
        ("bearer", "Authorization", "Bearer tok-123456"),
        ("x-auth-token", "X-Auth-Token", "tok-123456"),
        ("appcode", "X-Apig-AppCode", "code-123456"),
        ("eas-token", "Authorization", "tok-123456"),
        ("apikey", "X-Key", "val-123456"),
    ],
)
def test_the_credential_goes_into_its_header(kind: str, header: str, value: str) -> None:
    assert method(kind).apply(PLAIN, FILLED).headers == (("Accept", "*/*"), (header, value))


def test_basic_auth_sends_user_and_password_as_utf8() -> None:
    name, value = method("basic").apply(PLAIN, FILLED).headers[-1]
    assert name == "Authorization"
    assert b64decode(value.removeprefix("Basic ")).decode() == "ada:p:ä w"


def test_the_authorization_wins_over_a_header_row_of_the_same_name() -> None:
    request = PreparedRequest(method="GET", url="https://host/", headers=(("authorization", "old"), ("X", "1")))
    assert method("bearer").apply(request, FILLED).headers == (("X", "1"), ("Authorization", "Bearer tok-123456"))


def test_an_api_key_in_the_query_arrives_whole_and_replaces_its_namesake() -> None:
    request = PreparedRequest(method="GET", url="https://host/p?a=1&key=old&b=%20+")
    signed = method("apikey").apply(request, {"key": "key", "value": "a+b&c=ü", "in": "query"})
    assert signed.url == "https://host/p?a=1&b=%20+&key=a%2Bb%26c%3D%C3%BC"
    assert Masker.of(signed.secrets).mask(signed.url).endswith(f"key={MASK}")


def test_a_pasted_iam_token_loses_line_breaks_and_blanks() -> None:
    signed = method("x-auth-token").apply(PLAIN, {"token": "MII abc\r\n def\n"})
    assert signed.headers[-1] == ("X-Auth-Token", "MIIabcdef")
    assert "MIIabcdef" in signed.secrets


def test_an_eas_token_is_sent_as_it_is() -> None:
    assert method("eas-token").apply(PLAIN, {"token": " Zm9v==\n"}).headers[-1] == ("Authorization", "Zm9v==")


def test_the_word_bearer_is_not_sent_twice() -> None:
    assert method("bearer").apply(PLAIN, {"token": "Bearer abc"}).headers[-1] == ("Authorization", "Bearer abc")


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(ExchangeError, match="kerberos"):
        method("kerberos")


@pytest.mark.parametrize("entry", METHODS, ids=lambda entry: entry.kind)
def test_kind_and_fields_are_told_to_those_who_write_files(entry: AuthMethod) -> None:
    told = (ROOT / "docs" / "workspace-files.md").read_text("utf-8")
    (row,) = (line for line in told.splitlines() if line.startswith(f"| `{entry.kind}` |"))
    assert all(f"`{field.name}`" in row for field in entry.fields)
    assert all(value in row for field in entry.fields for value, _ in field.choices)
