"""No secret of any kind of authorization is readable in the window, on the clipboard or in a file, whatever happens.

The same table is driven from the command line in tests/engine/test_leaks_commands.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from leaks_screen import PATH, read_everything, read_timing, send
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)
from until import until
from visible_texts import texts_of
from window_screen import WindowScreen, shown_window

from firstlight.auth import AuthMethod
from firstlight.model.events import Failed
from firstlight.model.request import Request, RequestSettings
from firstlight.model.secrets import environment_name
from firstlight.store.settings import Settings, save_settings
from firstlight.store.settings_use import PROXY_PASSWORD
from firstlight.store.workspace import Workspace
from planted import Plants
from planted.kinds import CASES, authorization, case_name, planted_values
from planted.peer import Gossip, gossiping

ENDINGS = ("gossip", "refused", "reset", "nonsense", "half", "elsewhere", "stream", "fine")
THREE = ("gossip", "elsewhere", "fine")
"""For kinds that differ only in the header they fill: their failures are those of the others."""
ALL_ENDINGS = {"bearer", "digest", "oauth2", "aksk"}
FORM = "é\"'{}+/=\\&%<p"


@pytest.fixture(scope="module")
def peer() -> Iterator[Gossip]:
    with gossiping() as running:
        yield running


def tell(peer: Gossip, entry: AuthMethod, plants: Plants) -> None:
    peer.knows, peer.refuses_tokens = tuple(plants.secrets.values()), False
    issued = {"huawei-iam": ("iam",), "oauth2": ("access", "refresh")}.get(entry.kind, ())
    peer.issues = {name: plants.plant(name, "MII+/{}=") for name in issued}


async def read_code(screen: WindowScreen, plants: Plants) -> None:
    combo = screen.find(QComboBox, "codeKindCombo")
    view = screen.find(QPlainTextEdit, "codeView")
    for kind in range(combo.count()):
        before = view.toPlainText()
        combo.setCurrentIndex(kind)
        combo.activated.emit(kind)
        if kind:
            await until(lambda before=before: view.toPlainText() not in {"", before})
        assert plants.found(view.toPlainText()) == [], combo.itemText(kind)


async def read_signing(screen: WindowScreen, plants: Plants) -> None:
    for button in screen.tab.findChildren(QPushButton, "howSignedButton"):
        if button.isVisible():
            screen.click(button)
            dialog = await until(lambda: next(iter(dialogs("signingDialog")), None))
            assert [(name, text) for name, text in texts_of(dialog) if plants.found(text)] == []
            dialog.close()
            await until(lambda: not dialogs("signingDialog"))
            return


def dialogs(name: str) -> list[QDialog]:
    return [top for top in QApplication.topLevelWidgets() if top.objectName() == name and top.isVisible()]


@pytest.mark.parametrize("case", CASES, ids=case_name)
async def test_no_secret_is_readable_in_the_window_or_in_a_file(case: tuple, peer: Gossip, tmp_path: Path) -> None:
    plants, entry = Plants(), case[0]
    values = planted_values(case, peer.base, plants)
    tell(peer, entry, plants)
    folder = tmp_path / "ws"
    workspace = Workspace.create(folder, "Lab")
    base = f"{peer.base}/digest" if entry.kind == "digest" else peer.base
    request = Request(
        name="Planted", method="POST", url=f"{base}/fine", settings=RequestSettings(follow_redirects=True)
    )
    workspace.add_request(workspace.add_collection("Lab"), request)
    async with shown_window(folder) as screen:
        screen.session.secrets.vault.create(plants.plant("the vault's own password"))
        await screen.open(PATH)
        screen.window.action("console").trigger()
        screen.window.action("code").trigger()
        for ending in ENDINGS if entry.kind in ALL_ENDINGS else THREE:
            sent = Request(
                name="Planted", method="POST", url=f"{base}/{ending}", settings=request.settings,
                authorization=authorization(entry, values),
            )  # fmt: skip
            await send(screen, sent)
            if ending == "gossip":
                read_timing(screen)
                assert plants.found(screen.tab.pane._record.body()), "so the search can find"
            read_everything(screen, plants, ending)
        await read_code(screen, plants)
        await read_signing(screen, plants)
        if entry.acquire:
            peer.refuses_tokens, peer.issues = True, {}
            await screen.session.tokens.aclose()
            screen.session.tokens._tokens.clear()
            await send(screen, sent)
            read_everything(screen, plants, "no token")
        url = screen.find(QLineEdit, "urlEdit")
        screen.keys("End", url)
        screen.type("?draft=1", url)
        await until(screen.tab.unsaved)
        await screen.work.keeping.keep()
        assert plants.found_below(tmp_path) == []
        screen.keys("Ctrl+S", screen.window)
        await until(lambda: not screen.tab.unsaved())
        assert "{{secret:" in (folder / PATH).read_text("utf-8")
    assert plants.found_below(tmp_path) == []


@pytest.mark.parametrize("mode", ["custom", "system"])
async def test_the_password_of_a_proxy_is_readable_nowhere(
    mode: Literal["custom", "system"], peer: Gossip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It quotes the password in broken status lines, reason phrases, request IDs, addresses and refused tunnels."""
    plants = Plants()
    password = plants.plant("proxy", FORM)
    peer.knows, peer.issues = (password,), {}
    host = peer.base.removeprefix("http://")
    if mode == "custom":
        monkeypatch.setenv(environment_name(PROXY_PASSWORD), password)
        save_settings(Settings(proxy_mode="custom", proxy_url=peer.base, proxy_user="ada"))
    else:
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://ada:{quote(password, safe='')}@{host}")
        monkeypatch.delenv("no_proxy", raising=False)
    folder = tmp_path / "ws"
    workspace = Workspace.create(folder, "Lab")
    workspace.add_request(workspace.add_collection("Lab"), Request(name="Planted", url="http://nowhere.invalid/fine"))
    async with shown_window(folder) as screen:
        await screen.open(PATH)
        screen.window.action("console").trigger()
        for ending in ("gossip", "nonsense", "reset", "half", "stream", "refused", "elsewhere"):
            for follows in {False, ending == "elsewhere"}:
                settings = RequestSettings(follow_redirects=follows)
                await send(screen, Request(name="Planted", url=f"http://nowhere.invalid/{ending}", settings=settings))
                read_timing(screen)
                read_everything(screen, plants, ending)
            assert ending != "gossip" or plants.found(screen.tab.pane._record.body()), "so the search can find"
        await send(screen, Request(name="Planted", url="https://nowhere.invalid/fine"))
        read_everything(screen, plants, "tunnel")
        assert isinstance(screen.tab.pane._record.end, Failed)
    assert plants.found_below(tmp_path) == []
