"""A quiet line under the request bar: the URL is that of a service that can be set up with all its ways in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import SPACE

_ICON = QSize(16, 16)


class ServiceOffer(QFrame):
    """Names what the URL is the address of; a button makes the service, a cross waves the line away."""

    taken = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """`label` is the edition's, marked for translation."""
        super().__init__(parent)
        self._label = label
        self.setObjectName("serviceOffer")
        self.setProperty("kind", "bar")
        self._text = QLabel(self)
        self._text.setObjectName("serviceOfferText")
        self._text.setProperty("kind", "caption")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._make = QPushButton(icon("service"), "", self)
        self._make.setObjectName("serviceOfferButton")
        self._make.setProperty("kind", "flat")
        self._close = QToolButton(self)
        self._close.setObjectName("serviceOfferClose")
        self._close.setProperty("kind", "flat")
        self._close.setIcon(icon("close"))
        self._close.setIconSize(_ICON)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 0, SPACE, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._text, 1)
        row.addWidget(self._make)
        row.addWidget(self._close)
        self._make.clicked.connect(self.taken)
        self._close.clicked.connect(self.hide)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._text.setText(tr("This is the address of a service: {name}.", name=tr(self._label)))
        self._make.setText(tr("Set it up as a service…"))
        self._close.setToolTip(tr("Dismiss"))
        self._close.setAccessibleName(tr("Dismiss"))
