"""What the middle shows when no tab is open: the mark of the program and the way to a request."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.current import theme_changed


class EmptyPage(QFrame):
    """Two lines and two buttons."""

    new_requested = Signal()
    new_service_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self._mark = QLabel(self)
        self._text = QLabel(self)
        self._text.setProperty("kind", "caption")
        self._new = QPushButton(self)
        self._new.setObjectName("emptyNewButton")
        self._new.clicked.connect(self.new_requested)
        self._service = QPushButton(self)
        self._service.setObjectName("emptyNewServiceButton")
        self._service.setIcon(icon("service"))
        self._service.clicked.connect(self.new_service_requested)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        for widget in (self._mark, self._text, self._new, self._service):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme_changed.connect(self._paint_mark)
        self._paint_mark()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _paint_mark(self) -> None:
        self._mark.setPixmap(icon("star", "border_strong").pixmap(48, 48))

    def _retranslate(self) -> None:
        self._text.setText(tr("Choose a request in the sidebar, or start with an empty one."))
        self._new.setText(tr("New request"))
        self._service.setText(tr("New service…"))
        self._service.setToolTip(tr("From the URL, token or cURL command that the vendor's console shows"))
