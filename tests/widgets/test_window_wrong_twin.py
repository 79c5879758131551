"""ModelArts' two URLs look alike: after a refusal page and pane name the other one as the remedy, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QWidget
from servers import replies, response, serving
from until import until
from window_screen import make_workspace, shown_window

from firstlight.model.request import FROM_SERVICE, Authorization, Request
from firstlight.model.service import Channel, Credential, Service
from firstlight.store.workspace import Workspace
from firstlight.ui.preferences import apply_language

TRY = 5
PATH = "/v1/infers/eb3e0c54-3dfa-4750-af0c-95c45e5d3e83"
REMEDY = {"en": "A service has two addresses", "zh_CN": "一个服务有两个"}
REFUSALS = [
    ("x-auth-token", 401, "ModelArts.0205", "The Authorization header is missing."),
    ("x-auth-token", 401, "ModelArts.0209", "No appId in the header."),
    ("aksk", 401, "ModelArts.0210", "Invalid."),
    ("appcode", 401, "APIG.0303", "Incorrect app authentication information: app not found"),
    ("appcode", 400, "ModelArts.4905", "The check of the header failed."),
]


@pytest.fixture(params=REMEDY)
def language(request: pytest.FixtureRequest, dressed_app: QApplication) -> Iterator[str]:
    apply_language(dressed_app, request.param)
    yield request.param
    apply_language(dressed_app, "en")


def shown(tab: QWidget, name: str) -> list[str]:
    return [label.text() for label in tab.findChildren(QLabel, name) if label.isVisible()]


def with_iris(folder: Path, url: str, kind: str) -> Path:
    values = {"token": "MIIx", "appcode": "a1b2c3d4", "ak": "AK000", "sk": "SK000"}
    service = Service(
        name="Iris",
        vendor="modelarts",
        channels=(Channel(name="Public", url=url, credential="Key"),),
        credentials=(Credential(name="Key", authorization=Authorization(kind=kind, values=values)),),
    )
    workspace = Workspace.open(make_workspace(folder))
    workspace.services.add(service)
    request = Request(name="Predict", method="POST", service="Iris", authorization=FROM_SERVICE)
    workspace.add_request("collections/Chat", request)
    return folder


@pytest.mark.parametrize(("kind", "status", "code", "message"), REFUSALS, ids=[row[2] for row in REFUSALS])
async def test_the_other_url_is_the_remedy(
    tmp_path: Path, language: str, kind: str, status: int, code: str, message: str
) -> None:
    body = json.dumps({"error_code": code, "error_msg": message}).encode()
    refusal = response(body).replace(b"200 OK", f"{status} Refused".encode(), 1)
    async with (
        serving(replies(refusal)) as server,
        shown_window(with_iris(tmp_path / "ws", server.url + PATH, kind)) as screen,
    ):
        library = screen.work.library
        library.start("open", library.open, "services/iris.yaml")
        parts = await until(lambda: screen.window.findChild(QTabWidget, "serviceTabs"))
        screen.click(parts.tabBar(), parts.tabBar().tabRect(TRY).center())
        screen.press("tryAllButton")
        await until(lambda: REMEDY[language] in screen.text("tryDetail"))
        screen.press("openWayButton")
        tab = await until(lambda: screen.window.tabs.requests() and screen.tab)
        screen.press("sendButton", tab)
        await until(lambda: any(REMEDY[language] in text for text in shown(tab, "explanationRemedy")))
        assert shown(tab, "explanationCode") == [code]
