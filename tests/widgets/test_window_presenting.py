"""Presentation mode: whatever is planted where a person can read it, two different plants give the same picture."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QTabWidget,
    QToolButton,
    QToolTip,
    QTreeWidget,
    QWidget,
)
from response_screen import TIMINGS, connection
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.advice.explain import explain
from firstlight.model.collection import Collection
from firstlight.model.events import BodyReceived, Event, Finished, HeadersReceived, Resolved, ServerEvent, Started
from firstlight.model.presenting import sensitive_spans
from firstlight.model.request import Authorization, Body, Header, Message, Param, Request
from firstlight.model.response import Response
from firstlight.model.secrets import MASK
from firstlight.model.service import Credential, Service
from firstlight.store.workspace import Workspace
from firstlight.ui.presenting.cover import Cover, cover_of
from firstlight.ui.presenting.places import places
from firstlight.ui.presenting.words import words_of_page

PATH = "collections/Chat/planted.yaml"
PARTS = range(6)


@pytest.fixture(autouse=True)
def steady_cursor() -> Iterator[None]:
    before = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(before)


def planted(mark: str) -> Request:
    """Return a request with a secret or an address in every place; `mark` is two digits, all equally wide."""
    return Request(
        name="Planted",
        method="POST",
        url=f"https://gateway{mark}.example.test:84{mark}/v1/infers/service-{mark}/x",
        params=(Param(name="api_key", value=f"key-{mark}-key"), Param(name="plain", value="seen")),
        headers=(
            Header(name="X-Auth-Token", value=f"token-{mark}-token"),
            Header(name="X-Note", value=f"host {mark}.{mark}.{mark}.{mark}"),
        ),
        authorization=Authorization(kind="basic", values={"username": f"anna-{mark}-anna", "password": f"pass-{mark}"}),
        body=Body(kind="raw", text=f'{{\n  "user": {{"name": "anna-{mark}-anna"}},\n  "project_id": "p-{mark}-p"\n}}'),
        description=f"Ask **10.0.0.{mark}** or anna-{mark}-anna.",
    )


def answered(mark: str) -> list[Event]:
    """Return an answer that quotes all of it."""
    url = f"https://gateway{mark}.example.test/v1/infers/service-{mark}"
    told = {"error_code": "ModelArts.0202", "error_msg": f"No anna-{mark}-anna at 10.0.0.{mark}", "host": f"h{mark}.io"}
    said = json.dumps(told)
    headers = (("Content-Type", "application/json"), ("X-Request-Id", f"{mark}" * 16), ("Location", f"{url}/next"))
    head = HeadersReceived(at_ns=1, status=401, reason="", http_version="HTTP/1.1", headers=headers)
    response = Response(status=401, reason="", http_version="HTTP/1.1", headers=headers, body=said.encode())
    end = Finished(at_ns=2, body_bytes=len(said), timings=TIMINGS, explanation=explain(response, url))
    there = [replace_address(event, f"10.0.0.{mark}") for event in connection()]
    event = ServerEvent(at_ns=1, type="message", data=f"from 10.0.0.{mark} by anna-{mark}-anna")
    return [
        Started(at_ns=0, method="POST", url=url),
        *there,
        head,
        BodyReceived(at_ns=1, data=said.encode()),
        event,
        end,
    ]


def replace_address(event: Event, address: str) -> Event:
    return Resolved(at_ns=0, host=address, address=address, port=443) if isinstance(event, Resolved) else event


def plant(folder: Path) -> Path:
    make_workspace(folder)
    Workspace.open(folder).add_request("collections/Chat", planted("17"))
    return folder


def show(screen: WindowScreen, mark: str) -> None:
    screen.tab.editor.show_request(planted(mark))
    screen.tab.pane.clear()
    for event in answered(mark):
        screen.tab.pane.feed(event)


async def picture(screen: WindowScreen) -> QImage:
    """Return what is on screen once it stands still."""
    await until(screen.tab.pane.isVisible)
    before = QImage()
    while True:
        await asyncio.sleep(0.3)  # longer than every pause after which something is shown anew
        now = screen.window.grab().toImage()
        if now == before:
            return now
        before = now


async def of_part(screen: WindowScreen, part: int, mark: str) -> QImage:
    screen.tab.findChild(QTabWidget, "requestTabs").setCurrentIndex(part)
    answer = screen.tab.findChild(QTabWidget, "responseTabs")
    show(screen, mark)
    answer.setCurrentIndex(part % answer.count())
    return await picture(screen)


def present(screen: WindowScreen) -> None:
    screen.click(screen.find(QToolButton, "presentationButton"))


@pytest.mark.parametrize("part", PARTS)
async def test_two_different_plants_give_the_same_picture(dressed_app: QApplication, tmp_path: Path, part: int) -> None:
    async with shown_window(plant(tmp_path / "w")) as screen:
        await screen.open(PATH)
        await screen.tab.pane.get_ready()
        screen.window.action("code").trigger()
        assert await of_part(screen, part, "17") != await of_part(screen, part, "71")  # so the test can fail
        present(screen)
        a, b = await of_part(screen, part, "17"), await of_part(screen, part, "71")
        assert a == b


async def test_nothing_but_the_picture_changes(dressed_app: QApplication, tmp_path: Path) -> None:
    async with shown_window(plant(tmp_path / "w")) as screen:
        await screen.open(PATH)
        before, request = await picture(screen), screen.tab.request()
        present(screen)
        assert await picture(screen) != before
        assert screen.tab.request() == request
        assert not screen.tab.unsaved()
        present(screen)
        assert screen.tab.request() == request
        await until(lambda: not screen.window.findChildren(QWidget, "presentationCover"))
        screen.window.setFocus()
        assert screen.find(QToolButton, "presentationButton").text() == ""


async def test_it_says_that_something_is_hidden(dressed_app: QApplication, tmp_path: Path) -> None:
    async with shown_window(plant(tmp_path / "w")) as screen:
        screen.keys("Ctrl+Alt+M", screen.window)
        button = screen.find(QToolButton, "presentationButton")
        await until(lambda: button.text() == "Presentation mode")
        assert screen.window.action("presentation").isChecked()


async def test_what_is_copied_stays_masked(dressed_app: QApplication, tmp_path: Path) -> None:
    async with shown_window(plant(tmp_path / "w")) as screen:
        await screen.open(PATH)
        url = screen.find(QLineEdit, "urlEdit")
        for presenting in (True, False):
            present(screen)
            url.selectAll()
            url.copy()
            copied = dressed_app.clipboard().text()
            assert ("gateway17" not in copied) is presenting
            assert (MASK in copied) is presenting


async def test_windows_that_open_meanwhile_are_covered_and_titles_masked(
    dressed_app: QApplication, tmp_path: Path
) -> None:
    async with shown_window(plant(tmp_path / "w")) as screen:
        await screen.open(PATH)
        present(screen)
        other = QWidget(screen.window)
        other.setWindowFlag(other.windowFlags().Window)
        other.setWindowTitle("Save to gateway17.example.test")
        other.show()
        await until(lambda: other.findChild(QWidget, "presentationCover"))
        assert other.windowTitle() == f"Save to {MASK}"
        QToolTip.showText(screen.window.mapToGlobal(screen.window.rect().center()), "at 10.0.0.17", screen.window)
        tips = [top for top in dressed_app.topLevelWidgets() if top.inherits("QTipLabel")]
        await until(lambda: any(tip.findChild(QWidget, "presentationCover") for tip in tips))
        QToolTip.hideText()
        present(screen)
        assert other.windowTitle() == "Save to gateway17.example.test"
        other.deleteLater()


async def test_windows_that_have_gone_are_no_trouble(dressed_app: QApplication, tmp_path: Path) -> None:
    async with shown_window(plant(tmp_path / "w")) as screen:
        present(screen)
        gone: list[str] = []
        for title in ("first at gateway17.example.test", "second"):
            other = QWidget(screen.window, Qt.WindowType.Window)
            other.setWindowTitle(title)
            other.destroyed.connect(partial(gone.append, title))
            other.show()
            await until(partial(cover_of, other))
            other.deleteLater()
            await until(lambda title=title: title in gone)
        present(screen)
        assert not screen.window.findChildren(Cover)


async def test_the_account_on_the_page_of_a_service_is_known(dressed_app: QApplication, tmp_path: Path) -> None:
    folder = plant(tmp_path / "w")
    signed = Authorization(kind="basic", values={"username": "zoe-account-9"})
    service = Service(name="Iris", credentials=(Credential(name="me", authorization=signed),))
    assert set(words_of_page(service)) == {"zoe-account-9"}
    assert set(words_of_page(Collection(name="c", authorization=signed))) == {"zoe-account-9"}
    assert set(words_of_page(None)) == set()
    async with shown_window(folder) as screen:
        await screen.open(PATH)
        present(screen)
        await until(lambda: screen.window.findChild(Cover))


async def test_the_console_and_the_environments_are_covered(dressed_app: QApplication, tmp_path: Path) -> None:
    async with shown_window(plant(tmp_path / "w")) as screen:
        await screen.open(PATH)
        present(screen)
        screen.window.action("console").trigger()
        tree = await until(lambda: next(iter(screen.window.findChildren(QTreeWidget, "consoleTree")), None))
        for event in answered("17"):
            screen.work.sending._console().feed(1, "Planted", event)
        await until(tree.topLevelItemCount)
        await until(lambda: list(places(tree, sensitive_spans)))


async def test_what_is_typed_is_hidden_a_moment_later(dressed_app: QApplication, tmp_path: Path) -> None:
    async with shown_window(plant(tmp_path / "w")) as screen:
        await screen.open(PATH)
        present(screen)
        screen.type_url("https://{{host}}/a?token=zx81-secret-zx81")
        presenting = screen.work._presenting
        assert presenting is not None
        await until(lambda: presenting._spans("told zx81-secret-zx81 here"))


async def test_a_websocket_and_the_wizard_are_covered_too(dressed_app: QApplication, tmp_path: Path) -> None:
    """Their lists have models of one column, which tell less than those of tables."""
    folder = make_workspace(tmp_path / "ws")
    message = Message(name="to 10.0.0.7", kind="text", text="hello")
    talk = Request(name="Talk", protocol="websocket", messages=(message,))
    Workspace.open(folder).add_request("collections/Chat", talk)
    async with shown_window(folder) as screen:
        await screen.open("collections/Chat/talk.yaml")
        present(screen)
        shown = screen.find(QListWidget, "savedMessages", screen.tab)
        screen.window.grab()
        assert len(list(places(shown, sensitive_spans))) == 1
        screen.window.action("new_service").trigger()
        wizard = await screen.dialog("newServiceDialog")
        wizard.grab()
        screen.press("wizardCancel", wizard)
        await screen.back(wizard)


def test_the_plants_are_found_by_the_rules_alone_where_no_word_is_known() -> None:
    for text in (planted("17").url, "host 17.17.17.17", "https://gateway17.example.test/next"):
        assert sensitive_spans(text)
