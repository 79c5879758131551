"""Secrets live in the session, the environment or the system's keyring, and never in a saved file."""

from __future__ import annotations

from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from firstlight.auth import METHODS
from firstlight.formats.firstlight_yaml import dump_request
from firstlight.model.exchange import Variable
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Authorization, Body, FormPart, Header, Param, Request
from firstlight.model.secrets import environment_name
from firstlight.store.secret_fields import holds_secrets, names_in, needed_names, prefetch, stash
from firstlight.store.secrets import SecretStore


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The person who runs the tests has a keyring and perhaps a vault; these tests must not touch them."""
    import keyring
    from keyring.backends import fail

    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path))


def test_without_a_keyring_a_secret_lasts_for_the_session_and_the_store_says_so() -> None:
    secrets = SecretStore()
    secrets.load()
    assert secrets.place() == "session"
    assert secrets.get("iris-token") is None
    assert secrets.set("iris-token", "abc") == "session"
    assert secrets.get("iris-token") == "abc"
    assert SecretStore().get("iris-token") is None
    secrets.delete("iris-token")
    secrets.delete("iris-token")
    assert secrets.get("iris-token") is None


def test_the_command_line_gives_secrets_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment_name("iris-token.v2") == "FIRSTLIGHT_SECRET_IRIS_TOKEN_V2"
    monkeypatch.setenv("FIRSTLIGHT_SECRET_IRIS_TOKEN", "from the environment")
    secrets = SecretStore()
    assert secrets.get("iris-token") == "from the environment"
    secrets.session["iris-token"] = "typed in this session"
    assert secrets.get("iris-token") == "typed in this session"


@pytest.mark.parametrize("backend", ["null", "chainer"])
def test_a_keyring_that_would_forget_or_betray_is_not_used(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends import chainer, null

    made = null.Keyring() if backend == "null" else chainer.ChainerBackend()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [null.Keyring()])
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    secrets = SecretStore()
    secrets.load()
    assert secrets.place() == "session"


class SmallKeyring(KeyringBackend):
    """Takes 2,560 bytes, as Windows' does, and refuses with its error."""

    priority = 1
    __module__ = "keyring.backends.Windows"  # one of the system's own

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password) > 2560:
            raise OSError(1783, "CredWrite", "The stub received bad data")
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        if username not in self.kept:
            raise PasswordDeleteError
        del self.kept[username]


TWO_PLACES = ("vault", "session")


