"""A real gnome-keyring on a message bus of its own: unlocked, locked, with a question nobody answers, and gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

UNLOCK = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec \"$@\""

PROLOGUE = """
import os, sys, time
from firstlight.store.keyring_place import KeyringPlace
from firstlight.store.secrets import SecretStore

def lock():
    import secretstorage
    with secretstorage.dbus_init() as bus:
        secretstorage.get_default_collection(bus).lock()

secrets = SecretStore(KeyringPlace(patience_s=2))
secrets.load()
"""


def in_desktop_session(home: Path, code: str, *, unlocked: bool) -> list[str]:
    """Run Python code with a bus of its own, so that nobody's real keyring is touched; return what it printed."""
    env = {
        "HOME": str(home),
        "FIRSTLIGHT_HOME": str(home),
        "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
        "PYTHONPATH": ":".join(sys.path),
    }
    opening = ["sh", "-c", UNLOCK, "sh"] if unlocked else []
    command = ["dbus-run-session", "--", *opening, sys.executable, "-c", PROLOGUE + code]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if not line.startswith("GNOME_KEYRING")]


KEEP = """
print(secrets.keyring.state, secrets.place())
print(secrets.set("iris-token", "geheim 密"), secrets.where("iris-token"))
print(SecretStore().get("iris-token"), secrets.session)
long = "1" * 100_000
print(secrets.set("long", long), SecretStore().get("long") == long)
for name in ("iris-token", "long", "long"):
    secrets.delete(name)
print(secrets.get("iris-token"), secrets.get("long"), secrets.where("long"))
"""


def test_an_unlocked_keyring_keeps_secrets_of_any_letters_and_length(tmp_path: Path) -> None:
    assert in_desktop_session(tmp_path, KEEP, unlocked=True) == [
        "open keyring",
        "keyring keyring",
        "geheim 密 {}",
        "keyring True",
        "None None None",
    ]


def test_a_keyring_that_goes_away_with_the_desktop_leaves_the_session(tmp_path: Path) -> None:
    code = """
print(secrets.place())
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere"
print(secrets.get("x"), secrets.set("late", "1"), secrets.place(), secrets.get("late"))
"""
    assert in_desktop_session(tmp_path, code, unlocked=True) == ["keyring", "None session session 1"]


USE_LOCKED = """
print(secrets.keyring.state, secrets.place())
print(secrets.get("iris-token"), secrets.problem("iris-token").failure.kind)
print(secrets.set("iris-token", "1"), secrets.where("iris-token"), secrets.keyring.state)
"""


def test_a_locked_keyring_that_refuses_means_this_session_only(tmp_path: Path) -> None:
    assert in_desktop_session(tmp_path, USE_LOCKED, unlocked=False) == [
        "locked session",
        "None keyring-locked",
        "session session locked",
    ]


def test_a_keyring_that_is_locked_while_the_window_is_open_is_noticed(tmp_path: Path) -> None:
    code = """
print(secrets.set("iris-token", "1"))
lock()
print(secrets.get("iris-token"), secrets.keyring.state)
print(secrets.set("iris-token", "2"), secrets.get("iris-token"))
"""
    assert in_desktop_session(tmp_path, code, unlocked=True) == ["keyring", "None locked", "session 2"]


ASKED_FOREVER = """
import threading
from jeepney import MessageType
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

# The program that shows the keyring's question: this one takes every question and never answers.
prompter = open_dbus_connection()
prompter.send_and_get_reply(message_bus.RequestName("org.gnome.keyring.SystemPrompter"))
questions = []

def listen():
    while True:
        message = prompter.receive()
        if message.header.message_type is MessageType.method_call:
            questions.append(message)

threading.Thread(target=listen, daemon=True).start()
print(secrets.keyring.state, len(questions))
print(secrets.get("iris-token"), len(questions) > 0)
asked = len(questions)
begun = time.monotonic()
for _ in range(50):
    secrets.get("iris-token")
print(secrets.set("iris-token", "1"), secrets.get("iris-token"), len(questions) == asked)
print(time.monotonic() - begun < 2)
"""


