"""The room of the cards: as high as they are, and in a low pane as high as there is room; it scrolls then."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.theme.tokens import SPACE

_SHARE = 0.45


class CardRoom(QScrollArea):
    """Takes the height its cards need, up to a share of `pane`; two lines of it at least."""

    def __init__(self, card: QWidget, pane: QWidget) -> None:
        super().__init__(pane)
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
        two_lines = 3 * self.fontMetrics().height() + 3 * SPACE
        return QSize(0, min(self.sizeHint().height(), max(two_lines, int(_SHARE * self._pane.height()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # narrower lines, more of them

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The card says something else, or the pane has another height.
        if event.type() == (QEvent.Type.Resize if watched is self._pane else QEvent.Type.LayoutRequest):
            self.updateGeometry()
        return super().eventFilter(watched, event)
