"""Secrets live in the session, the environment or the system's keyring, and never in a saved file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from firstlight.auth import METHODS
from firstlight.formats.firstlight_yaml import dump_request
from firstlight.model.exchange import Variable
from firstlight.model.request import Authorization, Body, FormPart, Header, Param, Request
from firstlight.model.secrets import environment_name
from firstlight.store.secret_fields import names_in, prefetch, stash
from firstlight.store.secrets import SecretStore


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person who runs the tests has a keyring; these tests must neither read it nor ask for its password."""
    import keyring
    from keyring.backends import fail

    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())


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


USE_THE_KEYRING = """
import os
from firstlight.store.secrets import SecretStore
secrets = SecretStore()
secrets.load()
print(secrets.place())
print(secrets.set("iris-token", "geheim 密") == secrets.place())
print(SecretStore().get("iris-token") == ("geheim 密" if secrets.place() == "keyring" else None))
print(secrets.session == ({} if secrets.place() == "keyring" else {"iris-token": "geheim 密"}))
long = "1" * 100_000
secrets.set("long", long)
print(secrets.get("long") == long)
secrets.delete("long")
secrets.delete("long")
print(secrets.get("long"))
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere"  # the desktop session ends
print(secrets.get("long"), secrets.set("late", "1"), secrets.place(), secrets.get("late"))
"""

WITHOUT_THE_SESSION = "None session session 1"


UNLOCK = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec \"$@\""


def in_desktop_session(home: Path, *command: str) -> list[str]:
    """Run Python code with a message bus of its own, so that nobody's real keyring is touched."""
    env = {"HOME": str(home), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "PYTHONPATH": ":".join(sys.path)}
    bus = ["dbus-run-session", "--"] if shutil.which("dbus-run-session") else []
    done = subprocess.run([*bus, *command], env=env, capture_output=True, text=True, timeout=60, check=True)
    return [line for line in done.stdout.splitlines() if not line.startswith("GNOME_KEYRING")]


def test_the_system_keyring_keeps_secrets_when_there_is_one(tmp_path: Path) -> None:
    """A real gnome-keyring where it is installed; elsewhere the same program must manage without."""
    installed = shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")
    printed = in_desktop_session(tmp_path, "sh", "-c", UNLOCK, "sh", sys.executable, "-c", USE_THE_KEYRING)
    assert printed == [
        "keyring" if installed else "session",
        "True",
        "True",
        "True",
        "True",
        "None",
        WITHOUT_THE_SESSION,
    ]


def test_a_locked_keyring_that_nobody_unlocks_means_this_session_only(tmp_path: Path) -> None:
    printed = in_desktop_session(tmp_path, sys.executable, "-c", USE_THE_KEYRING)
    assert printed == ["session", "True", "True", "True", "True", "None", WITHOUT_THE_SESSION]


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
    request = Request(url="http://{{secret:a}}/{{secret: missing }}", body=Body(text="{{secret:b}}"))
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
