"""The greyed headers of a tab know the variables of its workspace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QTableView, QTabWidget
from until import until
from window_screen import make_workspace, shown_window


async def test_the_host_of_a_variable_is_told_before_sending(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws", "http://gateway.example:8443")
    async with shown_window(folder) as screen:
        await screen.open("collections/Chat/streamed-chat.yaml")
        tabs = screen.find(QTabWidget, "requestTabs", screen.tab)
        tabs.setCurrentIndex(2)

        def told() -> dict[str, str]:
            table = tabs.findChild(QTableView, "generatedHeadersTable")
            model = table.model() if table else None
            rows = range(model.rowCount()) if model else ()
            return {model.index(row, 1).data(): model.index(row, 2).data() for row in rows} if model else {}

        await until(lambda: told().get("Host") == "gateway.example:8443")
        assert told()["Authorization"] == "Bearer ••••••"
        assert told()["Content-Type"] == "application/json"
        assert int(told()["Content-Length"]) > 50
