"""A line above the request that says something about it, until it is waved away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.current import theme_changed
from firstlight.ui.theme.tokens import SPACE

_ICON = QSize(16, 16)


class Notice(QFrame):
    """A text on the colour of a warning, with a cross."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Show `text`, an N_() text."""
        super().__init__(parent)
        self._source = text
        self.setObjectName("notice")
        self.setProperty("kind", "warnBar")
        self._picture = QLabel(self)
        self._text = QLabel(self)
        self._text.setObjectName("noticeText")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton(self)
        self._close.setObjectName("noticeCloseButton")
        self._close.setProperty("kind", "flat")
        self._close.setIcon(icon("close"))
        self._close.setIconSize(_ICON)
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self._picture)
        row.addWidget(self._text, 1)
        row.addWidget(self._close)
        theme_changed.connect(self._paint_picture)
        self._paint_picture()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _paint_picture(self) -> None:
        self._picture.setPixmap(icon("alert", "warn").pixmap(_ICON))

    def _retranslate(self) -> None:
        self._text.setText(tr(self._source))
        self._close.setToolTip(tr("Dismiss"))
        self._close.setAccessibleName(tr("Dismiss"))
