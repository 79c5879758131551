"""The quiet lines under the request bar: what will probably go wrong, and what to do instead. Nothing is blocked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QToolButton, QWidget

from firstlight.model.caution import Caution
from firstlight.texts import tr, trn
from firstlight.ui.icons import icon
from firstlight.ui.theme.current import theme_changed
from firstlight.ui.theme.tokens import SPACE

_ICON = QSize(16, 16)


class GuardStrip(QFrame):
    """Hidden while there is nothing to say. The first line is shown, the others when they are asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guardStrip")
        self.setProperty("kind", "bar")
        self._cautions: tuple[Caution, ...] = ()
        self._waved: set[str] = set()
        """Kinds that the user does not want to read any more in this tab."""
        self._unfolded = False
        self._picture, self._text = QLabel(self), QLabel(self)
        self._text.setObjectName("guardText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = QPushButton(self)
        self._more.setObjectName("guardMoreButton")
        self._more.setProperty("kind", "flat")
        self._more.clicked.connect(self._on_more)
        self._close = QToolButton(self)
        self._close.setObjectName("guardCloseButton")
        self._close.setProperty("kind", "flat")
        self._close.setIcon(icon("close"))
        self._close.setIconSize(_ICON)
        self._close.clicked.connect(self._on_close)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        grid.setHorizontalSpacing(SPACE)
        for column, widget in enumerate((self._picture, self._text, self._more, self._close)):
            grid.addWidget(widget, 0, column)
        grid.setColumnStretch(1, 1)
        theme_changed.connect(self._paint_picture)
        self._paint_picture()
        self.hide()

    def show_cautions(self, cautions: Sequence[Caution]) -> None:
        """Say something else; nothing for none."""
        now = tuple(cautions)
        if now == self._cautions:
            return
        self._cautions = now
        self._unfolded = False
        self._retranslate()

    def forget_waved(self) -> None:
        """Another request is shown: what was waved away counts no more."""
        self._waved.clear()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _told(self) -> list[Caution]:
        return [caution for caution in self._cautions if caution.kind not in self._waved]

    @Slot()
    def _on_more(self) -> None:
        self._unfolded = not self._unfolded
        self._retranslate()

    @Slot()
    def _on_close(self) -> None:
        told = self._told()
        self._waved |= {caution.kind for caution in (told if self._unfolded else told[:1])}
        self._unfolded = False
        self._retranslate()

    def _retranslate(self) -> None:
        told = self._told()
        self.setVisible(bool(told))
        if not told:
            return
        lines = [tr("{message} {hint}", message=tr(caution.message), hint=tr(caution.remedy)) for caution in told]
        self._text.setText("\n".join(lines if self._unfolded else lines[:1]))
        self._more.setVisible(len(told) > 1)
        self._more.setText(tr("Less") if self._unfolded else trn("{count} more", "{count} more", len(told) - 1))
        self._close.setToolTip(tr("Do not say this again in this tab"))
        self._close.setAccessibleName(tr("Dismiss"))
        self.setAccessibleName(tr("Before you send"))
        self.setAccessibleDescription(" ".join(lines))

    def _paint_picture(self) -> None:
        self._picture.setPixmap(icon("alert", "warn").pixmap(_ICON))