def test_a_question_nobody_answers_is_asked_once_and_holds_up_nobody(tmp_path: Path) -> None:
    """The program even ends while the question is still open."""
    assert in_desktop_session(tmp_path, ASKED_FOREVER, unlocked=False) == [
        "locked 0",
        "None True",
        "session 1 True",
        "True",
    ]


NEW_KINDS = """
import json
from firstlight.model.access_token import AccessToken
from firstlight.model.request import Authorization
from firstlight.model.client_certificate import ClientCertificate
from firstlight.model.service import Credential, Service
from firstlight.store import client_certificates
from firstlight.store.kept_tokens import KeptTokens
from firstlight.store.secret_fields import names_in, stash_service
from firstlight.store.settings import Settings
from firstlight.store.settings_use import PROXY_PASSWORD, network_settings

iam = AccessToken(value="MII" + "x+/=" * 10_000, obtained_at_s=1.0, expires_at_s=2.0, project="cn-north-4")
oauth = AccessToken(value="access é", obtained_at_s=1.0, refresh="refresh 密", scheme="Bearer")
keys = (("huawei-iam", "https://iam", "acc", "ada"), ("oauth2", "https://auth", "client"))
for key, token in zip(keys, (iam, oauth)):
    KeptTokens(secrets).save(key, token)
    assert KeptTokens(SecretStore(KeyringPlace())).load(key) == token
signed = Authorization(kind="aksk", values={"ak": "AK", "sk": "geheim 密"})
credential = Credential(name="Me", authorization=signed)
service = stash_service(Service(name="Iris", credentials=(credential,)), "iris", secrets)
(name,) = names_in(service)
print(secrets.where(name), SecretStore(KeyringPlace()).get(name))
client = ClientCertificate(host="*.example", file="a.p12", passphrase="pass é")
secrets.set(client_certificates.secret_name(client.host), client.passphrase)
secrets.set(PROXY_PASSWORD, "proxy é")
saved = Settings(
    client_certificates=[client_certificates.written(client)], proxy_mode="custom", proxy_url="p:1", proxy_user="ada"
)
network = network_settings(saved, SecretStore(KeyringPlace()).get)
print(network.client_certificates == (client,), network.proxy_url)
KeptTokens(secrets).forget(keys[0])
print(KeptTokens(SecretStore(KeyringPlace())).load(keys[0]), secrets.vault.state, secrets.session)
"""


def test_tokens_credentials_passphrases_and_the_proxys_password_are_in_the_keyring_alone(tmp_path: Path) -> None:
    assert in_desktop_session(tmp_path, NEW_KINDS, unlocked=True) == [
        "keyring geheim 密",
        "True http://ada:proxy%20%C3%A9@p:1",
        "None absent {}",
    ]
    ours = [file for file in tmp_path.rglob("*") if file.is_file() and "keyrings" not in file.parts]
    assert not [
        file for file in ours for piece in ("geheim", "x+/=x", "refresh") if piece.encode() in file.read_bytes()
    ]


def test_a_locked_keyring_keeps_none_of_them_anywhere_and_tokens_ask_nobody(tmp_path: Path) -> None:
    code = """
from firstlight.model.access_token import AccessToken
from firstlight.store.kept_tokens import KeptTokens
kept = KeptTokens(secrets)
kept.save(("oauth2", "https://auth"), AccessToken(value="planted-access", obtained_at_s=1.0, refresh="planted-refresh"))
print(kept.load(("oauth2", "https://auth")), secrets.keyring.state, secrets.session)
"""
    assert in_desktop_session(tmp_path, code, unlocked=False) == ["None locked {}"]
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not [file for file in files if b"planted" in file.read_bytes()]
