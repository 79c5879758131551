"""Where a TextView stands in its text: the top row, the scroll bars, following the end of a growing text.

The vertical bar counts bytes, several in one step beyond a gigabyte: exact at both ends, near enough between, and
independent of how rows are wrapped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent

from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.ui.text.text_view import TextView

_WHEEL_ROWS = 3
_MOST_STEPS = 1 << 30  # a bar counts in 32 bits; the hex view of 512 MB has 2.5 GB
_NOTCH = 120  # eighths of a degree per notch of a wheel


class Scroll(QObject):
    """The place of one view."""

    following_changed = Signal(bool)

    def __init__(self, view: TextView) -> None:
        super().__init__(view)
        self._view = view
        self.top = 0
        """The byte offset at which the top row begins."""
        self.top_px = 0
        """Pixels of the top row that are hidden above."""
        self.following = False
        self._wants_following = False
        self._last_top = 0
        self._step_bytes = 1
        """How many bytes one step of the bar stands for."""
        self._widest = 0.0
        self._moving_bar = False
        view.verticalScrollBar().valueChanged.connect(self._on_bar_moved)
        view.horizontalScrollBar().valueChanged.connect(view.viewport().update)

    def restart(self) -> None:
        """Go to the start: the text is another one."""
        self.top = self.top_px = 0
        self._widest = 0.0
        self._view.horizontalScrollBar().setValue(0)

    def measure(self) -> None:
        """Bring the scroll bars in line with the text and stay at the end if following."""
        rows = self.visible_rows()
        self._last_top = self._view.rows.last_page(rows).start
        page = max(1, self._view.source.size - self._last_top)
        bar = self._view.verticalScrollBar()
        self._moving_bar = True
        self._step_bytes = 1 + self._last_top // _MOST_STEPS
        bar.setRange(0, self._last_top // self._step_bytes)
        bar.setPageStep(max(1, page // self._step_bytes))
        bar.setSingleStep(max(1, page // rows // self._step_bytes))
        self._moving_bar = False
        self._measure_width()
        if self.following:
            self.go_to(self._last_top)

    def _measure_width(self) -> None:
        view = self._view
        bar = view.horizontalScrollBar()
        wide = 0 if view.wrap else round(self._widest + view.margin() + 2 * SPACE)
        bar.setRange(0, max(0, wide - view.viewport().width()))
        bar.setPageStep(view.viewport().width())
        bar.setSingleStep(round(4 * view.rows.metrics.char_width))

    def saw_width(self, widest: float) -> None:
        """Learn the widest row so far; rows nobody has seen have no width yet."""
        if not self._view.wrap and widest > self._widest:
            self._widest = widest
            self._measure_width()

    def visible_rows(self) -> int:
        """Return how many whole rows fit on the screen."""
        return max(1, self._view.viewport().height() // self._view.rows.metrics.row_height)

    def go_to(self, top: int, px: int = 0) -> None:
        """Make the row that begins at `top` the top row; the end is as far as it goes."""
        self.top, self.top_px = (top, px) if top < self._last_top else (self._last_top, 0)
        self._moving_bar = True
        self._view.verticalScrollBar().setValue(self.top // self._step_bytes)
        self._moving_bar = False
        self._view.viewport().update()

    def go_to_row_of(self, offset: int) -> None:
        """Make the row that holds `offset` the top row."""
        self.go_to(self._view.rows.row_at(offset).start)

    def go_to_end(self) -> None:
        """Show the last row."""
        self.go_to(self._last_top)

    def by_rows(self, by: int) -> None:
        """Scroll by whole rows, down when positive."""
        rows = self._view.rows
        self._by_user(rows.moved(rows.row_at(self.top), by).start)

    def by_pixels(self, by: int) -> None:
        """Scroll smoothly, down when positive."""
        rows = self._view.rows
        number, px = divmod(self.top_px + by, rows.metrics.row_height)
        if number < 0 and self._rows_above(-number) < -number:
            self._by_user(0)
        else:
            self._by_user(rows.moved(rows.row_at(self.top), number).start, px)

    def _rows_above(self, most: int) -> int:
        row, count = self._view.rows.row_at(self.top), 0
        while count < most and (above := self._view.rows.above(row)) is not None:
            row, count = above, count + 1
        return count

    def reveal(self, offset: int) -> None:
        """Scroll as little as needed to show the byte at `offset`."""
        rows = self._view.rows
        row = rows.row_at(offset)
        bottom = rows.moved(rows.row_at(self.top), self.visible_rows() - 1)
        if row.start < self.top or (row.start == self.top and self.top_px):
            self._by_user(row.start)
        elif row.start > bottom.start:
            self._by_user(rows.moved(row, 1 - self.visible_rows()).start)
        if not self._view.wrap:
            self._reveal_x(row.layout.x_of(offset, row.number))
        self._view.viewport().update()

    def _reveal_x(self, x: float) -> None:
        bar = self._view.horizontalScrollBar()
        room = self._view.viewport().width() - self._view.margin() - SPACE
        if x < bar.value():
            bar.setValue(int(max(0, x - 4 * SPACE)))
        elif x > bar.value() + room:
            bar.setMaximum(max(bar.maximum(), int(x)))
            bar.setValue(int(x - room + 4 * SPACE))

    def _by_user(self, top: int, px: int = 0) -> None:
        self.go_to(top, px)
        self._follow_if_at_end()

    def _follow_if_at_end(self) -> None:
        self.set_following(self._wants_following and self.top >= self._last_top)

    def want_following(self) -> None:
        """Follow the end; stop when the user scrolls up, go on when they come back to the end."""
        self._wants_following = True
        self.set_following(True)

    def set_following(self, following: bool) -> None:
        """Stay at the end from now on, or stop doing so."""
        if following:
            self.go_to_end()
        if following != self.following:
            self.following = following
            self.following_changed.emit(following)

    @Slot(int)
    def _on_bar_moved(self, value: int) -> None:
        if self._moving_bar:
            return
        at_end = value >= self._view.verticalScrollBar().maximum()
        self.top = self._last_top if at_end else self._view.rows.row_at(value * self._step_bytes).start
        self.top_px = 0
        self._follow_if_at_end()
        self._view.viewport().update()

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll by a wheel or a touchpad; Shift turns it sideways."""
        height = self._view.rows.metrics.row_height
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(angle.x()) > abs(angle.y()):
            step = pixels.x() or pixels.y() or (angle.x() or angle.y()) * 4 * height / _NOTCH
            bar = self._view.horizontalScrollBar()
            bar.setValue(bar.value() - round(step))
        else:
            self.by_pixels(-round(pixels.y() or angle.y() * _WHEEL_ROWS * height / _NOTCH))
        event.accept()
