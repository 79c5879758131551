"""The encrypted vault: right and wrong passwords, damage, two windows, and nothing readable on the disk."""

from __future__ import annotations

import base64
import json
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from firstlight.model.failure import ExchangeError
from firstlight.store.vault import Vault

SECRET = "sk-密 gê/heim+1&2"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "secrets.vault"


def made(file: Path, password: str = "correct horse") -> Vault:
    vault = Vault(file)
    vault.create(password)
    return vault


def test_a_secret_survives_a_restart_for_who_knows_the_password(file: Path) -> None:
    assert Vault(file).look() == "absent"
    assert made(file).set("iris-token", SECRET)
    later = Vault(file)
    assert later.look() == "locked"
    assert later.get("iris-token") is None
    assert not later.set("other", "1")
    assert not later.unlock("correct horsE")
    assert later.look() == "locked"
    assert later.unlock("correct horse")
    assert later.get("iris-token") == SECRET
    assert later.names() == ("iris-token",)
    later.delete("iris-token")
    later.delete("iris-token")
    assert later.get("iris-token") is None


def test_locking_forgets_and_unlocking_finds_again(file: Path) -> None:
    vault = made(file)
    vault.set("a", "1")
    vault.lock()
    assert (vault.look(), vault.get("a"), vault.names()) == ("locked", None, ())
    assert vault.unlock("correct horse")
    assert vault.get("a") == "1"


def test_the_password_is_the_same_however_its_letters_are_composed(file: Path) -> None:
    made(file, "Schlu\u0308ssel")
    assert Vault(file).unlock("Schl\u00fcssel")


def test_no_written_file_holds_the_secret_its_name_or_the_password_in_any_form(file: Path) -> None:
    made(file).set("iris-token", SECRET)
    for path in file.parent.rglob("*"):
        data = path.read_bytes()
        for text in (SECRET, "iris-token", "correct horse"):
            for form in (text, quote(text), base64.b64encode(text.encode()).decode(), json.dumps(text)[1:-1]):
                assert form.encode() not in data, path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's data folder to the user")
def test_nobody_else_on_the_machine_can_read_the_vault(file: Path) -> None:
    made(file).set("a", "1")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_token_of_100_000_characters_fits(file: Path) -> None:
    vault = made(file)
    assert vault.set("long", "MII" * 33_334)
    again = Vault(file)
    again.unlock("correct horse")
    assert again.get("long") == "MII" * 33_334


def test_two_windows_do_not_lose_each_others_secrets(file: Path) -> None:
    one = made(file)
    other = Vault(file)
    other.unlock("correct horse")
    for number in range(5):
        one.set(f"one-{number}", "1")
        other.set(f"other-{number}", "2")
    one.delete("other-0")
    assert other.get("one-4") == "1"
    assert set(one.names()) == set(other.names())
    assert len(one.names()) == 9


WRITE = """
import sys
from pathlib import Path
from firstlight.store.vault import Vault
vault = Vault(Path(sys.argv[1]))
assert vault.unlock("correct horse")
for number in range(20):
    assert vault.set(f"{sys.argv[2]}-{number}", "x" * 1000)
"""


def test_processes_that_write_at_the_same_time_wait_for_each_other(file: Path) -> None:
    vault = made(file)
    command = [sys.executable, "-c", WRITE, str(file)]
    env = {"PYTHONPATH": ":".join(sys.path), "PATH": ""}
    running = [subprocess.Popen([*command, name], env=env) for name in ("a", "b", "c")]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert len(vault.names()) == 60


def test_another_password_locks_the_other_window_out_and_keeps_everything(file: Path) -> None:
    one = made(file)
    one.set("a", "1")
    other = Vault(file)
    other.unlock("correct horse")
    assert not one.change_password("wrong", "battery staple")
    assert one.change_password("correct horse", "battery staple")
    assert one.get("a") == "1"
    assert other.look() == "locked"
    assert not other.set("b", "2"), "under the old key this would have destroyed the vault"
    assert not other.unlock("correct horse")
    assert other.unlock("battery staple")
    assert other.get("a") == "1"


@pytest.mark.parametrize("damage", ["cut", "empty", "foreign", "turned", "weakened"])
def test_a_damaged_vault_is_named_and_kept_aside(file: Path, damage: str) -> None:
    made(file).set("a", "1")
    whole = file.read_bytes()
    fields = json.loads(whole)
    data = bytearray(base64.b64decode(fields["data"]))
    data[0] ^= 1
    broken = {
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "foreign": b'{"format": 1}',
        "turned": json.dumps(fields | {"data": base64.b64encode(data).decode()}).encode(),
        "weakened": json.dumps(fields | {"p": 0}).encode(),
    }[damage]
    file.write_bytes(broken)
    vault = Vault(file)
    with pytest.raises(ExchangeError, match=r"secrets\.vault is damaged"):
        vault.unlock("correct horse")
    assert file.read_bytes() == broken
    if damage == "turned":  # only who knows the password can see this one
        file.write_bytes(b"")
        broken = b""
    assert vault.look() == "broken"
    assert not vault.set("b", "2")
    aside = vault.create("a new one")
    assert aside is not None
    assert aside.read_bytes() == broken
    assert vault.set("b", "2")
    file.write_bytes(b"")
    assert vault.create("another") != aside
    assert aside.read_bytes() == broken


def test_a_vault_that_breaks_while_it_is_open_loses_nothing_and_is_not_written_over(file: Path) -> None:
    vault = made(file)
    vault.set("a", "1")
    whole = file.read_bytes()
    file.write_bytes(whole[:40])
    assert vault.get("a") == "1"
    assert not vault.set("b", "2")
    assert file.read_bytes() == whole[:40]
    file.write_bytes(whole)  # a copy is put back
    assert vault.set("b", "2")
    assert vault.names() == ("a", "b")


def test_a_vault_of_a_newer_version_and_one_that_is_fine_are_never_replaced(file: Path) -> None:
    vault = made(file)
    with pytest.raises(ExchangeError, match="There is a vault already"):
        vault.create("again")
    file.write_bytes(b'{"format": 2}')
    with pytest.raises(ExchangeError, match="newer version"):
        vault.create("again")
    assert file.read_bytes() == b'{"format": 2}'


@pytest.mark.parametrize("head", [{"n": 2**30}, {"n": 3}, {"r": 0}, {"p": 10**6}, {"salt": "no base64!"}, {"n": "x"}])
def test_a_file_that_asks_for_all_memory_or_makes_no_sense_is_refused(file: Path, head: dict[str, object]) -> None:
    made(file)
    file.write_text(json.dumps(json.loads(file.read_bytes()) | head))
    with pytest.raises(ExchangeError, match="is damaged"):
        Vault(file).unlock("correct horse")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(ExchangeError, match=r"Cannot write .*secrets\.vault"):
        made(tmp_path / "data" / "secrets.vault")
