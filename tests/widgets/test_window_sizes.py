"""A window that is made small and large again: what stands at the sides, and how a tab is split."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter, QWidget
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.model.request import Body, FormPart, Request
from firstlight.store.workspace import Workspace

HELLO = "collections/Chat/hello.yaml"


def drag(splitter: QSplitter, handle: int, by: QPoint) -> None:
    grip = splitter.handle(handle)
    start = grip.rect().center()
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grip, start + by)
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=start + by)


def columns(screen: WindowScreen) -> QSplitter:
    splitter = screen.window.sidebar.parentWidget()
    assert isinstance(splitter, QSplitter)
    return splitter


async def test_sidebar_and_code_panel_get_their_widths_back(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(HELLO)
        screen.window.action("code").trigger()
        await until(lambda: len(columns(screen).sizes()) == 3 and columns(screen).sizes()[2] == 440)
        drag(columns(screen), 1, QPoint(60, 0))
        drag(columns(screen), 2, QPoint(-40, 0))
        before = columns(screen).sizes()
        screen.window.resize(900, 600)
        squeezed = columns(screen).sizes()
        assert squeezed[0] < before[0]
        assert squeezed[2] < before[2]
        screen.window.resize(1360, 860)
        assert columns(screen).sizes() == before


async def test_what_a_small_window_leaves_the_sidebar_is_not_kept_as_its_width(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(HELLO)
        drag(columns(screen), 1, QPoint(160, 0))
        width = columns(screen).sizes()[0]
        screen.window.resize(760, 560)
        assert columns(screen).sizes()[0] < width
        assert screen.window.layout_state()["sidebar_px"] == width


async def test_a_sidebar_that_is_dragged_narrow_stays_so(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        drag(columns(screen), 1, QPoint(-70, 0))
        width = columns(screen).sizes()[0]
        for size in ((900, 600), (1360, 860)):
            screen.window.resize(*size)
        assert columns(screen).sizes()[0] == width


async def test_the_console_gets_its_height_back(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.keys("Ctrl+Alt+C", screen.window)
        console = (await until(lambda: screen.window.findChild(QWidget, "consoleView"))).parentWidget()
        await until(lambda: console.height() == 220)
        screen.window.resize(900, 600)
        await screen.open(HELLO)
        assert console.height() < 220
        screen.window.resize(1360, 860)
        assert console.height() == 220


async def test_the_rows_of_a_form_are_seen_in_a_low_window(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    body = Body(kind="form-data", parts=(FormPart(name="images", kind="file", files=("a.jpg",)), FormPart(name="top")))
    Workspace.open(folder).add_request("collections/Chat", Request(name="Form", url="http://127.0.0.1/", body=body))
    async with shown_window(folder) as screen:
        screen.window.resize(900, 600)
        await screen.open("collections/Chat/form.yaml")
        table = screen.find(QWidget, "formDataTable", screen.tab)
        row = table.visualRect(table.model().index(1, 1))
        assert table.viewport().rect().contains(row)
        drag(screen.tab, 1, QPoint(0, -40))
        dragged = screen.tab.sizes()
        screen.window.resize(900, 601)
        assert abs(screen.tab.sizes()[0] - dragged[0]) <= 1
