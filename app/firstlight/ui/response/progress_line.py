"""A line of two pixels that moves while an exchange runs, or fills while a big body is sent.

It always takes its place, so nothing jumps.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from firstlight.ui.theme.current import tokens

_STEP = 0.018  # of the width per tick
_LENGTH = 0.22


class ProgressLine(QWidget):
    """Driven by the pane's own timer: no second timer, no animation of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(2)
        self._place: float | None = None
        self._share: float | None = None

    def advance(self, share: float | None = None) -> None:
        """Move on a little; or show that `share` of the work is done."""
        self._share = share
        self._place = ((self._place or 0.0) + _STEP) % (1 + _LENGTH)
        self.update()

    def stop(self) -> None:
        """Show nothing."""
        if self._place is not None:
            self._place = None
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().panel))
        if self._place is None:
            return
        if self._share is not None:
            painter.fillRect(QRectF(0, 0, self._share * self.width(), self.height()), QColor(tokens().accent))
        else:
            left = (self._place - _LENGTH) * self.width()
            painter.fillRect(QRectF(left, 0, _LENGTH * self.width(), self.height()), QColor(tokens().accent))
