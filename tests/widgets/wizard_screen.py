"""The New Service wizard as the tests see it and drive it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from until import until
from window_screen import WindowScreen

from firstlight.model.secrets import environment_name
from firstlight.model.service import Service
from firstlight.store.secret_fields import names_in
from firstlight.ui.wizard.dialog import NewServiceDialog


class Wizard:
    """What the tests see and do in the dialog."""

    def __init__(self, screen: WindowScreen, dialog: NewServiceDialog) -> None:
        self.screen = screen
        self.dialog = dialog

    def paste(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        edit = self.screen.find(QPlainTextEdit, "wizardPaste", self.dialog)
        self.screen.keys("Ctrl+A", edit)
        self.screen.keys("Ctrl+V", edit)

    def press(self, name: str) -> None:
        self.screen.press(name, self.dialog)

    def next(self) -> None:
        self.press("wizardNext")

    def choose(self, name: str, data: str) -> None:
        combo = self.screen.find(QComboBox, name, self.dialog)
        combo.setFocus()
        row = combo.findData(data)
        QTest.keyClick(combo, Qt.Key.Key_Home)
        while combo.currentIndex() < row:
            QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentData() == data

    def chosen(self, name: str) -> str:
        return cast(str, self.screen.find(QComboBox, name, self.dialog).currentData())

    def part(self, name: str) -> QLineEdit:
        return self.screen.find(QLineEdit, f"part-{name}", self.dialog)

    def field(self, name: str, text: str) -> None:
        edit = self.screen.find(QLineEdit, name, self.dialog)
        edit.selectAll()
        self.screen.type(text, edit)

    def ways(self) -> list[str]:
        shown = self.screen.find(QListWidget, "wizardCredentials", self.dialog)
        return [shown.item(row).text() for row in range(shown.count())]

    def tick(self, row: int) -> None:
        shown = self.screen.find(QListWidget, "wizardCredentials", self.dialog)
        shown.setFocus()
        shown.setCurrentRow(row)
        QTest.keyClick(shown, Qt.Key.Key_Space)

    def says(self, name: str) -> str:
        label = self.dialog.findChild(QLabel, name)
        assert label is not None
        return label.text() if label.isVisible() else ""

    async def finish(self, button: str = "wizardSend") -> None:
        await until(self.screen.find(QPushButton, button, self.dialog).isEnabled)
        self.press(button)
        await self.screen.back(self.dialog)


async def opened(screen: WindowScreen) -> Wizard:
    screen.window.action("new_service").trigger()
    return Wizard(screen, cast(NewServiceDialog, await screen.dialog("newServiceDialog")))


def status(screen: WindowScreen) -> str:
    strip = screen.tab.pane.findChild(QWidget, "statusLabel")
    assert strip is not None
    return " ".join(label.text() for label in (strip, *strip.findChildren(QLabel)) if isinstance(label, QLabel))


async def answered(screen: WindowScreen) -> None:
    await until(lambda: screen.tab is not None and "200" in status(screen))
    await until(lambda: screen.find(QPushButton, "sendButton", screen.tab).text() == "Send")


async def sent_from_the_command_line(
    screen: WindowScreen, request: str, channel: str, credential: str
) -> tuple[int, str]:
    """Send the request of the service that was made, with the secrets that the window keeps, and return how it went."""
    service, folder = saved(screen), screen.work.library.workspace.folder
    secrets = {environment_name(name): screen.session.secrets.get(name) or "" for name in names_in(service)}
    command = [sys.executable, "-m", "firstlight", "send", f"{service.name}/{request}", "-w", str(folder), "--fail"]
    command += ["--channel", channel, "--credential", credential]
    done = await asyncio.to_thread(
        subprocess.run, command, env={**os.environ, **secrets}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def saved(screen: WindowScreen) -> Service:
    entries = screen.work.library.workspace.services.entries()
    assert len(entries) == 1
    assert entries[0].value is not None
    return entries[0].value
