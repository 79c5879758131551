"""The bar over a request that was made from a command: what was not taken over, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from firstlight.texts import Phrase, tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.current import theme_changed
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE

_MOST_LINES = 4
_ICON = QSize(16, 16)


class ImportNotice(QFrame):
    """Shows what it is told; hidden until then."""

    undo_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importNotice")
        self._notes: tuple[Phrase, ...] = ()
        self._icon, self._title, self._detail = QLabel(self), QLabel(self), QLabel(self)
        self._title.setObjectName("importNoticeTitle")
        self._detail.setObjectName("importNoticeDetail")
        self._detail.setWordWrap(True)
        self._detail.setTextFormat(Qt.TextFormat.PlainText)
        self._undo = QPushButton(self)
        self._undo.setObjectName("importUndoButton")
        self._close = QToolButton(self)
        self._close.setObjectName("importCloseButton")
        self._close.setProperty("kind", "flat")
        self._close.setIcon(icon("close"))
        self._close.setIconSize(_ICON)
        self._lay_out()
        self._undo.clicked.connect(self.undo_clicked)
        self._close.clicked.connect(self.hide)
        theme_changed.connect(self._retranslate)
        self._retranslate()
        self.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def show_notes(self, notes: Sequence[Phrase]) -> None:
        """Say that the request came from a command; `notes` is what to check."""
        self._notes = tuple(notes)
        self._retranslate()
        self.show()

    def _retranslate(self) -> None:
        color = "warn" if self._notes else "info"
        set_kind(self, "warnCard" if self._notes else "card")
        self._icon.setPixmap(icon("alert" if self._notes else "info", color).pixmap(_ICON))
        self._title.setText(
            tr("Made from a cURL command. Please check:") if self._notes else tr("Made from a cURL command.")
        )
        lines = [tr(note) for note in self._notes]
        self._detail.setText("\n".join(short_list(lines)))
        self._detail.setToolTip("\n".join(lines) if len(lines) > _MOST_LINES else "")
        self._detail.setVisible(bool(lines))
        beside = Qt.AlignmentFlag.AlignTop if lines else Qt.AlignmentFlag.AlignVCenter  # the one line is in the middle
        self._row.setAlignment(self._icon, beside)
        self._undo.setText(tr("Undo"))
        self._undo.setToolTip(tr("Bring back the request as it was (Ctrl+Z in the URL)"))
        self._close.setToolTip(tr("Close this notice"))
        self._close.setAccessibleName(tr("Close this notice"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def short_list(lines: list[str]) -> list[str]:
    """Return the lines as a list that leaves room for the request."""
    shown = [f"• {line}" for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(tr("… and {count} more", count=len(lines) - _MOST_LINES))
    return shown
