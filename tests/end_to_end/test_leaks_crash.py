"""The program breaks down or is killed with secrets in its hands: nothing that it leaves behind names one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Server, environment, serving
from window_program import ended, window

from firstlight.model.request import Authorization, Request
from firstlight.store.vault import Vault
from firstlight.store.workspace import Workspace
from planted import Plants

FORM = "é\"'{}+/=\\&%<p"
BREAK = """
from firstlight.transport import HttpTransport
async def broken(self, request, emit, *more):
    raise RuntimeError(f"no luck with {request} {request.headers} {request.secrets}")
HttpTransport.send = broken
"""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.answers["/p"] = lambda call: call.reply(b"answered")
        yield running


def test_a_command_that_breaks_down_names_no_secret(tmp_path: Path, server: Server) -> None:
    plants = Plants()
    vault = Vault(tmp_path / "home" / "secrets.vault")
    vault.create(plants.plant("vault", FORM))
    vault.set("kept", plants.plant("kept", FORM))
    given = {
        "FIRSTLIGHT_VAULT_PASSWORD": plants.secrets["vault"],
        "FIRSTLIGHT_SECRET_OWN": plants.plant("own", FORM),
        "TMPDIR": str(tmp_path / "tmp"),
    }
    (tmp_path / "tmp").mkdir()
    code = BREAK + "import sys\nfrom firstlight.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    url = f"{server.url('/p')}?a={{{{secret:kept}}}}&b={{{{secret:own}}}}"
    done = subprocess.run(
        [sys.executable, "-c", code, "send", url, "--json"],
        cwd=tmp_path, env=environment(tmp_path / "home", **given), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"RuntimeError: no luck" in done.stderr
    assert plants.found(done.stdout) == plants.found(done.stderr) == [], plants.around(done.stderr)
    assert plants.found_below(tmp_path) == []


def workspace_with(plants: Plants, folder: Path, url: str) -> Path:
    workspace = Workspace.create(folder, "Lab")
    signed = Authorization(kind="bearer", values={"token": plants.plant("typed", FORM)})
    request = Request(name="Break", url=url, authorization=signed)
    workspace.add_request(workspace.add_collection("Lab"), request)
    return folder


def test_a_window_that_breaks_down_names_no_secret(tmp_path: Path, server: Server) -> None:
    plants = Plants()
    folder = workspace_with(plants, tmp_path / "ws", server.url("/p"))
    body = """
    await until(lambda: window.sidebar.tree.model() and window.sidebar.tree.model().rowCount())
    window.sidebar.tree.open_requested.emit("collections/Lab/break.yaml")
    await until(lambda: window.tabs.current() is not None)
    tab = window.tabs.current()
    await until(lambda: tab.findChild(QPushButton, "sendButton"))
    tab.send_requested.emit(tab.request())
    await asyncio.Event().wait()
    """
    with window(tmp_path / "home", body, str(folder), before=BREAK) as process:
        _code, errors = ended(process)
    told = errors.partition("in run\n")[0]  # behind it the script of this test is told of the error as well
    assert "RuntimeError: no luck" in told
    assert plants.found(told) == [], plants.around(told)
    own = {folder / "collections" / "Lab" / "break.yaml": frozenset({"typed"})}
    assert plants.found_below(tmp_path, but=own) == []
