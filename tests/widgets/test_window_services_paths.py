"""A channel that is only a host: the paths of the service's requests tell which credential is refused there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.demo import accounts
from firstlight.editions.pangu import v1_path
from firstlight.model.request import FROM_SERVICE, Authorization, Request
from firstlight.model.service import Channel, Credential, Service
from firstlight.store.workspace import Workspace

PANGU = Service(
    name="Pangu",
    vendor="pangu",
    channels=(
        Channel(name="Public", url="https://pangu.cn-southwest-2.myhuaweicloud.com", credential="Key after Bearer"),
    ),
    credentials=(
        Credential(name="Key after Bearer", authorization=Authorization(kind="bearer")),
        Credential(name="AppCode", authorization=Authorization(kind="appcode")),
    ),
)


def with_pangu(folder: Path, path: str) -> Path:
    workspace = Workspace.open(make_workspace(folder))
    workspace.services.add(PANGU)
    request = Request(name="Ask", method="POST", url=path, service="Pangu", authorization=FROM_SERVICE)
    workspace.add_request("collections/Chat", request)
    return folder


async def credential(screen: WindowScreen) -> QComboBox:
    screen.work.library.start("open", screen.work.library.open, "services/pangu.yaml")
    return await until(lambda: screen.window.findChild(QComboBox, "channelCredential"))


async def test_the_key_of_v2_is_told_to_be_wrong_for_a_request_of_v1(tmp_path: Path) -> None:
    folder = with_pangu(tmp_path / "ws", v1_path(accounts.HOME.id, "d"))
    async with shown_window(folder) as screen:
        chosen = await credential(screen)
        await until(lambda: "“Ask” is refused with it" in chosen.accessibleDescription())
        assert "X-Apig-AppCode" in chosen.accessibleDescription()
        chosen.setFocus()
        screen.keys("Down", chosen)
        screen.keys("End", chosen.view())
        screen.keys("Return", chosen.view())
        assert chosen.currentText() == "AppCode"
        assert "refused" not in chosen.accessibleDescription()


async def test_a_request_that_is_changed_changes_what_is_told(tmp_path: Path) -> None:
    folder = with_pangu(tmp_path / "ws", "/api/v2/chat/completions")
    async with shown_window(folder) as screen:
        chosen = await credential(screen)
        file = folder / "collections/Chat/ask.yaml"
        file.write_text(file.read_text().replace("/api/v2/chat/completions", v1_path(accounts.HOME.id, "d")))
        screen.work.library.start("look again", screen.work.library.refresh)
        await until(lambda: "“Ask” is refused with it" in chosen.accessibleDescription())
