"""The room of the cards: as high as they are, and in a low pane as high as there is room; it scrolls then.

The card of a failure comes first: what was seen and what to do next can be read, and the tabs take what is left.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.response.outcome_card import OutcomeCard
from firstlight.ui.theme.tokens import SPACE

_SHARE = 0.45
_LOW_PX, _LOWEST_PX = 220, 170
"""Below these heights of the pane the card of a failure becomes dense, and leaves the tabs their names alone."""
_TABS_PX, NAMES_PX = 84, 40
"""What a failure leaves: the tabs with a line or two; their names, with status and time."""


class CardRoom(QScrollArea):
    """Takes the height its cards need, up to a share of `pane`; two lines at least, a failure whole."""

    def __init__(self, card: OutcomeCard, pane: QWidget) -> None:
        super().__init__(pane)
        self._card = card
        self._pane = pane
        know_viewport(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._page = QWidget(self)
        self._column = column = QVBoxLayout(self._page)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(card)
        self.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._page.installEventFilter(self)
        pane.installEventFilter(self)

    def add(self, card: QWidget) -> None:
        """Put another card below."""
        self._column.addWidget(card)

    def sizeHint(self) -> QSize:
        width = self.viewport().width()
        return QSize(width, self._column.totalHeightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        two_lines, room = 3 * self.fontMetrics().height() + 3 * SPACE, self._pane.height()
        left = NAMES_PX if room < _LOWEST_PX else _TABS_PX
        wanted = max(two_lines, int(_SHARE * room), min(self._first_px(), room - left))
        return QSize(0, min(self.sizeHint().height(), wanted))

    def _first_px(self) -> int:
        """Return the height of the failure's card with the edges around it."""
        if self._card.isHidden():
            return 0
        edges = self._column.contentsMargins()
        width = self.viewport().width() - edges.left() - edges.right()
        return self._card.heightForWidth(width) + edges.top() + edges.bottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # narrower lines, more of them

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The card says something else, or the pane has another height.
        if event.type() == (QEvent.Type.Resize if watched is self._pane else QEvent.Type.LayoutRequest):
            self._card.be_dense(self._pane.height() < _LOW_PX)
            self.updateGeometry()
        return super().eventFilter(watched, event)
