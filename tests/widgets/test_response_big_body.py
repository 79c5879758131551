"""Big bodies: formatted in a child process while the window stays alive; saved byte for byte."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot
from response_screen import ResponseScreen, body, clipboard, finished, head, started
from until import until

from firstlight.model.response import Response
from firstlight.ui.response.saving import suggested_name
from firstlight.ui.text.copying import MOST_BYTES
from firstlight.ui.text.text_view import TextView
from firstlight.views.json_format import format_json

BIG = b'[{"name": "a value", "score": 1.10, "big": 12345678901234567890}' + (
    b', {"name": "another value", "score": 2.50, "tags": ["x", "y"]}' * 40_000 + b"]"
)


@pytest.fixture
def screen(qtbot: QtBot) -> ResponseScreen:
    return ResponseScreen(qtbot)


async def test_a_big_body_is_shown_raw_at_once_and_pretty_when_the_child_is_done(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(BIG), finished(len(BIG)))
    await until(lambda: screen.label("bodyNote").endswith("Formatting…"))
    assert screen.text() == BIG.decode()
    await until(lambda: screen.text().startswith('[\n  {\n    "name": "a value",\n    "score": 1.10,'))
    assert screen.text().encode() == format_json(BIG)
    assert not screen.label("bodyNote").endswith("Formatting…")


async def test_the_next_answer_stops_the_formatting_of_the_one_before(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(BIG), finished(len(BIG)))
    await until(lambda: screen.label("bodyNote").endswith("Formatting…"))
    screen.feed(started(), head(201), body(b"[1]"), finished(3))
    await until(lambda: screen.text() == "[\n  1\n]")
    await until(lambda: not running("render"))
    assert screen.text() == "[\n  1\n]"


async def test_a_body_is_saved_byte_for_byte(screen: ResponseScreen, tmp_path: Path) -> None:
    data = b"\xff\x00 not utf-8 \r\n"
    screen.feed(started(), head(200, "application/octet-stream"), body(data), finished(len(data)))
    await until(lambda: screen.label("statusLabel") == "200 OK")
    target = tmp_path / "answer.bin"
    await save_as(screen, target)
    await until(lambda: target.exists() and target.stat().st_size == len(data))
    assert target.read_bytes() == data


async def test_a_body_that_cannot_be_written_is_said_so(screen: ResponseScreen, tmp_path: Path) -> None:
    screen.feed(started(), head(), body(b"[1]"), finished(3))
    await until(lambda: screen.label("statusLabel") == "200 OK")
    (tmp_path / "folder").write_text("a file where a folder should be")
    await save_as(screen, tmp_path / "folder" / "answer.json")
    box = await until(lambda: screen.pane.findChild(QMessageBox))
    assert str(tmp_path / "folder" / "answer.json") in box.text()
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
    await until(lambda: not running("save"))


async def test_a_long_hex_dump_is_copied_while_the_window_lives(screen: ResponseScreen) -> None:
    data = bytes(range(256)) * 8_000
    QGuiApplication.clipboard().clear()
    screen.feed(started(), head(200, "application/octet-stream"), body(data), finished(len(data)))
    await until(lambda: screen.label("statusLabel") == "200 OK")
    QTest.mouseClick(screen.child(QToolButton, "view_hex"), Qt.MouseButton.LeftButton)
    QTest.keyClick(screen.child(TextView, "bodyView"), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(screen.child(TextView, "bodyView"), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == ""  # not in one go
    await until(lambda: clipboard() != "")
    assert clipboard() == screen.text()


async def test_more_than_a_clipboard_takes_is_not_copied_and_said_so(screen: ResponseScreen) -> None:
    data = bytes(MOST_BYTES // 4)  # as a dump five times as long
    QGuiApplication.clipboard().setText("what it held")
    screen.feed(started(), head(200, "application/octet-stream"), body(data), finished(len(data)))
    await until(lambda: screen.label("statusLabel") == "200 OK")
    QTest.mouseClick(screen.child(QToolButton, "view_hex"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(screen.child(QToolButton, "bodyCopy"), Qt.MouseButton.LeftButton)
    assert "not copied: more than 50.0 MB" in screen.label("bodyNote")
    assert clipboard() == "what it held"


def running(work: str) -> list[asyncio.Task[object]]:
    return [task for task in asyncio.all_tasks() if task.get_name().startswith(work)]


async def save_as(screen: ResponseScreen, target: Path) -> None:
    """Click on Save and type a path."""
    QTest.mouseClick(screen.child(QToolButton, "bodySave"), Qt.MouseButton.LeftButton)
    dialog = await until(lambda: next((d for d in screen.pane.findChildren(QFileDialog) if d.isVisible()), None))
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.selectAll()
    QTest.keyClicks(name, str(target))
    QTest.keyClick(name, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("headers", "url", "name"),
    [
        ((("Content-Disposition", 'attachment; filename="a/../b.csv"'),), "http://h/x", "b.csv"),
        ((("Content-Disposition", "attachment; filename*=UTF-8''%E5%9B%BE.png"),), "http://h/x", "图.png"),
        ((("Content-Type", "application/json"),), "http://h/v1/iris?x=1", "iris.json"),
        ((("Content-Type", "image/png"),), "http://h/rose.png", "rose.png"),
        ((), "http://h/", "response"),
    ],
)
def test_a_saved_body_gets_a_fitting_name(headers: tuple[tuple[str, str], ...], url: str, name: str) -> None:
    assert suggested_name(Response(status=200, reason="", http_version="", headers=headers, body=b""), url) == name
