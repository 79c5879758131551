"""One line under the request bar: what this request is for."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.tokens import SPACE

_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])")
"""`*so*`, but not the stars of `2 * 3 * 4`."""


class DescriptionLine(QLabel):
    """Shows the first line of a description, shortened to fit; all of it as a tool tip. Hidden when there is none."""

    clicked = Signal()
    """The user wants to read or edit it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descriptionLabel")
        self.setProperty("kind", "caption")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_description(self, text: str) -> None:
        """Show another description; Markdown's marks for emphasis and code are left out."""
        plain = _EMPHASIS.sub(r"\1", text.replace("**", "").replace("`", "")).strip()
        self.setText(plain)
        self.setToolTip(plain_tip(plain))
        self.setVisible(bool(plain))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(0, self.fontMetrics().height() + margins.top() + margins.bottom())

    def paintEvent(self, _event: QPaintEvent) -> None:
        first, _, more = self.text().partition("\n")
        line = first + (" …" if more else "")
        shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.contentsRect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
