"""File › Open recent: the workspaces that were open before. One that is gone is named, and cannot be chosen."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from firstlight.store.pages import WORKSPACE
from firstlight.texts import tr
from firstlight.ui.icons import icon

if TYPE_CHECKING:
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_library import Library
    from firstlight.ui.window_session import Session

_MOST = 10


class Recent(QObject):
    """Keeps the list, newest first, and the menu that shows it."""

    def __init__(self, window: MainWindow, session: Session, library: Library) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self.menu = QMenu(window)
        self.menu.setObjectName("recentMenu")
        self.menu.setIcon(icon("folder"))
        self.menu.aboutToShow.connect(self._fill)
        window.add_to_file_menu(self.menu, before="new_workspace")
        window.installEventFilter(self)
        library.workspace_opened.connect(self._on_workspace_opened)
        self._retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        return super().eventFilter(watched, event)

    def _retranslate(self) -> None:
        self.menu.setTitle(tr("Open recent"))

    @Slot()
    def _on_workspace_opened(self) -> None:
        if self._session.is_demo:  # it has an entry of its own
            return
        opened = str(self._library.workspace.folder)
        others = [path for path in self._session.settings.recent_workspaces if path != opened]
        self._keep([opened, *others][:_MOST])

    def _keep(self, paths: list[str]) -> None:
        if paths != self._session.settings.recent_workspaces:
            self._window.tasks.start(self._library.remember(recent_workspaces=paths), name="remember workspaces")

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        here = str(self._session.workspace.folder) if self._session.workspace is not None else ""
        lines = [self._line(path) for path in self._session.settings.recent_workspaces if path != here]
        if not lines:
            self.menu.addAction(tr("No other workspace was open yet")).setEnabled(False)
            return
        self.menu.addSeparator()
        self.menu.addAction(tr("Clear this list")).triggered.connect(lambda: self._keep([]))
        self._window.tasks.start(self._mark_missing(lines), name="look for workspaces")

    def _line(self, path: str) -> QAction:
        line = self.menu.addAction(f"{Path(path).name}\t{_short(path)}".replace("&", "&&"))
        line.setData(path)
        line.triggered.connect(lambda: self._window.tasks.start(self._open(path), name="open workspace"))
        return line

    async def _open(self, path: str) -> None:
        await self._library.open_workspace(Path(path))

    async def _mark_missing(self, lines: list[QAction]) -> None:
        """Say which are gone; in a thread, because a folder of a server that sleeps is waited for."""
        paths = [str(line.data()) for line in lines]
        missing = await asyncio.to_thread(lambda: {path for path in paths if not (Path(path) / WORKSPACE).is_file()})
        for line, path in zip(lines, paths, strict=True):
            if path in missing and line in self.menu.actions():  # not of a list that was filled anew since
                line.setText(tr("{name} (not there)", name=line.text().partition("\t")[0]) + f"\t{_short(path)}")
                line.setEnabled(False)


def _short(path: str) -> str:
    """Return the folder above, with the person's own folder as `~`."""
    above = Path(path).parent
    try:
        return str(Path("~") / above.relative_to(Path.home()))
    except ValueError:
        return str(above)
