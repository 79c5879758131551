"""A token of 100,000 characters, pasted with line breaks: the field, the greyed row, the Console, the wire."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit, QTabWidget, QTreeWidget
from until import until
from window_screen import WindowScreen, shown_window

from demo_server import RunningDemo
from firstlight.model.request import Authorization, Request
from firstlight.store.workspace import Workspace
from firstlight.ui.request.generated_table import GeneratedTable

TOKEN = "MII" + "aB3-" * 24_999 + "x"
PASTED = "\r\n".join(TOKEN[at : at + 76] for at in range(0, len(TOKEN), 76)) + "\n"


def shown(screen: WindowScreen) -> str:
    """Everything that the Console shows."""
    tree = screen.window.findChild(QTreeWidget, "consoleTree")
    if tree is None or not tree.topLevelItemCount():
        return ""
    row = tree.topLevelItem(0)
    assert row is not None
    row.setExpanded(True)
    children = (row.child(at) for at in range(row.childCount()))
    return "\n".join([row.text(3), *(child.text(0) for child in children if child is not None)])


async def test_a_token_of_any_length_is_pasted_sent_and_masked(demo: RunningDemo, tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws", "Lab")
    request = Request(url=f"{demo.url}/faults/echo", authorization=Authorization(kind="x-auth-token"))
    path = workspace.add_request(workspace.add_collection("IAM"), request)
    async with shown_window(tmp_path / "ws") as screen:
        await screen.open(path)
        tabs = screen.find(QTabWidget, "requestTabs", screen.tab)
        tabs.setCurrentIndex(1)
        edit = await until(lambda: screen.tab.findChild(QLineEdit, "token"))
        screen.click(edit)
        QApplication.clipboard().setText(PASTED)
        screen.keys("Ctrl+V", edit)
        assert screen.tab.request().authorization.values["token"] == TOKEN
        assert edit.displayText() != TOKEN

        tabs.setCurrentIndex(2)
        table = await until(lambda: screen.tab.findChild(GeneratedTable))

        def rows() -> list[list[str]]:
            model = table.model()
            return [
                [str(model.index(row, column).data()) for column in range(model.columnCount())]
                for row in range(model.rowCount())
            ]

        await until(lambda: any("X-Auth-Token" in row for row in rows()))
        assert TOKEN[:40] not in repr(rows())

        screen.press("sendButton", screen.tab)
        await until(lambda: "200" in shown(screen))
        assert TOKEN[:40] not in shown(screen)
