"""No secret of any kind of authorization is readable in what the commands print and write, whatever the peer does.

The service quotes all it knows, in every shape. The same table is driven from the window in
tests/widgets/test_leaks_window.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from firstlight.auth import AuthMethod
from firstlight.cli.main import run_command
from firstlight.cli.secrets import secret_store
from firstlight.formats.firstlight_yaml import dump_request
from firstlight.formats.table import FORMATS
from firstlight.model.request import Request, RequestSettings
from firstlight.model.secrets import environment_name
from firstlight.store.vault import Vault
from planted import Plants
from planted.kinds import CASES, authorization, case_name, planted_values
from planted.peer import Gossip, gossiping

ENDINGS = ("fine", "gossip", "refused", "reset", "nonsense", "half", "elsewhere", "stream")
TYPED = "the file of the request holds in plain text what a person typed into it without the window"
AS_RECEIVED = "the plain body and -o are byte for byte what the service sent"
CONVERTED = "convert writes what the text it was given holds, except into a First Light file"
EXCEPTIONS = (TYPED, AS_RECEIVED, CONVERTED)
"""Where a secret may be readable, and why (docs/cli.md)."""
PASSWORD = "the vault's own"


@pytest.fixture(scope="module")
def peer() -> Iterator[Gossip]:
    with gossiping() as running:
        yield running


Run = Callable[..., tuple[int, bytes, bytes]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Iterator[Run]:
    """Run a command in this process, in a folder of its own."""
    for name, folder in (("FIRSTLIGHT_HOME", "home"), ("TMPDIR", "tmp")):
        (tmp_path / folder).mkdir()
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.chdir(tmp_path)
    secret_store.cache_clear()

    def command(*arguments: str) -> tuple[int, bytes, bytes]:
        code = run_command(list(arguments))
        return (code, *capfdbinary.readouterr())

    yield command
    secret_store.cache_clear()


def write_requests(folder: Path, base: str, kind: str, request: Request) -> None:
    for ending in ENDINGS:
        path = f"{base}/digest/{ending}" if kind == "digest" else f"{base}/{ending}"
        made = Request(
            name=ending, method="POST", url=path, authorization=request.authorization,
            settings=RequestSettings(follow_redirects=True),
        )  # fmt: skip
        (folder / f"{ending}.yaml").write_text(dump_request(made), "utf-8")


def tell(peer: Gossip, entry: AuthMethod, plants: Plants) -> None:
    """Let the service know what it has to: the secrets of the form, and the tokens that it issues for them."""
    peer.knows, peer.refuses_tokens = tuple(plants.secrets.values()), False
    issued = {"huawei-iam": ("iam",), "oauth2": ("access", "refresh")}.get(entry.kind, ())
    peer.issues = {name: plants.plant(name, "MII+/{}=") for name in issued}


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_secrets_that_are_referred_to_are_readable_nowhere(
    case: tuple, peer: Gossip, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plants, entry = Plants(), case[0]
    values = planted_values(case, peer.base, plants)
    tell(peer, entry, plants)
    referred = {}
    vault = Vault(tmp_path / "home" / "secrets.vault")
    if entry.acquire:  # where tokens are kept
        monkeypatch.setenv("FIRSTLIGHT_VAULT_PASSWORD", plants.plant(PASSWORD))
        vault.create(plants.secrets[PASSWORD])
    for name, value in values.items():
        if f"{entry.kind}.{name}" in plants.secrets:
            referred[name] = f"{{{{secret:planted-{name}}}}}"
            if entry.acquire:
                vault.set(f"planted-{name}", value)
            else:
                monkeypatch.setenv(environment_name(f"planted-{name}"), value)
    write_requests(tmp_path, peer.base, entry.kind, Request(authorization=authorization(entry, {**values, **referred})))

    for ending in ENDINGS:
        for how in (("--json",), ("--events", "jsonl")):
            code, out, err = run("send", f"{ending}.yaml", "--fail", *how)
            assert code in {0, 1, 3}, err
            assert plants.found(out) == plants.found(err) == [], (ending, how, plants.around(out + err))
    _code, out, err = run("send", "gossip.yaml", "--fail")
    assert plants.found(err) == []
    assert plants.found(out) == sorted({*plants.secrets} - {PASSWORD}), AS_RECEIVED  # so the search can find
    for target in FORMATS:
        with suppress(SystemExit):
            _code, out, err = run("convert", "fine.yaml", "--to", target.kind)
            assert plants.found(out + err) == [], target.kind
    if entry.acquire:
        peer.refuses_tokens, peer.issues = True, {}
        secret_store().vault.delete(next(name for name in vault_names() if name.startswith("token-")))
        for how in ((), ("--json",), ("--events", "jsonl")):
            code, out, err = run("send", "fine.yaml", *how)
            assert code == 3
            assert plants.found(out) == plants.found(err) == [], how
    assert plants.found_below(tmp_path) == []


def vault_names() -> tuple[str, ...]:
    return secret_store().vault.names()


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_secrets_that_were_typed_into_the_file_are_readable_nowhere_else(
    case: tuple, peer: Gossip, run: Run, tmp_path: Path
) -> None:
    plants, entry = Plants(), case[0]
    values = planted_values(case, peer.base, plants)
    tell(peer, entry, plants)
    write_requests(tmp_path, peer.base, entry.kind, Request(authorization=authorization(entry, values)))
    for ending in ENDINGS:
        how = ("--events", "jsonl") if ending in {"half", "stream"} else ("--json",)
        code, out, err = run("send", f"{ending}.yaml", "--fail", *how)
        assert code in {0, 1, 3}, err
        assert plants.found(out) == plants.found(err) == [], (ending, plants.around(out + err))
    _code, out, err = run("convert", "fine.yaml", "--to", "firstlight")
    assert plants.found(out + err) == []
    if entry.acquire:
        peer.refuses_tokens, peer.issues = True, {}
        code, out, err = run("send", "fine.yaml", "--json")
        assert code == 3
        assert plants.found(out) == plants.found(err) == []
    own = {tmp_path / f"{ending}.yaml": frozenset(plants.secrets) for ending in ENDINGS}
    assert plants.found_below(tmp_path, but=own) == [], TYPED
