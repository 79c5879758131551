"""Presentation mode at every further place: two windows that differ in what must not be read give the same pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QToolButton, QToolTip, QTreeWidget, QWidget
from response_screen import TIMINGS
from servers import Authority
from until import until
from visible_texts import texts_of
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.formats.firstlight_yaml import dump_environment, dump_service
from firstlight.model.collection import Environment, VariableRow
from firstlight.model.events import (
    CertificateRefused,
    Event,
    Failed,
    Finished,
    HeadersReceived,
    Started,
    TrailersReceived,
    WebSocketClosed,
    WebSocketMessage,
    WebSocketOpened,
)
from firstlight.model.failure import Failure
from firstlight.model.request import Authorization, Message, Param, Request
from firstlight.model.service import Channel, Credential, Service
from firstlight.model.ways import ways
from firstlight.runner.trial import Verdict
from firstlight.store.workspace import Workspace
from firstlight.texts import Phrase
from firstlight.ui.presenting.cover import cover_of

MARKS = ("17", "71")
"""Equally wide, so that nothing but the text differs."""
PARAMS, MESSAGES = 0, 3
CHANNELS, TRY = 0, 5
TALK = "collections/Chat/talk.yaml"


@pytest.fixture(autouse=True)
def steady_cursor() -> Iterator[None]:
    before = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(before)


def host(mark: str) -> str:
    return f"gateway{mark}.example.test"


def service(mark: str) -> Service:
    signed = Authorization(kind="basic", values={"username": f"anna-{mark}-anna", "password": "{{secret:p}}"})
    channels = (
        Channel(name="Public", url=f"https://{host(mark)}/v1/infers/service-{mark}", credential="Mine"),
        Channel(name="Inside", url=f"http://10.0.0.{mark}:8080/v1", connect_to=f"10.1.0.{mark}"),
    )
    return Service(name="Iris", channels=channels, credentials=(Credential(name="Mine", authorization=signed),))


def plant(folder: Path, mark: str) -> Path:
    """Make a workspace with an address or an account in every place."""
    make_workspace(folder)
    workspace = Workspace.open(folder)
    talk = Request(
        name="Talk", protocol="websocket", url=f"wss://{host(mark)}/v1/infers/service-{mark}/chat",
        params=(Param(name="token", value=f"token-{mark}-token"),),
        messages=(Message(name="Hello", text=f'{{"project_id": "p-{mark}-p", "to": "10.0.0.{mark}"}}'),),
    )  # fmt: skip
    workspace.add_request("collections/Chat", talk)
    workspace.add_request("collections/Chat", Request(name="Ask", service="Iris", url="/x"))
    rows = (
        VariableRow(name="base", value=f"https://{host(mark)}"),
        VariableRow(name="project_id", value=f"p-{mark}-p"),
        VariableRow(name="own", value=f"value-{mark}-value", secret=True),
    )
    for place, text in (
        ("environments/lab.yaml", dump_environment(Environment(name="Lab", variables=rows))),
        ("services/iris.yaml", dump_service(service(mark))),
    ):
        (folder / place).parent.mkdir(exist_ok=True)
        (folder / place).write_text(text, "utf-8")
    return folder


def talked(mark: str) -> list[Event]:
    """Return a conversation that names all of it."""
    return [
        Started(at_ns=0, method="GET", url=f"wss://{host(mark)}/chat"),
        HeadersReceived(at_ns=1, status=101, reason="", http_version="HTTP/1.1", headers=(("Via", host(mark)),)),
        WebSocketOpened(at_ns=2, subprotocol=f"chat.{host(mark)}"),
        WebSocketMessage(at_ns=3, direction="out", text=f"at 10.0.0.{mark}", size_bytes=11),
        WebSocketMessage(at_ns=4, direction="in", text=f'{{"from": "https://{host(mark)}/x"}}', size_bytes=30),
        WebSocketMessage(at_ns=5, direction="in", data=f"https://{host(mark)}/x".encode(), size_bytes=30),
        WebSocketClosed(at_ns=6, code=1011, reason=f"no 10.0.0.{mark}"),
        TrailersReceived(at_ns=7, headers=(("X-Backend", f"10.2.0.{mark}"), ("X-Auth-Token", f"t-{mark}"))),
        Finished(at_ns=8, body_bytes=0, timings=TIMINGS, closed=WebSocketClosed(at_ns=6, code=1011, reason="no")),
    ]


def refused(mark: str, chain: tuple[bytes, ...]) -> list[Event]:
    """Return a handshake that failed for its certificate."""
    message = Phrase("The certificate of {host} is not for {name}.", host=host(mark), name=f"10.0.0.{mark}")
    failure = Failure(layer="tls", kind="certificate", message=message, hint=Phrase("Ask who runs it."))
    return [
        Started(at_ns=0, method="GET", url=f"https://{host(mark)}/"),
        CertificateRefused(at_ns=1, chain=chain),
        Failed(at_ns=2, failure=failure, timings=TIMINGS),
    ]


async def still(widget: QWidget) -> QImage:
    """Return how `widget` looks once it stands still."""
    before = QImage()
    while (now := widget.grab().toImage()) != before:
        before = now
        await asyncio.sleep(0.15)  # longer than every pause after which something is shown anew
    return now


async def tour(screen: WindowScreen, mark: str, chain: tuple[bytes, ...]) -> dict[str, QImage]:
    """Go through the places and return a picture of each."""
    seen: dict[str, QImage] = {}
    await screen.open(TALK)
    await screen.tab.pane.get_ready()
    screen.work.environments.choose("Lab")
    screen.window.action("code").trigger()
    parts = screen.tab.findChild(QTabWidget, "requestTabs")
    for part in (PARAMS, MESSAGES):
        parts.setCurrentIndex(part)
        seen[f"request {part}, code"] = await still(screen.window)
    for event in talked(mark):
        screen.tab.pane.feed(event)
    await until(screen.tab.pane.all_shown)
    seen["timeline"] = await still(screen.window)
    screen.window.action("console").trigger()
    tree = await until(lambda: next(iter(screen.window.findChildren(QTreeWidget, "consoleTree")), None))
    for event in talked(mark):
        screen.work.sending._console().feed(1, "Talk", event)
    await until(tree.topLevelItemCount)
    tree.topLevelItem(0).setText(0, "12:00:00")
    tree.topLevelItem(0).setExpanded(True)
    tree.scrollToBottom()
    seen["trailers"] = await still(screen.window)
    screen.window.action("console").trigger()
    screen.tab.pane.clear()
    for event in refused(mark, chain):
        screen.tab.pane.feed(event)
    answers = screen.tab.findChild(QTabWidget, "responseTabs")
    answers.setCurrentIndex(answers.count() - 1)
    await until(lambda: any(host(mark) in label.text() for label in answers.findChildren(QLabel)))
    seen["certificates"] = await still(screen.window)
    screen.work.environments.show_variables()
    popup = await until(lambda: screen.window.findChild(QWidget, "variablesPopup"))
    seen["variables"] = await still(popup)
    popup.close()
    await screen.work.library.open("services/iris.yaml")
    pages = await until(lambda: screen.window.findChild(QTabWidget, "serviceTabs"))
    for page in (CHANNELS, TRY):
        pages.setCurrentIndex(page)
        if page == TRY:
            await show_verdicts(screen, mark)
        seen[f"service {page}"] = await still(screen.window)
    return seen


async def show_verdicts(screen: WindowScreen, mark: str) -> None:
    page = screen.window.tabs.current()
    message = Phrase("{where} refused the connection.", where=f"{host(mark)}:443")
    gone = Failure(layer="connect", kind="refused", message=message, hint=Phrase("Is 10.0.0.{n} there?", n=mark))
    for way in ways(page.value()):
        page.show_verdict(way, Verdict(failure=gone, total_ms=5.0))
    shown = screen.find(QTreeWidget, "wayList")
    shown.setCurrentItem(shown.topLevelItem(0))
    await until(lambda: host(mark) in screen.text("tryDetail"))


async def tips(screen: WindowScreen, mark: str) -> dict[str, QImage]:
    """Return a picture of each text of the window that names a host or an account, as a tool tip."""
    from firstlight.ui.text.plain_tip import plain_tip

    named = (host(mark), f"-{mark}", f".0.{mark}")
    told = {text for _name, text in texts_of(screen.window) if any(name in text for name in named) and len(text) < 500}
    shown = {}
    for text in told:
        QToolTip.showText(screen.window.mapToGlobal(QPoint(50, 50)), plain_tip(text), screen.window)
        tip = await until(lambda: next((top for top in QApplication.topLevelWidgets() if is_tip(top)), None))
        shown[text.replace(mark, "##")] = tip.grab().toImage()
        QToolTip.hideText()
        await until(lambda: not any(is_tip(top) for top in QApplication.topLevelWidgets()))
    return shown


def is_tip(top: QWidget) -> bool:
    return top.inherits("QTipLabel") and top.isVisible()


async def test_no_place_of_the_window_tells_two_plants_apart(dressed_app: QApplication, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    chains = {mark: (authority.issue(host(mark))[1].public_bytes(Encoding.DER),) for mark in MARKS}
    pictures, hovered = [], []
    for mark in MARKS:
        async with shown_window(plant(tmp_path / mark / "w", mark)) as screen:
            screen.click(screen.find(QToolButton, "presentationButton"))
            pictures.append(await tour(screen, mark, chains[mark]))
            hovered.append(await tips(screen, mark))
            assert cover_of(screen.window) is not None
    different = [place for place in pictures[0] if pictures[0][place] != pictures[1][place]]
    assert different == []
    assert len(hovered[0]) > 5
    assert [text for text in hovered[0] if hovered[0][text] != hovered[1][text]] == []
