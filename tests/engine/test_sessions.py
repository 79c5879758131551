"""The session of a window on the disk: what was open comes back, secrets stay out, windows do not fight."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from firstlight.model.request import Authorization, Body, Header, Param, Request
from firstlight.store.secrets import SecretStore
from firstlight.store.session_state import RequestDraft, SessionState, TabState
from firstlight.store.sessions import WindowSession

TYPED = "typed-secret-1234"
REQUEST = Request(
    name="模型 🚀",
    method="POST",
    url="https://user:pass-word-77@127.0.0.1/v1",
    params=(Param(name="a", value=""), Param(name="flag", bare=True, enabled=False, description="why")),
    headers=(Header(name="X-Auth-Token", value=TYPED), Header(name="X-Plain", value="plain")),
    authorization=Authorization(kind="bearer", values={"token": "a-bearer-token-99"}),
    body=Body(kind="raw", text='{"n": 1.10}'),
)
SECRETS = (TYPED, "pass-word-77", "a-bearer-token-99")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import keyring
    from keyring.backends import fail

    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def vault(home: Path) -> SecretStore:
    """An open vault, and no keyring."""
    secrets = SecretStore()
    secrets.vault.create("a password")
    return secrets


@pytest.fixture
def lab(tmp_path: Path, home: Path) -> Path:
    return tmp_path / "lab"


def opened(lab: Path, secrets: SecretStore | None = None) -> WindowSession:
    return WindowSession.open(lab, secrets or SecretStore())


def kept(vault: SecretStore) -> list[str]:
    """The secrets in the vault."""
    return sorted(vault.vault.get(name) or "" for name in vault.vault.names())


def put(lab: Path, *tabs: TabState) -> None:
    """Write a session as a window does that has ended since."""
    session = opened(lab)
    session.write(SessionState(tabs=tabs))
    session.close()


def draft(request: Request = REQUEST, tab_id: str = "aa11bb22") -> TabState:
    return TabState(
        id=tab_id,
        path="collections/Chat/hello.yaml",
        title="模型 🚀",
        method="POST",
        unsaved=True,
        view={"part": 3, "split": [100, 200]},
        draft=RequestDraft(request=request, loaded=Request(name="模型 🚀")),
    )


def written(home: Path) -> str:
    """Everything that stands in any file."""
    return "\n".join(path.read_text("utf-8", "replace") for path in home.rglob("*") if path.is_file())


def test_a_workspace_nobody_has_worked_in_has_no_session(lab: Path) -> None:
    assert opened(lab).restore().state is None


def test_what_was_open_comes_back_with_its_secrets(lab: Path, home: Path, vault: SecretStore) -> None:
    before = SessionState(tabs=(draft(), TabState(id="b", path="x.yaml", preview=True)), front="b")
    first = opened(lab, vault)
    assert first.write(before) == ()
    first.close()
    assert kept(vault) == sorted(SECRETS)
    assert not [secret for secret in SECRETS if secret in written(home)]

    second = opened(lab, vault)
    found = second.restore().state
    assert found is not None
    tabs = tuple(second.readable(tab) for tab in found.tabs)
    assert (tabs, found.front) == (before.tabs, "b")


def test_secrets_are_deleted_when_the_tab_needs_them_no_more(lab: Path, home: Path, vault: SecretStore) -> None:
    session = opened(lab, vault)
    session.write(SessionState(tabs=(draft(), draft(tab_id="cc33dd44"))))
    assert len(kept(vault)) == 6
    session.write(SessionState(tabs=(draft(),)))
    assert len(kept(vault)) == 3
    session.write(SessionState())

    assert kept(vault) == []
    assert list(home.rglob("*.draft")) == []


def test_secrets_of_a_session_that_was_never_looked_at_stay(lab: Path, vault: SecretStore) -> None:
    first = opened(lab, vault)
    first.write(SessionState(tabs=(draft(),)))
    first.close()
    second = opened(lab, vault)
    asleep = second.restore().state
    assert asleep is not None
    second.write(asleep)

    assert kept(vault) == sorted(SECRETS)


def test_without_a_place_for_secrets_they_come_back_empty_and_are_told(lab: Path, home: Path) -> None:
    first = opened(lab)
    assert first.write(SessionState(tabs=(draft(), TabState(id="b")))) == ("aa11bb22",)
    first.close()
    assert not [secret for secret in SECRETS if secret in written(home)]

    second = opened(lab)
    state = second.restore().state
    assert state is not None
    tab = second.readable(state.tabs[0])
    assert tab.draft.request.authorization.values == {"token": ""}
    assert tab.draft.request.headers[0].value == ""
    assert tab.draft.request.headers[1].value == "plain"
    assert tab.draft.request.url == "https://user:@127.0.0.1/v1"
    assert len(tab.lost) == 3


def test_a_locked_vault_is_told_before_secrets_are_lost(lab: Path, vault: SecretStore) -> None:
    first = opened(lab, vault)
    first.write(SessionState(tabs=(draft(), TabState(id="b"))))
    first.close()
    later = SecretStore()
    second = opened(lab, later)
    state = second.restore().state
    assert state is not None
    assert [second.is_locked(tab) for tab in state.tabs] == [True, False]
    assert later.vault.unlock("a password")
    assert not second.is_locked(state.tabs[0])
    assert second.readable(state.tabs[0]).draft.request == REQUEST


def test_secrets_that_a_tab_began_with_stay_out_of_files_too(lab: Path, home: Path) -> None:
    tab = TabState(id="aa11bb22", draft=RequestDraft(request=REQUEST, loaded=REQUEST))
    opened(lab).write(SessionState(tabs=(tab,)))
    assert not [secret for secret in SECRETS if secret in written(home)]


def test_two_windows_have_a_session_each(lab: Path) -> None:
    first, second = opened(lab), opened(lab)
    first.write(SessionState(tabs=(TabState(id="a", path="a.yaml"),)))
    second.write(SessionState(tabs=(TabState(id="b", path="b.yaml"),)))
    first.close()
    second.close()

    again = opened(lab)
    state = again.restore().state
    assert state is not None
    assert [tab.id for tab in state.tabs] == ["a"]


def test_a_window_takes_over_the_unsaved_tabs_of_one_that_is_no_more(lab: Path, vault: SecretStore) -> None:
    plain = Request(url="http://127.0.0.1/a")
    first, second = opened(lab, vault), opened(lab, vault)
    first.write(SessionState(tabs=(draft(plain, "11111111"),)))
    second.write(SessionState(tabs=(draft(tab_id="22222222"), TabState(id="c", path="c.yaml"))))
    second.close()
    first.close()

    third = opened(lab, vault)
    state = third.restore().state
    assert state is not None
    assert [tab.id for tab in state.tabs] == ["11111111", "22222222"]
    assert third.readable(state.tabs[1]).draft.request == REQUEST
    third.write(state)
    third.write(SessionState())
    assert kept(vault) == []
    assert opened(lab, vault).restore().state is None


def test_tabs_that_were_taken_over_outlive_a_window_that_is_killed_before_it_writes(lab: Path) -> None:
    first, second = opened(lab), opened(lab)
    first.write(SessionState())
    second.write(SessionState(tabs=(draft(Request(url="http://127.0.0.1/a"), "22222222"),)))
    second.close()
    first.close()

    killed = opened(lab)
    killed.restore()
    killed.close()
    state = opened(lab).restore().state
    assert state is not None
    assert [tab.id for tab in state.tabs] == ["22222222"]


def test_the_tabs_of_a_running_window_are_left_alone(lab: Path) -> None:
    first, second = opened(lab), opened(lab)
    second.write(SessionState(tabs=(draft(),)))
    first.close()

    assert opened(lab).restore().state is None


def test_a_killed_window_leaves_its_session_to_the_next(lab: Path, home: Path) -> None:
    code = """