@pytest.mark.parametrize("with_vault", [True, False])
def test_what_the_keyring_does_not_take_goes_to_the_vault_or_stays_for_the_session(
    with_vault: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = SmallKeyring()
    monkeypatch.setattr("keyring.core._keyring_backend", keyring)
    secrets = SecretStore()
    if with_vault:
        secrets.vault.create("pw")
    assert secrets.set("token", "short") == secrets.where("token") == "keyring"
    assert secrets.set("token", "1" * 2561) == secrets.where("token") == TWO_PLACES[not with_vault]
    assert secrets.get("token") == "1" * 2561
    assert keyring.kept == {}, "the older value would be found first at the next start"
    assert secrets.place() == "keyring", "it still takes what fits"
    assert secrets.set("token", "short again") == "keyring"
    assert (secrets.vault.names(), secrets.session) == ((), {})


def test_secrets_of_this_session_move_into_a_vault_made_later_but_those_of_the_demo_do_not() -> None:
    secrets = SecretStore()
    secrets.lent = {"demo_token": "t"}
    for name in ("a", "b"):
        secrets.set(name, "value of " + name)
    assert secrets.keep(("a", "b")) == ()
    secrets.vault.create("pw")
    assert secrets.keep(("a", "demo_token", "unknown")) == ("a",)
    assert [secrets.where(name) for name in ("a", "b", "demo_token")] == ["vault", "session", "lent"]
    assert secrets.values() == {"value of b", "t"}
    secrets.delete("a")
    secrets.delete("b")
    assert [secrets.get(name) for name in ("a", "b", "demo_token")] == [None, None, "t"]


def test_a_vault_that_cannot_be_written_says_so_and_the_value_stays_for_the_session(tmp_path: Path) -> None:
    secrets = SecretStore()
    secrets.vault.create("pw")
    lock = tmp_path / "secrets.vault.lock"
    lock.unlink()
    lock.mkdir()
    with pytest.raises(ExchangeError, match="Cannot write"):
        secrets.set("a", "1")
    assert secrets.get("a") == "1"


def test_the_password_is_asked_for_once_and_only_when_a_secret_is_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = SecretStore()
    made.vault.create("pw")
    made.set("kept", "1")
    asked: list[str] = []
    secrets = SecretStore(ask_password=lambda: asked.append("?") or "pw")
    monkeypatch.setenv("FIRSTLIGHT_SECRET_GIVEN", "2")
    assert secrets.get("given") == "2"
    assert asked == []
    assert [secrets.get(name) for name in ("kept", "missing", "kept")] == ["1", None, "1"]
    assert asked == ["?"]
    with pytest.raises(ExchangeError, match="is wrong"):
        SecretStore(ask_password=lambda: "guess").get("kept")


def test_a_secret_behind_a_lock_is_not_called_missing(tmp_path: Path) -> None:
    made = SecretStore()
    made.vault.create("pw")
    request = Request(url="http://{{secret:kept}}/")
    for damage, expected in ((None, "while the vault is locked"), (b"", "is damaged")):
        if damage is not None:
            (tmp_path / "secrets.vault").write_bytes(damage)
        look_up = prefetch(request, {}, SecretStore())
        with pytest.raises(ExchangeError, match=expected):
            look_up("kept")


class Unasked(SecretStore):
    """Fails the test when it is asked."""

    def get(self, name: str) -> str | None:
        raise AssertionError(name)


def test_a_request_without_secrets_asks_nobody() -> None:
    variables = {"token": Variable(value="{{secret:c}}", origin="workspace"), "host": Variable(value="h", origin="run")}
    look_up = prefetch(Request(url="http://{{host}}/"), variables, Unasked())
    assert look_up("c") is None
    assert needed_names(Request(url="{{ token }}"), variables) == {"c"}
    circle = {"a": Variable(value="{{b}}", origin="run"), "b": Variable(value="{{a}}{{secret:d}}", origin="run")}
    assert needed_names(Request(url="{{a}}"), circle) == {"d"}


def test_whether_a_request_holds_secrets_is_known_without_keeping_them() -> None:
    assert holds_secrets(Request(headers=(Header(name="Authorization", value="Bearer sk-1234"),)))
    assert not holds_secrets(Request(headers=(Header(name="Authorization", value="Bearer {{secret:a}}"),)))


def test_a_bearer_token_leaves_the_scheme_readable() -> None:
    secrets = SecretStore()
    request = Request(headers=(Header(name="Authorization", value="Bearer sk-123456"),))
    saved = stash(request, "collections/Iris/predict-one-flower.yaml", secrets)
    assert saved.headers[0].value == "Bearer {{secret:iris-predict-one-flower-token}}"
    assert secrets.get("iris-predict-one-flower-token") == "sk-123456"


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.kind)
def test_no_secret_field_of_any_authorization_reaches_the_file(method) -> None:  # type: ignore[no-untyped-def]
    secrets = SecretStore()
    values = {field.name: f"literal-{field.name}" for field in method.fields}
    saved = stash(Request(authorization=Authorization(kind=method.kind, values=values)), "Predict", secrets)
    text = dump_request(saved)
    for field in method.fields:
        assert (f"literal-{field.name}" in text) is not field.secret
        if field.secret:
            assert saved.authorization.values[field.name] == f"{{{{secret:predict-{field.name}}}}}"
            assert secrets.get(f"predict-{field.name}") == f"literal-{field.name}"


