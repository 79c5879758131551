"""Tokens over the end of the program: in the vault, without asking for its password, and in no other place."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstlight.model.access_token import AccessToken
from firstlight.store.kept_tokens import KeptTokens, is_token_name
from firstlight.store.keyring_place import KeyringPlace
from firstlight.store.secrets import SecretStore
from firstlight.store.vault import Vault

KEY = ("huawei-iam", "https://iam", "password", "project", "acc", "ada", "cn-north-4")
TOKEN = AccessToken(value="MII" + "x" * 30_000, obtained_at_s=1.0, expires_at_s=2.0, project="cn-north-4", proof="p")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path))
    vault = Vault(tmp_path / "secrets.vault")
    vault.create("correct horse")
    return vault


def secrets(vault: Vault) -> SecretStore:
    def never() -> str:
        raise AssertionError("nobody is asked for a token")

    return SecretStore(KeyringPlace(), vault, never)


def test_a_token_comes_back_as_it_was_kept(vault: Vault) -> None:
    KeptTokens(secrets(vault)).save(KEY, TOKEN)
    again = Vault(vault.path)
    again.unlock("correct horse")
    kept = KeptTokens(secrets(again))
    assert kept.load(KEY) == TOKEN
    assert kept.load((*KEY[:-1], "cn-east-3")) is None
    (name,) = again.names()
    assert is_token_name(name)
    assert not is_token_name("iris-token")
    kept.forget(KEY)
    assert kept.load(KEY) is None


def test_a_locked_vault_stays_locked_and_nothing_is_written_elsewhere(vault: Vault) -> None:
    before = vault.path.read_bytes()
    vault.lock()
    store = secrets(vault)
    kept = KeptTokens(store)
    kept.save(KEY, TOKEN)
    assert kept.load(KEY) is None
    assert vault.path.read_bytes() == before
    assert not store.session


def test_what_another_version_wrote_is_no_token(vault: Vault) -> None:
    store = secrets(vault)
    kept = KeptTokens(store)
    kept.save(KEY, TOKEN)
    (name,) = vault.names()
    vault.set(name, '{"value": 1}')
    assert kept.load(KEY) is None


def test_tokens_of_services_that_end_with_the_program_are_not_kept(vault: Vault) -> None:
    kept = KeptTokens(secrets(vault), lambda: False)
    kept.save(KEY, TOKEN)
    kept.forget(KEY)
    assert (kept.load(KEY), vault.names()) == (None, ())
