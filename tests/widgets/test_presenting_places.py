"""Presentation mode in every place of the window: two workspaces with other hosts and names give the same pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QToolButton,
    QTreeWidget,
    QWidget,
)
from response_screen import TIMINGS
from servers import Authority
from until import until
from window_screen import WindowScreen, shown_window
from wizard_screen import opened

from firstlight.model.collection import Environment, VariableRow
from firstlight.model.events import (
    BodyReceived,
    Connected,
    Event,
    Finished,
    HeadersReceived,
    Redirected,
    Resolved,
    Started,
    TlsEstablished,
)
from firstlight.model.request import Authorization, Header, Request
from firstlight.model.secrets import MASK
from firstlight.model.service import Channel, Credential, Service
from firstlight.store.workspace import Workspace
from firstlight.ui.presenting.cover import cover_of

MARKS = ("17", "71")
"""Digits are equally wide, so whatever is covered is covered by the same bars."""


@pytest.fixture(autouse=True)
def steady_cursor() -> Iterator[None]:
    before = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(before)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return a certificate for each of the two, valid from the same minute on: that is shown."""
    issue = Authority(tmp_path_factory.mktemp("authority")).issue
    return {mark: issue(host(mark), f"10.0.{mark}.{mark}")[1].public_bytes(Encoding.DER) for mark in MARKS}


def host(mark: str) -> str:
    return f"gateway{mark}.example.test"


def planted(folder: Path, mark: str) -> Path:
    """Make a workspace in which everything tells where it is about."""
    workspace = Workspace.create(folder, "Lab")
    chat = workspace.add_collection("Chat")
    workspace.add_request(chat, Request(name=f"Ask {host(mark)}", url=f"https://{host(mark)}/v1/infers/service-{mark}"))
    rows = (
        VariableRow(name="base_url", value=f"https://{host(mark)}:84{mark}"),
        VariableRow(name="project_id", value=f"project-{mark}-x", description=f"of 10.0.{mark}.{mark}"),
        VariableRow(name="node_ip", value=f"10.0.{mark}.{mark}"),
        VariableRow(name="user", value=f"anna-{mark}-anna"),
    )
    workspace.environment_pages.add(Environment(name="Lab", variables=rows))
    signed = Authorization(kind="basic", values={"username": f"anna-{mark}-anna", "password": "{{secret:k}}"})
    channels = (
        Channel(name="Public", url=f"https://{host(mark)}/v1/infers/service-{mark}", credential="Me"),
        Channel(
            name="Edge", kind="edge-node", url=f"http://10.0.{mark}.{mark}:80{mark}/x", connect_to=f"10.9.8.{mark}"
        ),
    )
    service = Service(
        name="Iris", channels=channels, credentials=(Credential(name="Me", authorization=signed),),
        headers=(Header(name="X-Project-Id", value=f"project-{mark}-x"),), description=f"Lives at {host(mark)}.",
    )  # fmt: skip
    workspace.services.add(service)
    return folder


def answered(mark: str, certificate: bytes) -> list[Event]:
    """Return an answer over TLS, from an address and with a certificate that tell who it is, after a redirect."""
    url, address = f"https://{host(mark)}/v1/infers/service-{mark}", f"10.0.{mark}.{mark}"
    moved = Redirected(at_ns=3, status=302, location=f"{url}/next", method="GET", from_url=url, from_method="POST")
    said = f'{{"host": "{host(mark)}", "user": "anna-{mark}-anna"}}'.encode()
    headers = (("X-Request-Id", f"{mark}" * 16), ("Server", host(mark)))
    return [
        Started(at_ns=0, method="POST", url=url),
        Resolved(at_ns=1, host=host(mark), address=address, port=443),
        Connected(at_ns=1, address=address, port=443, local_address=f"192.168.{mark}.9", local_port=50017),
        TlsEstablished(at_ns=2, version="TLSv1.3", cipher="AES", chain=(certificate,)),
        moved,
        HeadersReceived(at_ns=4, status=200, reason="OK", http_version="HTTP/1.1", headers=headers),
        BodyReceived(at_ns=5, data=said),
        Finished(at_ns=6, body_bytes=len(said), timings=TIMINGS),
    ]


async def picture(widget: QWidget) -> QImage:
    """Return what is on screen once it stands still."""
    before = QImage()
    while True:
        await asyncio.sleep(0.2)  # longer than every pause after which something is shown anew
        now = widget.grab().toImage()
        if now == before:
            return now
        before = now