def test_secret_headers_params_form_rows_and_the_password_in_a_url_are_stashed() -> None:
    secrets = SecretStore()
    request = Request(
        url="https://me:hunter22@host/p",
        params=(Param(name="api_key", value="k-1234", enabled=False), Param(name="q", value="plain")),
        headers=(
            Header(name="X-Auth-Token", value="MII1234"),
            Header(name="cookie", value="session=abc; theme=dark"),
            Header(name="Authorization", value="RAWEAS=="),
            Header(name="Accept", value="text/plain"),
        ),
        authorization=Authorization(kind="a-kind-of-the-future", values={"seed": "s-1234"}),
        body=Body(
            kind="form-data", parts=(FormPart(name="password", value="p-1234"), FormPart(name="n", value="plain"))
        ),
    )
    text = dump_request(stash(request, "R", secrets))
    for literal in ("hunter22", "k-1234", "MII1234", "session=abc", "RAWEAS", "s-1234", "p-1234"):
        assert literal not in text
        assert any(literal in value for value in secrets.session.values())
    assert "https://me:{{secret:r-password}}@host/p" in text
    assert text.count("plain") == 3
    assert names_in(stash(request, "R", secrets)) == secrets.session.keys()


@pytest.mark.parametrize(
    "value", ["{{secret:mine}}", "Bearer {{token}}", "{{ token }}", "", "Basic {{secret:a}}{{secret:b}}", "Bearer "]
)
def test_references_are_left_as_they_are(value: str) -> None:
    secrets = SecretStore()
    request = Request(headers=(Header(name="Authorization", value=value),))
    assert stash(request, "R", secrets) == request
    assert secrets.session == {}


def test_a_secret_beside_a_reference_is_hidden_and_the_reference_stays() -> None:
    secrets = SecretStore()
    saved = stash(
        Request(authorization=Authorization(kind="bearer", values={"token": "sk-{{stage}}-99"})), "R", secrets
    )
    assert saved.authorization.values["token"] == "{{secret:r-token}}{{stage}}{{secret:r-token-2}}"
    assert secrets.session == {"r-token": "sk-", "r-token-2": "-99"}


def test_saving_again_keeps_the_name_and_another_value_never_overwrites_it() -> None:
    secrets = SecretStore()
    request = Request(authorization=Authorization(kind="bearer", values={"token": "one-1"}))
    assert stash(request, "R", secrets) == stash(request, "R", secrets)
    other = Request(authorization=Authorization(kind="bearer", values={"token": "two-2"}))
    assert stash(other, "R", secrets).authorization.values["token"] == "{{secret:r-token-2}}"
    assert secrets.session == {"r-token": "one-1", "r-token-2": "two-2"}


def test_everything_a_request_can_need_is_fetched_before_it_is_sent() -> None:
    secrets = SecretStore()
    secrets.session.update(a="1", b="2", c="3")
    request = Request(url="http://{{secret:a}}/{{secret: missing }}", body=Body(text="{{secret:b}}{{token}}"))
    variables = {"token": Variable(value="{{secret:c}}", origin="workspace")}
    look_up = prefetch(request, variables, secrets)
    assert names_in(request) == {"a", "b", "missing"}
    assert [look_up(name) for name in ("a", "b", "c", "missing", "d")] == ["1", "2", "3", None, None]


@pytest.mark.parametrize(
    ("url", "saved"),
    [
        ("me:hunter22@host:8080/p", "me:{{secret:r-password}}@host:8080/p"),
        ("http://me:hun/ter22@host/p", "http://me:{{secret:r-password}}@host/p"),
        ("localhost:8080/a@b", "localhost:8080/a@b"),
        ("http://[::1]:8080/a@b", "http://[::1]:8080/a@b"),
        ("{{host}}:{{port}}/a@b", "{{host}}:{{port}}/a@b"),
        ("http://host/a:b@c", "http://host/a:b@c"),
    ],
)
def test_a_password_in_a_url_is_found_however_it_is_typed(url: str, saved: str) -> None:
    assert stash(Request(url=url), "R", SecretStore()).url == saved


@pytest.mark.parametrize("kind", ["none", "apikey"])
def test_the_secret_of_another_authorization_that_was_left_behind_is_stashed_too(kind: str) -> None:
    secrets = SecretStore()
    request = Request(authorization=Authorization(kind=kind, values={"token": "left-behind", "key": "X-Key"}))
    saved = stash(request, "R", secrets)
    assert saved.authorization.values == {"token": "{{secret:r-token}}", "key": "X-Key"}
