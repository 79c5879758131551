"""The strip with the gaps between tokens: a caption, the chart, what it amounts to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from firstlight.texts import tr, trn
from firstlight.ui.figures import duration
from firstlight.ui.response.gap_chart import GapChart
from firstlight.ui.response.gaps import Gaps
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.theme.tokens import SPACE

_LEAST = 3
"""Fewer gaps are no picture."""
_NARROW_PX = 480
"""Below this width the caption leaves its room to the chart."""


class GapStrip(QFrame):
    """Grows with the record; hidden while there is nothing to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gapStrip")
        self.setProperty("kind", "bar")
        self._gaps, self._record = Gaps(), ExchangeRecord()
        self._rest = QTimer(self, singleShot=True, interval=0)
        """Takes in the rest of a burst, step by step."""
        self._rest.timeout.connect(self._go_on)
        self._caption, self._chart, self._sum = QLabel(self), GapChart(self), QLabel(self)
        self._sum.setObjectName("gapSum")
        for label in (self._caption, self._sum):
            label.setProperty("kind", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self._caption)
        row.addWidget(self._chart, 1)
        row.addWidget(self._sum)
        self._retranslate()
        self.hide()

    @property
    def worth_showing(self) -> bool:
        """There are gaps enough for a picture."""
        return len(self._gaps.columns) >= _LEAST

    def restart(self) -> None:
        """Forget the gaps: another stream begins."""
        self._gaps = Gaps()
        self._rest.stop()

    def grow(self, record: ExchangeRecord) -> None:
        """Take in what has come since; `tell` shows it, less often."""
        self._record = record
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._gaps.grow(self._record.token_ns):
            self._rest.start()
        elif not self._record.running:
            self.tell()

    def tell(self) -> None:
        """Show the gaps as far as they were taken in."""
        self._chart.show_gaps(self._gaps)
        if not self.worth_showing:
            return
        median, longest = duration(self._gaps.median_ns / 1e6), duration(self._gaps.longest.gap_ns / 1e6)
        count = self._gaps.long_count()
        long = trn("{count} long", "{count} long", count)
        self._sum.setText(tr("median {median} · longest {longest} · {long}", median=median, longest=longest, long=long))
        self._chart.setAccessibleDescription(self._sum.text())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())  # the pane may become narrower than the words

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._caption.setVisible(event.size().width() >= _NARROW_PX)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._caption.setText(tr("Gaps between tokens"))
        self._chart.setAccessibleName(tr("Gaps between tokens"))
        self._sum.setToolTip(tr("Long: more than three times the median"))
        self.tell()
