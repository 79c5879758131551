"""Status · time · size, at the right of the response tabs."""

from __future__ import annotations

from time import perf_counter_ns

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from firstlight.model.conversation import GOOD_CLOSES
from firstlight.model.events import Cancelled, Failed
from firstlight.model.response import reason_phrase
from firstlight.texts import tr
from firstlight.ui.figures import duration, head_bytes, size
from firstlight.ui.icons import icon
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.status_color import status_token
from firstlight.ui.theme.stylesheet import blend
from firstlight.ui.theme.tokens import SPACE

TINT = 0.86
"""How far the ground of the status is from its colour to the panel's."""


class StatusLabel(QLabel):
    """`200 OK` on a tint of its class's colour; a bad end has its own colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLabel")
        self._color = "text"
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)

    def show_outcome(self, record: ExchangeRecord) -> None:
        """Show the status line, and a failure or a cancel; a green 200 over a broken answer would be a lie."""
        head, line = record.head, ""
        if head is not None:
            line = f"{head.status} {head.reason or reason_phrase(head.status)}".strip()
        match record.end:
            case Failed():
                self._color, ending = "error", tr("failed")
            case Cancelled():
                self._color, ending = "text_muted", tr("cancelled")
            case _ if record.talks:
                line, self._color, ending = *_talk_words(record), ""
            case _ if record.explanation and head is not None and head.status < 400:
                self._color, ending = "error", tr("failed")
            case _:
                self._color, ending = status_token(head.status if head else 0), ""
        self.setText(" · ".join(part for part in (line, ending) if part))
        self.setVisible(bool(self.text()))

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(2 * SPACE, 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(getattr(tokens(), self._color))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(blend(color.name(), tokens().panel, TINT)))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 4, 4)
        painter.setPen(color)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())


def _talk_words(record: ExchangeRecord) -> tuple[str, str]:
    """Return what is said of a WebSocket, and the colour of that."""
    closed = record.timeline.closed
    if closed is None:
        return tr("Connected"), "ok"
    return tr("Closed · {code}", code=closed.code), "text_muted" if closed.code in GOOD_CLOSES else "warn"


class OutcomeStrip(QWidget):
    """The figures of the exchange, counting while it runs."""

    signing_requested = Signal()
    """The user wants to see how the request was signed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: ExchangeRecord | None = None
        self._tls = QLabel(self)
        self._tls.setObjectName("tlsLabel")
        self._tls.setProperty("kind", "error")
        self._signed = QToolButton(self)
        self._signed.setObjectName("signedButton")
        self._signed.setProperty("kind", "flat")
        self._signed.setIcon(icon("key"))
        self._signed.clicked.connect(self.signing_requested)
        self._signed.hide()
        self._status = StatusLabel(self)
        self._time = QLabel(self)
        self._time.setObjectName("timeLabel")
        self._size = QLabel(self)
        self._size.setObjectName("sizeLabel")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, 0, 2 * SPACE, 4)  # the tabs' own line of text, not their whole height
        row.setSpacing(SPACE + 4)
        row.addWidget(self._signed, 0, Qt.AlignmentFlag.AlignVCenter)
        for label in (self._tls, self._status, self._time, self._size):
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._status.setAccessibleName(tr("Status"))
        self._time.setAccessibleName(tr("Time"))
        self._size.setAccessibleName(tr("Size"))
        self._signed.setToolTip(tr("How was this signed?"))
        self._signed.setAccessibleName(tr("How was this signed?"))
        self._tls.setText(tr("TLS certificate not verified"))
        self._tls.setToolTip(tr("Verification is off for this request: anyone could have answered. See its Settings."))
        if self._record is not None:
            self.show_record(self._record)

    def show_record(self, record: ExchangeRecord) -> None:
        """Show the figures as they are now."""
        self._record = record
        head = record.head
        self._status.show_outcome(record)
        self._tls.setVisible(record.unverified)
        self._signed.setVisible(record.started is not None and record.started.signing is not None)
        self._time.setText(_time(record))
        self._size.setText(size(record.body_bytes + record.timeline.sizes["in"]) if head else "")
        self._time.setVisible(bool(self._time.text()))
        self._size.setVisible(head is not None)
        if record.end is not None:
            self._explain(record)

    def _explain(self, record: ExchangeRecord) -> None:
        head, started = record.head, record.started
        if head is not None:
            self._status.setToolTip(tr("Status {status} over {version}", status=head.status, version=head.http_version))
            lines = [
                tr("Response headers: {size}", size=size(head_bytes(head.headers))),
                tr("Response body: {size}", size=f"{record.body_bytes:,} B"),
            ]
            if started is not None:
                lines.append(tr("Request headers: {size}", size=size(head_bytes(started.headers))))
                lines.append(tr("Request body: {size}", size=f"{started.body_bytes:,} B"))
            self._size.setToolTip("\n".join(lines))
        timings = record.end.timings if record.end else None
        first = duration(timings.first_byte_ms) if timings and timings.first_byte_ms is not None else ""
        self._time.setToolTip(tr("First byte after {time}", time=first) if first else "")


def _time(record: ExchangeRecord) -> str:
    if record.end is not None:
        total = record.end.timings.total_ms
        return "" if total is None else duration(total)
    if record.started is None:
        return ""
    elapsed_ms = (perf_counter_ns() - record.started.at_ns) / 1e6
    return f"{elapsed_ms / 1000:.1f} s"  # calm while it counts: the last digit changes ten times a second
