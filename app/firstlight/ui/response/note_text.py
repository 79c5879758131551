"""The text of the line over the answer: on up to three lines, and cut with dots where that is not enough."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from firstlight.ui.request.elided_label import ElidedLabel
from firstlight.ui.theme.kind import set_kind

_LINES = 3


class NoteText(ElidedLabel):
    """Whole in its tooltip; its menu copies all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "")
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        needed = metrics.boundingRect(QRect(0, 0, room, 0), Qt.TextFlag.TextWordWrap, self.whole)
        fits = needed.width() <= room and needed.height() < (_LINES + 0.5) * metrics.lineSpacing()
        self.setText(self.whole if fits else metrics.elidedText(self.whole, Qt.TextElideMode.ElideRight, room))
