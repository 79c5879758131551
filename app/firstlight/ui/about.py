"""The About dialog: mark, version, licence."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight import __version__
from firstlight.resources import resource_path
from firstlight.texts import tr


def logo() -> QIcon:
    """Return the icon of the program."""
    return QIcon(str(resource_path("logo", "firstlight.svg")))


class AboutDialog(QDialog):
    """Shown once per visit of the Help menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(tr("About First Light"))
        picture = QLabel(self)
        picture.setPixmap(logo().pixmap(QSize(96, 96)))
        name = QLabel("First Light", self)
        name.setProperty("kind", "title")
        version = QLabel(tr("Version {version}", version=__version__), self)
        version.setObjectName("versionLabel")
        what = QLabel(tr("Commissions inference services: does the new service answer, on every way in?"), self)
        licence = QLabel(tr("MIT licence. No account, no telemetry, no call home."), self)
        licence.setProperty("kind", "caption")
        close = QPushButton(tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 32, 40, 24)
        column.setSpacing(8)
        for widget in (picture, name, version, what, licence):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignHCenter)
