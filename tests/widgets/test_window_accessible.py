"""The window for those who do not see it or use no mouse: names, roles, focus, tab order, 200 % scale."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from accessible_tree import faults, stops, walk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QTabWidget, QWidget
from test_chinese_window import choose, demo_window, send
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from demo_server import RunningDemo
from firstlight.auth import METHODS
from firstlight.bodies import BODIES
from firstlight.store.variable_places import VariablePlace
from firstlight.texts import tr
from firstlight.ui import accessible
from firstlight.ui.crash_dialog import CrashDialog
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.outside.dialog import DifferenceDialog
from firstlight.ui.request.editor import RequestEditor
from firstlight.ui.secrets.password_dialog import CHANGE, PasswordDialog
from firstlight.ui.secrets.value_dialog import ValueDialog
from firstlight.ui.text.text_view import TextView
from firstlight.ui.variables.dialog import VariableDialog


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


async def open_palette(screen: WindowScreen) -> QDialog:
    screen.keys("Ctrl+K", screen.window)
    return await screen.dialog("palette")


async def open_settings(screen: WindowScreen) -> QDialog:
    screen.keys("Ctrl+,", screen.window)
    return await screen.dialog("settingsDialog")


async def open_shortcuts(screen: WindowScreen) -> QDialog:
    screen.keys("Ctrl+/", screen.window)
    return await screen.dialog("shortcutsDialog")


async def open_save(screen: WindowScreen) -> QDialog:
    screen.keys("Ctrl+T")
    screen.type_url("http://127.0.0.1/")
    screen.keys("Ctrl+S")
    return await screen.dialog("saveDialog")


async def open_about(screen: WindowScreen) -> QDialog:
    screen.window.action("about").trigger()
    return await screen.dialog("aboutDialog")


async def open_crash(screen: WindowScreen) -> QDialog:
    dialog = CrashDialog("Traceback", screen.window)
    dialog.open()
    return dialog


async def open_import(screen: WindowScreen) -> QDialog:
    screen.window.action("import").trigger()
    return await screen.dialog("importDialog")


async def open_differences(screen: WindowScreen) -> QDialog:
    dialog = DifferenceDialog("a.yaml", ["--- a", "+++ b", "-x", "+y"], screen.window)
    dialog.open()
    return dialog


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


async def open_secrets(screen: WindowScreen) -> QDialog:
    screen.window.action("secrets").trigger()
    dialog = await screen.dialog("secretsDialog")
    await until(lambda: dialog.findChild(QWidget, "createButton").isVisible())
    return dialog


async def open_password(screen: WindowScreen) -> QDialog:
    dialog = PasswordDialog(CHANGE, "secrets.vault", screen.window)
    dialog.open()
    return dialog


async def open_secret_value(screen: WindowScreen) -> QDialog:
    dialog = ValueDialog("", screen.window)
    dialog.open()
    return dialog


async def open_variable(screen: WindowScreen) -> QDialog:
    place = VariablePlace(kind="environment", name="Staging", path="environments/staging.yaml", value=None)
    dialog = VariableDialog("host", [place], 0, KnownVariables(screen.window), screen.window)
    dialog.open()
    return dialog


DIALOGS: tuple[Callable, ...] = (
    *(open_palette, open_settings, open_shortcuts, open_save, open_about, open_crash),
    *(open_secrets, open_password, open_secret_value, open_variable),
    *(open_import, open_differences),
)


@pytest.mark.parametrize("opens", DIALOGS, ids=lambda opens: opens.__name__)
async def test_every_control_of_a_dialog_has_a_name_a_role_and_a_turn(tmp_path: Path, opens: Callable) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        dialog = await opens(screen)
        assert faults(dialog) == []
        assert QAccessible.queryAccessibleInterface(dialog).text(QAccessible.Text.Name)
        if opens is not open_palette:  # a popup is not made active where there is no window manager
            await until(dialog.isActiveWindow)
            left_out = [control.objectName() for control in by_tab(dialog) if not reached(control, stops(dialog))]
            assert left_out == []
        dialog.close()
        await screen.back(dialog)


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
