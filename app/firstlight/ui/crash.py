"""What happens to an error nobody expected: it is printed and shown with its details, secrets masked."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from firstlight import __version__

if TYPE_CHECKING:
    from firstlight.ui.crash_dialog import CrashDialog


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
        from firstlight.ui.crash_dialog import CrashDialog

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
