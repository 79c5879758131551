"""The card over a refused signature: whether the clock is why, what happens at the next tries, how it was signed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from firstlight.runner.signature_checks import clock_words, is_refused
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.theme.current import theme_changed
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE

_ICON_PX = 20


class SignatureCard(QFrame):
    """Amber: the next step is on this side."""

    explanation_requested = Signal()
    """The user wants to see how it was signed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signatureCard")
        set_kind(self, "warnCard")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._record: ExchangeRecord | None = None
        self._picture = QLabel(self)
        self._clock, self._lock = self._label("signatureClock", ""), self._label("signatureLock", "caption")
        self._show_how = QPushButton(icon("key"), "", self)
        self._show_how.setObjectName("howSignedButton")
        self._show_how.clicked.connect(self.explanation_requested)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        grid.setHorizontalSpacing(SPACE + 2)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._picture, 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._clock, 0, 1)
        grid.addWidget(self._lock, 1, 1)
        grid.addWidget(self._show_how, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(1, 1)
        theme_changed.connect(self._paint_picture)

    def _label(self, name: str, kind: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("kind", kind)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def show_record(self, record: ExchangeRecord) -> None:
        """Tell of a record whose signature was refused."""
        self._record = record
        self._retranslate()
        self._paint_picture()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        record = self._record
        if record is None or record.head is None or record.started is None or record.started.signing is None:
            return
        signing = record.started.signing
        words = clock_words(signing, record.head.clock_ahead_s)
        self._clock.setText(tr(words) if words else tr("The service did not accept this signed request."))
        huawei = signing.algorithm.startswith(("SDK", "V11"))
        self._lock.setText(
            tr("It is not sent again by itself: more than 5 refusals in a row lock the key for 5 minutes.")
            if huawei
            else tr("It is not sent again by itself.")
        )
        self._show_how.setText(tr("How was this signed?"))
        self.setAccessibleName(self._clock.text())
        self.setAccessibleDescription(self._lock.text())

    def _paint_picture(self) -> None:
        self._picture.setPixmap(icon("key", "warn").pixmap(_ICON_PX, _ICON_PX))


def tells_of(record: ExchangeRecord) -> bool:
    """Tell whether the card has something to say."""
    signing = record.started.signing if record.started else None
    return record.end is not None and record.head is not None and is_refused(signing, record.head.status)
