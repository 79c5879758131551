"""The greyed headers of a tab know the variables of its workspace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QTableView, QTabWidget
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from demo_server import RunningDemo


def told(screen: WindowScreen) -> dict[str, str]:
    """Return the greyed lines on screen."""
    table = screen.tab.findChild(QTableView, "generatedHeadersTable")
    if not isinstance(table, QTableView):
        return {}
    model = table.model()
    return {model.index(row, 1).data(): model.index(row, 2).data() for row in range(model.rowCount())}


def look_at_headers(screen: WindowScreen) -> None:
    screen.find(QTabWidget, "requestTabs", screen.tab).setCurrentIndex(2)


async def test_the_host_of_a_variable_is_told_before_sending(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws", "http://gateway.example:8443")
    async with shown_window(folder) as screen:
        await screen.open("collections/Chat/streamed-chat.yaml")
        look_at_headers(screen)
        await until(lambda: told(screen).get("Host") == "gateway.example:8443")
        assert told(screen)["Authorization"] == "Bearer ••••••"
        assert told(screen)["Content-Type"] == "application/json"
        assert int(told(screen)["Content-Length"]) > 50


async def test_the_addresses_of_the_demo_are_known(demo: RunningDemo, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", "http://nowhere")) as screen:
        screen.session.is_demo = True
        screen.session.demo.addresses = {"demo_url": demo.url}
        await screen.open("collections/Chat/hello.yaml")
        look_at_headers(screen)
        await until(lambda: told(screen).get("Host") == demo.url.removeprefix("http://"))
