"""Collects Python's garbage on the main thread only.

Python collects cycles in whatever thread happens to allocate. When that is a worker thread and the cycle holds a
widget or a timer, Qt destroys it there: a warning at best, a crash at worst (seen once in ten runs of the tests).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 1000


class Garbage(QObject):
    """Does what the automatic collector does, from a timer. What the start made is never looked at again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._on_tick)

    def take_over(self) -> None:
        """Switch the automatic collector off."""
        gc.disable()
        self._timer.start()

    def freeze(self) -> None:
        """Leave out everything alive now: modules and classes stay to the end, and looking costs 30 ms each time."""
        gc.collect(1)
        gc.freeze()

    @Slot()
    def _on_tick(self) -> None:
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
