"""Dialogs are opened and awaited, never exec()'d: a nested loop freezes or kills every running request."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHeaderView, QMessageBox, QSplitter, QTreeView, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon

_PICTURE_PX = 32
_FRAME = QSize(8, 32)
"""What the edges of a window take, its title bar among them."""
_FILES_SIZE = QSize(820, 480)
_PLACES_PX = 140


def open_on_screen(dialog: QDialog) -> None:
    """Open `dialog`, no larger than its screen: at 200 % a screen of 1440×900 has room for 720×450."""
    if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):  # Qt sees to those that are as large as what is in them
        room = dialog.screen().availableSize() - _FRAME
        dialog.resize(dialog.size().boundedTo(room))
    dialog.open()


async def finished(dialog: QDialog) -> int:
    """Open `dialog`, wait until it is closed, and return its result code. The dialog is deleted later."""
    answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def answer(code: int) -> None:
        if not answered.done():
            answered.set_result(code)

    dialog.finished.connect(answer)
    open_on_screen(dialog)
    try:
        return await answered
    finally:
        dialog.close()
        dialog.deleteLater()


async def choose_files(parent: QWidget, title: str, *, several: bool = False, start: str = "") -> list[str]:
    """Ask for existing files; an empty list means the user thought better of it."""
    dialog = _file_dialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile)
    return dialog.selectedFiles() if await finished(dialog) else []


async def choose_save_path(parent: QWidget, title: str, *, suggested: str = "") -> Path | None:
    """Ask where to save; None means the user thought better of it."""
    dialog = _file_dialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(suggested)
    return Path(dialog.selectedFiles()[0]) if await finished(dialog) else None


async def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder; None means the user thought better of it."""
    dialog = _file_dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    return Path(dialog.selectedFiles()[0]) if await finished(dialog) else None


def _file_dialog(parent: QWidget, title: str, start: str = "") -> QFileDialog:
    """Return the system's dialog, or Qt's own where there is none, made wide enough for sizes and dates."""
    dialog = QFileDialog(parent, title, start)
    if (files := dialog.findChild(QTreeView)) is not None:
        dialog.resize(_FILES_SIZE)
        if (places := dialog.findChild(QSplitter)) is not None:
            places.setSizes([_PLACES_PX, _FILES_SIZE.width() - _PLACES_PX])  # so that no name among them is cut
        files.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        files.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("Look in:"))  # Qt's own Chinese lacks these two
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("Files of type:"))
    return dialog


async def tell(parent: QWidget, title: str, text: str, detail: str = "") -> None:
    """Show something that went wrong, with an OK button."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, text, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # names and messages of others are in it
    box.setIconPixmap(icon("alert", "warn").pixmap(_PICTURE_PX, _PICTURE_PX))
    box.setInformativeText(detail)
    await finished(box)


async def confirm(parent: QWidget, title: str, text: str, *, action: str) -> bool:
    """Ask before doing `action` (the word on the button); the safe answer is the default."""
    box = QMessageBox(QMessageBox.Icon.Question, title, text, QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # names and messages of others are in it
    box.setIconPixmap(icon("alert", "warn").pixmap(_PICTURE_PX, _PICTURE_PX))
    yes = box.addButton(action, QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    await finished(box)
    return box.clickedButton() is yes
