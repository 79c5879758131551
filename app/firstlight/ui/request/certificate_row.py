"""The row of the Settings tab that says which client certificate the host gets; it is kept in the app's settings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from firstlight.texts import Phrase, tr
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.tokens import CONTROL_HEIGHT


class CertificateRow(QWidget):
    """A label, a button and a sentence in three columns of a grid."""

    requested = Signal()
    """The user wants to see the client certificates."""

    def __init__(self, form: QWidget, grid: QGridLayout) -> None:
        super().__init__(form)
        self.hide()  # its parts stand in the grid
        self._said, self._file = Phrase(), ""
        self._label, self._state = QLabel(form), QLabel(form)
        self._button = QPushButton(form)
        self._button.setObjectName("clientCertificateButton")
        self._button.clicked.connect(self.requested)
        self._label.setBuddy(self._button)
        self._state.setObjectName("clientCertificateState")
        self._state.setProperty("kind", "caption")
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setWordWrap(True)
        row = grid.rowCount()
        for column, widget in enumerate((self._label, self._button, self._state)):
            grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter)
        grid.setRowMinimumHeight(row, CONTROL_HEIGHT)

    def show_certificate(self, said: Phrase, file: str = "") -> None:
        """Say which one it is; `file` is its whole path."""
        self._said, self._file = said, file
        self.retranslate()

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._label.setText(tr("Client certificate"))
        self._button.setText(tr("Certificates…"))
        self._button.setToolTip(tr("Client certificates belong to hosts and are kept in the settings of the app"))
        self._button.setAccessibleName(tr("Client certificates"))
        self._state.setText(tr(self._said))
        self._state.setToolTip(plain_tip(self._file))
        self._button.setAccessibleDescription(self._state.text())
