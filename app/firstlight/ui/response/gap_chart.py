"""The gaps between tokens as a painted line of columns: the long ones stand out, the mouse tells each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from firstlight.texts import tr
from firstlight.ui.figures import duration
from firstlight.ui.response.gaps import Column, Gaps
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.theme.tokens import SPACE

_HEIGHT_PX = 28
_MOST_COLUMN_PX = 6.0
_FULL_MEDIANS = 6
"""A gap of so many medians has the full height: one pause of a minute must not flatten all others."""


class GapChart(QWidget):
    """Paints Gaps; reads nothing else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gapChart")
        self._gaps = Gaps()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_changed.connect(self.update)

    def show_gaps(self, gaps: Gaps) -> None:
        """Show these, as they are now."""
        self._gaps = gaps
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(20 * SPACE, _HEIGHT_PX)

    def told(self, x: float) -> str:
        """Return what the mouse is told at this place."""
        column = self._column_at(x)
        if column is None:
            return ""
        gap = duration(column.gap_ns / 1e6)
        if self._gaps.per_column == 1:
            return tr("{gap} before token {number}", gap=gap, number=f"{column.token:,}")
        return tr("Longest of {count} gaps: {gap} before token {number}",
                  count=self._gaps.per_column, gap=gap, number=f"{column.token:,}")  # fmt: skip

    def _column_px(self) -> float:
        return min(_MOST_COLUMN_PX, self.width() / max(1, len(self._gaps.columns)))

    def _column_at(self, x: float) -> Column | None:
        place = int(x / self._column_px()) if self._gaps.columns else -1
        return self._gaps.columns[place] if 0 <= place < len(self._gaps.columns) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, gaps = QPainter(self), tokens(), self._gaps
        median_ns, limit_ns, width = gaps.median_ns, gaps.limit_ns, self._column_px()
        usual, long = QColor(theme.accent), QColor(theme.warn)
        full_ns = max(1, min(gaps.longest.gap_ns, _FULL_MEDIANS * max(median_ns, 1)))
        room = max(1.0, width - 1) if width >= 3 else width
        boxes: dict[bool, list[QRectF]] = {False: [], True: []}
        tall = self.height()
        for place, column in enumerate(gaps.columns):
            height = max(1.0, min(1.0, column.gap_ns / full_ns) * tall)
            boxes[column.gap_ns > limit_ns].append(QRectF(place * width, tall - height, room, height))
        painter.setPen(Qt.PenStyle.NoPen)
        for is_long, drawn in boxes.items():  # in two calls: one for each column takes half as long again
            painter.setBrush(long if is_long else usual)
            painter.drawRects(drawn)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told(event.pos().x()), self)
            return True
        return super().event(event)
