"""The mark beside a tab's name: how many rows it holds, or a dot that says it holds something."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.tokens import SPACE

ALARM = "!"
"""A text that stands in red: what this tab holds takes a protection away."""

_HEIGHT = 16
_DOT = 6
_AFTER = 7  # a tab leaves no room behind its button


class TabBadge(QWidget):
    """Painted, so that it costs no style rule; hidden from focus and mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_text(self, text: str) -> None:
        """Show a number; an empty text is a dot."""
        if text != self._text:
            self._text = text
            self.resize(self.sizeHint())
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._mark_width() + _AFTER, _HEIGHT)

    def _mark_width(self) -> int:
        return max(_HEIGHT, self.fontMetrics().horizontalAdvance(self._text) + SPACE) if self._text else _DOT

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if not self._text:
            painter.setBrush(QColor(theme.ok))
            painter.drawEllipse(QRectF(0, (self.height() - _DOT) / 2, _DOT, _DOT))
        else:
            pill = QRectF(0, 0, self._mark_width(), _HEIGHT)
            painter.setBrush(QColor(theme.error if self._text == ALARM else theme.hover))
            painter.drawRoundedRect(pill, _HEIGHT / 2, _HEIGHT / 2)
            painter.setPen(QColor(theme.panel if self._text == ALARM else theme.text_muted))
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() - 1)
            painter.setFont(font)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()
