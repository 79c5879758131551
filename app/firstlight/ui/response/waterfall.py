"""The waterfall of the Timing tab: one bar per phase, to scale."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from firstlight.model.response import Timings
from firstlight.texts import tr
from firstlight.ui.figures import duration
from firstlight.ui.response.phases import Phase, waterfall
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.theme.stylesheet import blend
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

_BAR_PX = 10
_WIDEST_PX = 900


class Waterfall(QWidget):
    """Painted: labels, bars, milliseconds, and the total underneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waterfall")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST_PX)
        self._timings = Timings()
        self._talks = False
        theme_changed.connect(self.update)

    def show_timings(self, timings: Timings, *, talks: bool = False) -> None:
        """Draw other phases; `talks`: those of a WebSocket."""
        self._timings, self._talks = timings, talks
        self.setAccessibleDescription(", ".join(f"{name} {spent}" for name, spent in self.lines()))
        self.updateGeometry()
        self.update()

    def lines(self) -> list[tuple[str, str]]:
        """Return (label, duration) as drawn, the total last."""
        bars = [(tr(bar.label), duration(bar.length_ms)) for bar in waterfall(self._timings, talks=self._talks)]
        return [*bars, (tr("Total"), duration(self._timings.total_ms))]

    def sizeHint(self) -> QSize:
        return QSize(480, (len(waterfall(self._timings, talks=self._talks)) + 1) * ROW_HEIGHT + SPACE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bars, lines = waterfall(self._timings, talks=self._talks), self.lines()
        metrics = QFontMetrics(self.font())
        left = max(metrics.horizontalAdvance(name) for name, _ in lines) + 3 * SPACE
        right = metrics.horizontalAdvance("0000.00 ms") + SPACE
        for number, (bar, (name, spent)) in enumerate(zip(bars, lines[:-1], strict=True)):
            y = number * ROW_HEIGHT
            self._line(painter, y, name, spent, faded=bar.length_ms is None)
            room = QRectF(left, y + (ROW_HEIGHT - _BAR_PX) / 2, max(40, self.width() - left - right), _BAR_PX)
            self._bar(painter, room, bar)
        y = len(bars) * ROW_HEIGHT + SPACE // 2
        painter.setPen(QColor(tokens().border))
        painter.drawLine(0, y, self.width(), y)
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        self._line(painter, y + SPACE // 2, *lines[-1], faded=False)

    def _line(self, painter: QPainter, y: int, name: str, spent: str, *, faded: bool) -> None:
        painter.setPen(QColor(tokens().text_muted if faded else tokens().text))
        box = QRectF(0, y, self.width(), ROW_HEIGHT)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, spent)

    def _bar(self, painter: QPainter, room: QRectF, bar: Phase) -> None:
        theme, total_ms = tokens(), self._timings.total_ms or 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(blend(theme.panel, theme.border, 0.5)))
        painter.drawRoundedRect(room, 3, 3)
        if bar.length_ms is None or not total_ms:
            return
        scale = room.width() / total_ms
        width = max(2.0, bar.length_ms * scale)
        x = min(room.left() + bar.start_ms * scale, room.right() - width)
        painter.setBrush(QColor(getattr(theme, bar.color)))
        painter.drawRoundedRect(QRectF(x, room.top(), width, room.height()), 3, 3)
