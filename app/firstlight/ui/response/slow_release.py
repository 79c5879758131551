"""Frees long lists piece by piece: the 100,000 messages of a stream freed at once would hold the window for 20 ms."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

_AT_ONCE = 2_000
"""Messages freed in one step: half a millisecond."""
_EVERY_MS = 5


class SlowRelease(QObject):
    """Holds what nobody needs any more, and lets it go in small steps.

    It holds copies of the lists: who still shows one of them is not disturbed, and keeps what it shows.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: deque[list[Any]] = deque()
        self._steps = QTimer(self, interval=_EVERY_MS)
        self._steps.timeout.connect(self._on_step)

    @property
    def held(self) -> int:
        """How many items are still to be let go."""
        return sum(map(len, self._held))

    def take(self, items: Sequence[Any]) -> None:
        """Hold the items of a list that is about to be dropped; a short one needs no help."""
        if len(items) > _AT_ONCE:
            self._held.append(list(items))
            self._steps.start()

    @Slot()
    def _on_step(self) -> None:
        if self._held:
            del self._held[0][-_AT_ONCE:]
            if not self._held[0]:
                self._held.popleft()
        if not self._held:
            self._steps.stop()
