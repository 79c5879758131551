"""A program that is killed at any instant of a save, a delete or an undo leaves no typed secret in any file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from firstlight.model.collection import Environment, VariableRow
from firstlight.model.request import Request
from firstlight.model.service import Service
from firstlight.store.vault import Vault
from firstlight.store.workspace import Workspace
from planted import Plants

KILLS = 40
PLACES = ("token", "header", "url", "part", "variable", "credential", "every header", "draft")
PASSWORD = "the vault's own"
SAVE_UNTIL_KILLED = """
import json, os, random, signal, sys, time
from pathlib import Path
from firstlight.model.collection import Environment, VariableRow
from firstlight.model.request import Authorization, Body, FormPart, Header, Request
from firstlight.model.service import Credential, Service
from firstlight.store.secret_fields import stash, stash_page, stash_service
from firstlight.store.secrets import SecretStore
from firstlight.store.session_state import RequestDraft, SessionState, TabState
from firstlight.store.sessions import WindowSession
from firstlight.store.workspace import Workspace

planted = json.loads(sys.stdin.readline())
workspace = Workspace.open(Path(sys.argv[1]))
store = SecretStore()
store.load()
assert store.vault.unlock(planted["password"])
PATHS = ("collections/C/a.yaml", "services/s.yaml", "environments/e.yaml")

def bearer(token):
    return Authorization(kind="bearer", values={"token": token})

def save_request(given):
    typed = Request(
        name="A", url=f"http://ada:{given['url']}@h/", authorization=bearer(given["token"]),
        headers=(Header(name="X-Auth-Token", value=given["header"]),),
        body=Body(kind="form-data", parts=(FormPart(name="password", value=given["part"]),)),
    )
    workspace.save_request(PATHS[0], stash(typed, PATHS[0], store))

def save_service(given):
    typed = Service(
        name="S", headers=(Header(name="apikey", value=given["every header"]),),
        credentials=(Credential(name="me", authorization=bearer(given["credential"])),),
    )
    workspace.services.save(PATHS[1], stash_service(typed, PATHS[1], store))

def save_environment(given):
    typed = Environment(name="E", variables=(VariableRow(name="v", value=given["variable"], secret=True),))
    workspace.environment_pages.save(PATHS[2], stash_page(typed, PATHS[2], store))

def keep_draft(given):
    draft = Request(name="D", url="http://h", authorization=bearer(given["draft"]))
    tab = TabState(id="tab1", kind="request", draft=RequestDraft(request=draft, loaded=Request()))
    window.write(SessionState(tabs=(tab,)))

def delete_and_undo(_given):
    workspace.delete(*PATHS)
    workspace.undo_delete(workspace.last_deleted())

def work():
    global window
    window = WindowSession.open(workspace.folder, store)
    if not all((workspace.folder / path).exists() for path in PATHS):  # killed between a delete and its undo
        workspace.undo_delete(workspace.last_deleted())
    random.seed()
    steps = [save_request, save_service, save_environment, keep_draft, delete_and_undo]
    random.shuffle(steps)
    while True:
        for step in steps:
            step(random.choice(planted["sets"]))

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        work()
    time.sleep(random.uniform(0, 0.1))
    os.kill(child, signal.SIGKILL)
    print(os.WTERMSIG(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork, so 40 starts would take a minute")
def test_killing_the_program_at_any_instant_leaves_no_secret_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    plants, folder = Plants(), tmp_path / "ws"
    sets = [{place: plants.plant(f"{place} {turn}", "é\"'{}+/=\\&%<p") for place in PLACES} for turn in range(2)]
    Vault(tmp_path / "home" / "secrets.vault").create(plants.plant(PASSWORD))
    workspace = Workspace.create(folder, "W")
    workspace.add_request(workspace.add_collection("C"), Request(name="A"))
    workspace.services.add(Service(name="S"))
    workspace.environment_pages.add(Environment(name="E", variables=(VariableRow(name="v", value="1"),)))
    with subprocess.Popen(
        [sys.executable, "-c", SAVE_UNTIL_KILLED, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        given = {"password": plants.secrets[PASSWORD], "sets": sets}
        nursery.stdin.write(json.dumps(given).encode() + b"\n")
        seen = set()
        for _ in range(KILLS):
            nursery.stdin.write(b"again\n")
            nursery.stdin.flush()
            assert nursery.stdout.readline() == b"9\n"
            assert plants.found_below(tmp_path) == []
            seen |= {file.suffix for file in tmp_path.rglob("*") if file.is_file()}
        nursery.stdin.close()
    assert {".yaml", ".draft", ".json", ".vault"} <= seen, "so the kills met saves"
    references = "".join(file.read_text("utf-8") for file in folder.rglob("*.yaml"))
    assert references.count("{{secret:") >= 7
