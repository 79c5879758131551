"""The bar over the messages of a stream: a filter, pause, export."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import SPACE


class MessageBar(QFrame):
    """Signals out; the tab decides."""

    filter_changed = Signal(str)
    pause_toggled = Signal(bool)
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._filter = QLineEdit(self)
        self._filter.setObjectName("messageFilter")
        self._filter.setClearButtonEnabled(True)
        self._filter.setMinimumWidth(8 * SPACE)
        self._note = QLabel(self)
        self._note.setObjectName("messageNote")
        self._note.setProperty("kind", "caption")
        self._pause = self._button("messagePause", "pause")
        self._pause.setCheckable(True)
        self._export = self._button("messageExport", "download")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE // 2)
        row.addWidget(self._filter, 1)
        row.addWidget(self._note)
        row.addWidget(self._pause)
        row.addWidget(self._export)
        self._filter.textChanged.connect(self.filter_changed)
        self._pause.toggled.connect(self._on_paused)
        self._export.clicked.connect(self.export_requested)
        self._retranslate()

    def _button(self, name: str, picture: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("kind", "flat")
        button.setIcon(icon(picture))
        return button

    @property
    def paused(self) -> bool:
        """The view stands still."""
        return self._pause.isChecked()

    def go_on(self) -> None:
        """End a pause, and say nothing more: another stream is shown."""
        self._pause.setChecked(False)
        self.show_note("")

    def show_note(self, text: str) -> None:
        """Say how many messages are shown, or wait."""
        if self._note.text() != text:
            self._note.setText(text)
            self._note.setVisible(bool(text))

    def allow_export(self, allowed: bool) -> None:
        """There is something to export."""
        self._export.setEnabled(allowed)

    @Slot(bool)
    def _on_paused(self, paused: bool) -> None:
        self._show_pause()
        self.pause_toggled.emit(paused)

    def _show_pause(self) -> None:
        paused = self.paused
        self._pause.setIcon(icon("play" if paused else "pause"))
        self._pause.setToolTip(
            tr("Go on showing what arrives") if paused else tr("Pause the view; the stream itself goes on")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._filter.setPlaceholderText(tr("Filter messages"))
        self._filter.setAccessibleName(tr("Filter messages"))
        self._filter.setToolTip(tr("Shows the messages whose type or data hold this text"))
        self._pause.setAccessibleName(tr("Pause the view"))
        self._show_pause()
        self._export.setAccessibleName(tr("Export messages"))
        self._export.setToolTip(tr("Export the messages shown, with their times, as JSON lines"))
