"""A splitter whose middle gives way: what stands at its sides gets back the size it was given, once there is room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSplitter, QWidget

_RESIZED = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)


class SideSplitter(QSplitter):
    """The part at position `middle` takes what the others leave; a drag of a handle gives a side its size."""

    def __init__(self, orientation: Qt.Orientation, middle: int, sizes_px: dict[int, int], parent: QWidget) -> None:
        """`sizes_px`: the position of each side and its size."""
        super().__init__(orientation, parent)
        self._middle = middle
        self._given = sizes_px
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._on_moved)

    def given_px(self, part: int) -> int:
        """Return how large a side was made last, whatever a small window leaves it now."""
        return self._given[part]

    def give(self, part: int, size_px: int) -> None:
        """Make a side so large, as far as there is room."""
        self._given[part] = size_px
        self._share_out()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in _RESIZED:
            self._share_out()
        return done

    def _share_out(self) -> None:
        wanted, middle = self.sizes(), self.widget(self._middle)
        if middle is None or not wanted[self._middle]:
            return
        room = wanted[self._middle] - self._smallest_px(middle)
        for part, given_px in self._given.items():
            if part < len(wanted) and wanted[part]:
                more = min(given_px - wanted[part], max(room, 0))
                wanted[part] += more
                wanted[self._middle] -= more
                room -= more
        if wanted != self.sizes():
            self.setSizes(wanted)

    def _smallest_px(self, middle: QWidget) -> int:
        smallest = middle.minimumSizeHint().expandedTo(middle.minimumSize())
        return smallest.width() if self.orientation() == Qt.Orientation.Horizontal else smallest.height()

    def _on_moved(self, _pixel: int, handle: int) -> None:
        sizes = self.sizes()
        for part in (handle - 1, handle):
            if part in self._given and sizes[part]:
                self._given[part] = sizes[part]