import os, signal, sys
from pathlib import Path
from firstlight.store.secrets import SecretStore
from firstlight.store.session_state import SessionState, TabState
from firstlight.store.sessions import WindowSession
WindowSession.open(Path(sys.argv[1]), SecretStore()).write(SessionState(tabs=(TabState(id="k", path="k.yaml"),)))
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code, str(lab)], check=False, timeout=60)
    state = opened(lab).restore().state
    assert state is not None
    assert [tab.id for tab in state.tabs] == ["k"]


def test_tabs_that_could_not_be_restored_twice_are_kept_aside(lab: Path) -> None:
    put(lab, draft(Request(url="http://127.0.0.1/x")))
    for _ in range(2):
        again = WindowSession.open(lab, SecretStore())
        assert again.restore().state is not None
        again.close()  # as after a crash: nobody said that everything is there
    third = WindowSession.open(lab, SecretStore())
    restored = third.restore()

    assert restored.state == SessionState()
    assert restored.aside is not None
    assert "http://127.0.0.1/x" in written(restored.aside)


def test_a_restore_that_went_well_is_not_counted(lab: Path) -> None:
    put(lab, TabState(id="a"))
    for _ in range(4):
        again = WindowSession.open(lab, SecretStore())
        restored = again.restore()
        assert restored.aside is None
        again.restored()
        again.close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 99}', b'{"tabs": [{"draft": "gone"}]}'])
def test_an_index_that_cannot_be_read_is_kept_aside(lab: Path, home: Path, content: bytes) -> None:
    put(lab, TabState(id="a"))
    (index,) = home.rglob("tabs.json")
    index.write_bytes(content)

    restored = opened(lab).restore()
    assert restored.state == SessionState()
    assert restored.aside is not None
    assert (restored.aside / "tabs.json").read_bytes() == content


def test_only_what_changed_is_written_again(lab: Path, home: Path) -> None:
    session = opened(lab)
    same = draft(Request(url="http://127.0.0.1/same"), "11111111")
    session.write(SessionState(tabs=(same, draft(Request(url="http://127.0.0.1/a"), "22222222"))))
    before = {path.name: path.stat().st_mtime_ns for path in home.rglob("*.draft")}
    session.write(SessionState(tabs=(same, draft(Request(url="http://127.0.0.1/b"), "22222222"))))
    after = {path.name: path.stat().st_mtime_ns for path in home.rglob("*.draft")}

    assert len(before) == len(after) == 2
    assert len(before.items() & after.items()) == 1


def test_the_folder_of_sessions_is_the_users_own(lab: Path, home: Path) -> None:
    put(lab, TabState(id="a"))
    assert (home / "sessions").stat().st_mode & 0o077 == 0
    (index,) = home.rglob("tabs.json")
    assert json.loads(index.read_bytes())["workspace"] == str(lab)