class Tour:
    """Visits every place and takes its picture."""

    def __init__(self, screen: WindowScreen, mark: str, certificate: bytes) -> None:
        self.screen, self.mark, self.certificate = screen, mark, certificate
        self.seen: dict[str, QImage] = {}
        self.titles: list[str] = []
        self.copied: list[str] = []

    async def take(self, place: str, widget: QWidget | None = None) -> None:
        top = widget or self.screen.window
        self.seen[place] = await picture(top)
        cover = cover_of(top)
        assert cover is not None, place
        assert list(cover._covered(top, top.rect())), f"{place}: there is something to cover"
        self.titles += [top.windowTitle() for top in QApplication.topLevelWidgets() if top.isVisible()]

    async def request(self) -> None:
        screen = self.screen
        screen.work.library.start("open", screen.work.library.open, path_of(screen))
        await until(lambda: screen.tab is not None and screen.tab.path)
        await screen.tab.pane.get_ready()
        screen.window.action("code").trigger()
        await until(lambda: code(screen) or None)
        for event in answered(self.mark, self.certificate):
            screen.tab.pane.feed(event)
            screen.work.sending._console().feed(1, f"Ask {host(self.mark)}", event)
        await self.take("request, title of the tab, code")
        self.copy(screen.find(QPushButton, "codeCopyButton"))
        screen.window.action("code").trigger()
        tabs = screen.tab.findChild(QTabWidget, "responseTabs")
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
            await self.take(f"answer, part {number}")
        page = screen.find(QScrollArea, "timingView")
        page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
        await self.take("certificates")
        screen.window.action("console").trigger()
        tree = screen.find(QTreeWidget, "consoleTree")
        tree.topLevelItem(0).setExpanded(True)
        tree.topLevelItem(0).setText(0, "")  # the time of day
        await self.take("console")
        self.copy(screen.find(QToolButton, "consoleCopyAll"))
        assert screen.tab.pane.copy_ticket()
        self.copied.append(QApplication.clipboard().text())
        screen.window.action("console").trigger()

    def copy(self, button: QWidget) -> None:
        self.screen.click(button)
        self.copied.append(QApplication.clipboard().text())

    async def pages(self) -> None:
        screen = self.screen
        screen.work.library.start("open", screen.work.library.open, "environments/lab.yaml")
        await until(lambda: screen.window.tabs.current().objectName() != "requestTab")
        await self.take("environment")
        screen.work.library.start("open", screen.work.services.open, "services/iris.yaml")
        tabs = await until(lambda: screen.window.findChild(QTabWidget, "serviceTabs"))
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
            await self.take(f"service, part {number}")

    async def dialogs(self) -> None:
        screen = self.screen
        screen.keys("Ctrl+K", screen.window)
        palette = await screen.dialog("palette")
        screen.type("ask", screen.find(QLineEdit, "paletteEdit", palette))
        await self.take("palette", palette)
        palette.close()
        await screen.back(palette)
        wizard = await opened(screen)
        paste = screen.find(QPlainTextEdit, "wizardPaste", wizard.dialog)  # by hand: the clipboard is masked
        screen.type(f"https://{host(self.mark)}/v1/infers/{self.mark * 16}", paste)
        await self.take("wizard", wizard.dialog)
        wizard.dialog.reject()
        await screen.back(wizard.dialog)


def path_of(screen: WindowScreen) -> str:
    (file,) = (screen.work.library.workspace.folder / "collections" / "Chat").glob("ask*.yaml")
    return f"collections/Chat/{file.name}"


def code(screen: WindowScreen) -> str:
    found = screen.window.findChild(QPlainTextEdit, "codeView")
    return found.toPlainText() if found is not None and found.isVisible() else ""


async def toured(folder: Path, mark: str, certificate: bytes) -> Tour:
    async with shown_window(planted(folder / "w", mark)) as screen:
        screen.window.resize(1300, 860)
        screen.click(screen.find(QToolButton, "presentationButton"))
        tour = Tour(screen, mark, certificate)
        await tour.request()
        await tour.pages()
        await tour.dialogs()
        return tour


async def test_no_place_of_the_window_tells_where_or_who(
    dressed_app: QApplication, tmp_path: Path, certificates: dict[str, bytes]
) -> None:
    first, second = tours = [await toured(tmp_path / mark, mark, certificates[mark]) for mark in MARKS]
    differing = [place for place, seen in first.seen.items() if seen != second.seen[place]]
    assert differing == []
    for tour in tours:
        assert not any(tour.mark in title for title in tour.titles)
        assert all(MASK in text for text in tour.copied)
        assert not any(host(tour.mark) in text or f"10.0.{tour.mark}" in text for text in tour.copied)
