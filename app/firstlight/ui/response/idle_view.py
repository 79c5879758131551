"""What the response pane shows before anything was sent."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.keys.bindings import shown_keys
from firstlight.ui.theme.current import theme_changed
from firstlight.ui.theme.tokens import SPACE

_ICON_PX = 36


class IdleView(QWidget):
    """A calm hint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("idleView")
        self._picture = QLabel(self)
        self._title = QLabel(self)
        self._hint = QLabel(self)
        self._hint.setProperty("kind", "caption")
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addStretch(2)
        for label in (self._picture, self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)
        theme_changed.connect(self._paint_picture)
        self._paint_picture()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _paint_picture(self) -> None:
        self._picture.setPixmap(icon("send", "border_strong").pixmap(_ICON_PX, _ICON_PX))

    def _retranslate(self) -> None:
        self._title.setText(tr("Press Send to see the answer here"))
        self._hint.setText(tr("Enter in the URL, or {keys} anywhere", keys=shown_keys("send")))
