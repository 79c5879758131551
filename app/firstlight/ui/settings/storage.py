"""The last group of the Settings dialog: where settings and data lie, and how they move to another machine."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight.store.places import config_folder, data_folder, is_portable, portable_folder
from firstlight.texts import Phrase, tr
from firstlight.ui.request.elided_label import ElidedLabel
from firstlight.ui.theme.tokens import SPACE


class StoragePanel(QWidget):
    """Says where things are; the wishes go to its opener."""

    portable_requested = Signal()
    export_requested = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = Phrase()
        self._labels = tuple(QLabel(self) for _ in range(2))
        self._paths = tuple(ElidedLabel(self) for _ in range(2))
        self._open = tuple(QPushButton(self) for _ in range(2))
        self._portable, self._said = QLabel(self), QLabel(self)
        self._said.setObjectName("storageSaid")
        self._make_portable, self._export, self._import = (QPushButton(self) for _ in range(3))
        names = ("portableButton", "exportSettingsButton", "importSettingsButton")
        signals = (self.portable_requested, self.export_requested, self.import_requested)
        for button, name, wish in zip((self._make_portable, self._export, self._import), names, signals, strict=True):
            button.setObjectName(name)
            button.clicked.connect(wish)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for row, (label, path, button) in enumerate(zip(self._labels, self._paths, self._open, strict=True)):
            path.setProperty("kind", "mono")
            grid.addWidget(label, row, 0)
            grid.addWidget(path, row, 1)
            grid.addWidget(button, row, 2)
        for button, folder in zip(self._open, (config_folder, data_folder), strict=True):
            button.clicked.connect(
                lambda _checked=False, of=folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(of())))
            )
        buttons = QHBoxLayout()
        for button in (self._make_portable, self._export, self._import):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for label in (self._portable, self._said):
            label.setWordWrap(True)
            label.setProperty("kind", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(grid)
        column.addWidget(self._portable)
        column.addLayout(buttons)
        column.addWidget(self._said)

    def say(self, done: Phrase) -> None:
        """Say what has just been done."""
        self._done = done
        self.retranslate()

    def words(self) -> str:
        """Return everything that a search may look for here."""
        buttons = (self._make_portable, self._export, self._import)
        return " ".join([*(label.text() for label in self._labels), *(button.text() for button in buttons)])

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        titles = (tr("Settings"), tr("Data"))
        for label, title, path, button in zip(self._labels, titles, self._paths, self._open, strict=True):
            label.setText(title)
            button.setText(tr("Show in file manager"))
            button.setAccessibleName(tr("{what}: show in file manager", what=title))
            path.setAccessibleName(title)
        self._paths[0].show_text(str(config_folder()))
        self._paths[1].show_text(str(data_folder()))
        own = portable_folder()
        if is_portable():
            self._portable.setText(
                tr("Portable: all of it lies beside the program. Rename that folder to go back to this computer's own.")
            )
        elif own is None:
            self._portable.setText(
                tr("This installation shares its folder with other programs: it cannot be portable.")
            )
        else:
            self._portable.setText(
                tr("Portable: settings and data are copied to {folder} and go wherever the program goes.", folder=own)
            )
        self._make_portable.setText(tr("Make portable"))
        self._make_portable.setEnabled(own is not None and not own.exists())
        self._export.setText(tr("Export settings…"))
        self._import.setText(tr("Import settings…"))
        self._said.setText(tr(self._done))
        self._said.setVisible(bool(self._done))
