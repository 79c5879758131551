"""What happens to an error nobody expected: it is printed and shown with its details, secrets masked."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from firstlight import __version__
from firstlight.texts import tr


class CrashDialog(QDialog):
    """Says that the mistake is ours, and offers the details to copy."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Something went wrong in First Light"))
        self.resize(720, 420)
        title = QLabel(tr("This is a mistake in First Light, not in your request."), self)
        title.setProperty("kind", "title")
        advice = QLabel(tr("You can go on working; save what matters first. Please report the details below."), self)
        advice.setWordWrap(True)
        self._details = QPlainTextEdit(details, self)
        self._details.setObjectName("crashDetails")
        self._details.setReadOnly(True)
        copy, close = QPushButton(tr("Copy details"), self), QPushButton(tr("Close"), self)
        copy.setObjectName("copyButton")
        close.setObjectName("closeButton")
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for widget in (title, advice, self._details):
            column.addWidget(widget)
        column.addLayout(buttons)

    def add(self, details: str) -> None:
        """Append another error to those shown."""
        self._details.appendPlainText("\n" + details)

    @Slot()
    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._details.toPlainText())


class Crashes(QObject):
    """The one place where unexpected errors arrive: from slots, tasks and the loop."""

    seen = Signal(object)

    def __init__(self, window: QWidget, mask: Callable[[str], str]) -> None:
        super().__init__(window)
        self._window = window
        self.mask = mask
        self._dialog: CrashDialog | None = None

    def watch(self) -> None:
        """Hear every exception that no slot caught."""
        sys.excepthook = self._on_exception

    def report(self, error: BaseException) -> None:
        """Print `error` and show it."""
        text = self.mask("".join(traceback.format_exception(error)))
        details = f"First Light {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n\n{text}"
        sys.stderr.write(text)
        self.seen.emit(error)
        if self._dialog is not None:
            self._dialog.add(details)
            return
        self._dialog = CrashDialog(details, self._window)
        self._dialog.destroyed.connect(self._on_dialog_gone)
        self._dialog.show()

    def _on_exception(self, _kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._window.close()
            return
        self.report(error)

    @Slot()
    def _on_dialog_gone(self) -> None:
        self._dialog = None
