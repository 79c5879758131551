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
