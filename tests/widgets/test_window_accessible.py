"""The window for those who do not see it or use no mouse: names, roles, focus, tab order, 200 % scale."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from accessible_tree import faults, stops, walk
from every_dialog import DIALOGS
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QPlainTextEdit, QPushButton, QTabWidget, QWidget
from test_chinese_window import choose, demo_window, send
from until import until
from window_screen import make_workspace, shown_window

from demo_server import RunningDemo
from firstlight import ui
from firstlight.auth import METHODS
from firstlight.bodies import BODIES
from firstlight.editions import EDITIONS
from firstlight.texts import tr
from firstlight.ui import accessible
from firstlight.ui.request.editor import RequestEditor
from firstlight.ui.text.text_view import TextView


@pytest.fixture(autouse=True, scope="module")
def told(dressed_app: QApplication) -> None:
    accessible.install()


async def test_every_control_of_the_request_has_a_name_and_a_role(demo: RunningDemo) -> None:
    async with demo_window(demo, "en") as screen:
        screen.keys("Ctrl+T")
        tabs = await until(lambda: screen.find(QTabWidget, "requestTabs", screen.tab))
        for tab in range(tabs.count()):
            tabs.setCurrentIndex(tab)
            assert faults(screen.window) == []
        tabs.setCurrentIndex(1)
        for method in (entry for entry in METHODS if entry.kind != "service"):
            choose(screen.find(QComboBox, "authKindCombo", screen.tab), method.kind)
            assert faults(tabs) == [], method.kind
        tabs.setCurrentIndex(3)
        for body in BODIES:
            choose(screen.find(QComboBox, "bodyKindCombo", screen.tab), body.kind)
            assert faults(tabs) == [], body.kind


@pytest.mark.parametrize(
    "path",
    [
        "collections/First-steps/streamed-chat.yaml",
        "collections/First-steps/hello-json.yaml",
        "collections/Faults/nobody-listens.yaml",
        "collections/Faults/redirect-to-another-origin.yaml",
    ],
)
async def test_every_control_of_the_response_has_a_name_and_a_role(demo: RunningDemo, path: str) -> None:
    async with demo_window(demo, "en") as screen:
        tabs = await send(screen, path)
        screen.keys("Ctrl+Alt+C")
        for tab in range(tabs.count()):
            tabs.setCurrentIndex(tab)
            assert faults(screen.window) == []


def by_tab(dialog: QDialog) -> list[QWidget]:
    """Return what Tab must come to."""
    return [
        control
        for control in dialog.findChildren(QWidget)
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and control.isVisible()
        and control.isEnabled()
        and control.focusProxy() is None
        and control.window() is dialog
    ]


def reached(control: QWidget, stopped: list[QWidget]) -> bool:
    return any(control is stop or control.isAncestorOf(stop) or stop.isAncestorOf(control) for stop in stopped)


@pytest.mark.parametrize("name", DIALOGS)
async def test_every_control_of_a_dialog_has_a_name_a_role_and_a_turn(tmp_path: Path, name: str) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        dialog = await DIALOGS[name](screen)
        assert faults(dialog) == []
        assert QAccessible.queryAccessibleInterface(dialog).text(QAccessible.Text.Name)
        if name != "Palette":  # a popup is not made active where there is no window manager
            await until(dialog.isActiveWindow)
            left_out = [control.objectName() for control in by_tab(dialog) if not reached(control, stops(dialog))]
            assert left_out == []
        dialog.close()
        await screen.back(dialog)


def test_no_dialog_is_left_out() -> None:
    sources = "".join(file.read_text("utf-8") for file in Path(ui.__file__).parent.rglob("*.py"))
    assert set(re.findall(r"^class (\w+)\(QDialog\)", sources, re.MULTILINE)) == {name.split()[0] for name in DIALOGS}


async def test_every_control_of_the_wizard_has_a_name_and_a_role(demo: RunningDemo, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        dialog = await DIALOGS["NewServiceDialog"](screen)
        for edition in EDITIONS:
            choose(screen.find(QComboBox, "wizardEdition", dialog), edition.kind)
            assert faults(dialog) == [], edition.kind
        screen.find(QPlainTextEdit, "wizardPaste", dialog).setPlainText(f"{demo.url}/v1/chat/completions")
        while (forward := screen.find(QPushButton, "wizardNext", dialog)).isEnabled():
            screen.click(forward)
            assert faults(dialog) == []
            if dialog.findChild(QPushButton, "wizardSend").isVisible():
                break
        kinds = screen.find(QComboBox, "wizardTrialKind", dialog)
        for row in range(kinds.count()):
            kinds.setCurrentIndex(row)
            assert faults(dialog) == [], kinds.currentText()
        screen.press("wizardCancel", dialog)
        await screen.back(dialog)


async def test_every_control_of_a_websocket_has_a_name_and_a_role(demo: RunningDemo) -> None:
    async with demo_window(demo, "en") as screen:
        await screen.work.library.open("collections/WebSocket/chat-behind-pai-eas.yaml")
        tabs = await until(lambda: screen.find(QTabWidget, "requestTabs", screen.tab))
        for tab in range(tabs.count()):
            tabs.setCurrentIndex(tab)
            assert faults(screen.window) == []
        screen.press("sendButton", screen.tab)
        await until(lambda: screen.find(QPushButton, "sendButton", screen.tab).text() == "Disconnect")
        await until(screen.tab.pane.message_count)
        assert faults(screen.window) == []
        screen.press("sendButton", screen.tab)
        await screen.answered()
        assert faults(screen.window) == []


async def test_every_control_of_the_pages_and_the_code_panel_has_a_name_and_a_role(demo: RunningDemo) -> None:
    async with demo_window(demo, "en") as screen:
        await send(screen, "collections/First-steps/hello-json.yaml")
        screen.window.action("code").trigger()
        assert faults(screen.window) == []
        screen.window.action("workspace_variables").trigger()
        await until(lambda: screen.window.tabs.current().kind != "request")
        assert faults(screen.window) == []
        screen.window.sidebar.tree.open_requested.emit("collections/ModelArts")
        page = await until(lambda: next((t for t in screen.window.tabs.tabs() if t.path == "collections/ModelArts"), 0))
        for tabs in page.findChildren(QTabWidget):
            for tab in range(tabs.count()):
                tabs.setCurrentIndex(tab)
                assert faults(screen.window) == []
        screen.window.sidebar.new_environment_requested.emit()
        await until(lambda: any("environments/" in tab.path for tab in screen.window.tabs.tabs()))
        assert faults(screen.window) == []


async def test_tab_walks_from_the_url_through_the_request_to_the_response(demo: RunningDemo) -> None:
    async with demo_window(demo, "en") as screen:
        await send(screen, "collections/First-steps/hello-json.yaml")
        url = screen.find(QWidget, "urlEdit")
        url.setFocus()
        names = [widget.objectName() for widget in stops(url)]
        order = [names.index(name) for name in ("sendButton", "saveButton", "qt_tabwidget_tabbar", "bodyView")]
        assert order == sorted(order)
        assert "collectionTree" in names
        assert "consoleButton" in names


async def test_what_has_the_keys_can_be_seen(demo: RunningDemo) -> None:
    """Every stop of Tab looks different with the focus than without."""
    async with demo_window(demo, "en") as screen:
        await send(screen, "collections/First-steps/hello-json.yaml")
        for widget in stops(screen.find(QWidget, "urlEdit")):
            if not widget.isVisible() or widget.width() < 4:
                continue
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            with_focus = screen.window.grab().toImage()
            screen.window.footer.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            screen.window.footer.setFocus(Qt.FocusReason.TabFocusReason)
            without = screen.window.grab().toImage()
            assert with_focus != without, (type(widget).__name__, widget.objectName())


async def test_a_body_is_read_out_as_text(qtbot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    view.setAccessibleName("Body")
    view.set_text("第一行\nsecond line\n".encode())
    view.show()
    told = QAccessible.queryAccessibleInterface(view)
    assert (told.role(), told.text(QAccessible.Text.Name)) == (QAccessible.Role.Document, "Body")
    text = told.textInterface()
    assert (text.characterCount(), text.text(4, 10)) == (16, "second")
    text.setSelection(0, 4, 10)
    assert view.selection.text() == "second"
    assert (text.selectionCount(), text.selection(0), text.cursorPosition()) == (1, (4, 10), 10)
    assert text.offsetAtPoint(view.viewport().mapToGlobal(QPoint(view.margin(), 2))) == 0
    assert text.characterRect(4).top() > text.characterRect(0).top()
    text.removeSelection(0)
    assert not view.selection.exists()


async def test_of_a_long_body_the_part_on_screen_is_read_out(qtbot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    view.set_text(b"".join(b"line %d\n" % number for number in range(100_000)))
    view.show()
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    assert text.text(0, 6) == "line 0"
    assert text.characterCount() < 100_000
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert "line 99999" in QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Value)


async def test_a_picked_message_is_read_out(demo: RunningDemo) -> None:
    async with demo_window(demo, "en") as screen:
        tabs = await send(screen, "collections/First-steps/streamed-chat.yaml")
        table = screen.find(QWidget, "messageTable", tabs)
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_Home)
        told = QAccessible.queryAccessibleInterface(table)
        assert told.role() == QAccessible.Role.List
        assert "choices" in told.text(QAccessible.Text.Value)
        assert "messages" in told.text(QAccessible.Text.Description)


def test_the_walk_itself_finds_what_is_missing(qtbot) -> None:
    bare = RequestEditor.__mro__[1](None)
    qtbot.addWidget(bare)
    combo = QComboBox(bare)
    bare.show()
    assert any("no name: QComboBox" in fault for fault in faults(bare))
    combo.setAccessibleName(tr("Method"))
    assert not any("QComboBox" in fault for fault in faults(bare))
    assert len(list(walk(bare))) > 1
