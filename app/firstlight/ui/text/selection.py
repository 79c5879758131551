"""What is selected in a TextView, and how mouse and keyboard change it. All places are byte offsets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter

from firstlight.ui.text.piece_layout import PieceLayout
from firstlight.ui.text.text_buffer import text_of
from firstlight.ui.theme.current import tokens

if TYPE_CHECKING:
    from firstlight.ui.text.text_view import TextView

_WORD = re.compile(r"\w+")
_SCROLL_MS = 40
"""While the mouse is held outside the view: one step per this."""

_KEYS: tuple[tuple[QKeySequence.StandardKey, QKeySequence.StandardKey, str, int], ...] = (
    (QKeySequence.StandardKey.MoveToNextChar, QKeySequence.StandardKey.SelectNextChar, "char", 1),
    (QKeySequence.StandardKey.MoveToPreviousChar, QKeySequence.StandardKey.SelectPreviousChar, "char", -1),
    (QKeySequence.StandardKey.MoveToNextWord, QKeySequence.StandardKey.SelectNextWord, "word", 1),
    (QKeySequence.StandardKey.MoveToPreviousWord, QKeySequence.StandardKey.SelectPreviousWord, "word", -1),
    (QKeySequence.StandardKey.MoveToNextLine, QKeySequence.StandardKey.SelectNextLine, "row", 1),
    (QKeySequence.StandardKey.MoveToPreviousLine, QKeySequence.StandardKey.SelectPreviousLine, "row", -1),
    (QKeySequence.StandardKey.MoveToNextPage, QKeySequence.StandardKey.SelectNextPage, "page", 1),
    (QKeySequence.StandardKey.MoveToPreviousPage, QKeySequence.StandardKey.SelectPreviousPage, "page", -1),
    (QKeySequence.StandardKey.MoveToEndOfLine, QKeySequence.StandardKey.SelectEndOfLine, "edge", 1),
    (QKeySequence.StandardKey.MoveToStartOfLine, QKeySequence.StandardKey.SelectStartOfLine, "edge", -1),
    (QKeySequence.StandardKey.MoveToEndOfDocument, QKeySequence.StandardKey.SelectEndOfDocument, "all", 1),
    (QKeySequence.StandardKey.MoveToStartOfDocument, QKeySequence.StandardKey.SelectStartOfDocument, "all", -1),
)
"""(key that moves, key that selects, how far, direction)."""


class Selection(QObject):
    """The stretch between `anchor` and `cursor`."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view)
        self._view = view
        self.anchor = self.cursor = 0
        self._goal_x: float | None = None
        self._unit = ""
        self._origin = (0, 0)
        self._pressed_ms = 0
        self._held_at = QPoint()
        self._scrolling = QTimer(self, interval=_SCROLL_MS)
        self._scrolling.timeout.connect(self._on_held_outside)

    # --- asking ---

    def span(self) -> tuple[int, int]:
        """Return the start and end of what is selected."""
        return min(self.anchor, self.cursor), max(self.anchor, self.cursor)

    def exists(self) -> bool:
        """Return whether anything is selected."""
        return self.anchor != self.cursor

    def text(self) -> str:
        """Return what is selected."""
        start, end = self.span()
        return self._view.source.cut(start, end).decode("utf-8", "replace")

    # --- changing ---

    def clear(self) -> None:
        """Select nothing and go to the start."""
        self.anchor = self.cursor = 0
        self._goal_x = None

    @Slot()
    def select_all(self) -> None:
        """Select the whole text."""
        self.select(0, self._view.source.size)

    def select(self, anchor: int, cursor: int) -> None:
        """Select from `anchor` to `cursor`."""
        self.anchor, self.cursor = anchor, cursor
        self._publish()

    def _publish(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if self.exists() and clipboard.supportsSelection() and self.span()[1] - self.span()[0] < 1_000_000:
            clipboard.setText(self.text(), clipboard.Mode.Selection)
        self._view.viewport().update()

    # --- mouse ---

    def press(self, event: QMouseEvent) -> None:
        """Begin a selection, or extend it with Shift; the third press of a triple click takes the line."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._goal_x = None
        place = self._view.offset_at(event.position().toPoint())
        near = (event.position().toPoint() - self._held_at).manhattanLength() < 8
        if self._unit == "word" and near and event.timestamp() - self._pressed_ms < _double_click_ms():
            self._begin("line", self._view.source.line(place))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._unit, self._origin = "char", (self.anchor, self.anchor)
            self._extend(place)
        else:
            self._begin("char", (place, place))
        self._held_at = event.position().toPoint()

    def double_click(self, event: QMouseEvent) -> None:
        """Select the word under the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_ms, self._held_at = event.timestamp(), event.position().toPoint()
            self._begin("word", self._word(self._view.offset_at(self._held_at)))

    def drag(self, event: QMouseEvent) -> None:
        """Extend the selection to the mouse; scroll while it is outside."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        self._held_at = event.position().toPoint()
        self._extend(self._view.offset_at(self._held_at))
        if self._view.viewport().rect().contains(self._held_at):
            self._scrolling.stop()
        elif not self._scrolling.isActive():
            self._scrolling.start()

    def release(self) -> None:
        """End the drag."""
        self._scrolling.stop()
        self._publish()

    @Slot()
    def _on_held_outside(self) -> None:
        y, height = self._held_at.y(), self._view.viewport().height()
        row = self._view.rows.metrics.row_height
        beyond = y if y < 0 else max(0, y - height)
        if beyond:
            self._view.scroll_state.by_rows(int(beyond / row) + (1 if beyond > 0 else -1))
        self._extend(self._view.offset_at(self._held_at))
        self._view.scroll_state.reveal(self.cursor)

    def _begin(self, unit: str, span: tuple[int, int]) -> None:
        self._unit, self._origin = unit, span
        self.anchor, self.cursor = span
        self._view.viewport().update()

    def _extend(self, place: int) -> None:
        start, end = self._origin
        taken = place, place
        if self._unit == "word":
            taken = self._word(place)
        elif self._unit == "line":
            taken = self._view.source.line(place)
        if taken[0] < start:
            self.anchor, self.cursor = end, taken[0]
        else:
            self.anchor, self.cursor = start, max(end, taken[1])
        self._view.viewport().update()

    def _word(self, place: int) -> tuple[int, int]:
        piece = self._view.source.piece_at(place)
        layout = self._view.rows.layout(piece)
        text = text_of(self._view.source, piece.start, piece.end)
        at = len(text_of(self._view.source, piece.start, place))
        found = next((m.span() for m in _WORD.finditer(text) if m.start() <= at <= m.end()), None)
        if found is None:
            return place, layout.step(place, 1)
        before = len(text[: found[0]].encode("utf-8", "surrogateescape"))
        inside = len(text[found[0] : found[1]].encode("utf-8", "surrogateescape"))
        return piece.start + before, piece.start + before + inside

    # --- keyboard ---

    def key(self, event: QKeyEvent) -> bool:
        """Act on a key; False when it is none of ours."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._view.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            self._view.scroll_state.by_rows(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            return self._move_by_key(event)
        return True

    def _move_by_key(self, event: QKeyEvent) -> bool:
        for moves, selects, how, by in _KEYS:
            if event.matches(moves) or event.matches(selects):
                self._move(how, by, keep=event.matches(selects))
                return True
        return False

    def _move(self, how: str, by: int, *, keep: bool) -> None:
        if how not in ("row", "page"):
            self._goal_x = None
        place = {"char": self._by_char, "word": self._by_word, "row": self._by_row, "page": self._by_page,
                 "edge": self._to_edge, "all": self._to_end}[how](by)  # fmt: skip
        self.cursor = place
        if not keep:
            self.anchor = place
        self._view.scroll_state.reveal(place)
        self._publish()
        row = self._view.rows.row_at(place)  # what a screen reader says: PySide6 offers no text interface to it
        self._view.setAccessibleDescription(self._view.source.cut(row.start, row.end).decode("utf-8", "replace"))

    def _by_char(self, by: int) -> int:
        buffer = self._view.source
        piece = buffer.piece_at(self.cursor)
        if by > 0 and self.cursor == piece.end:
            return min(self.cursor + 1, buffer.size)
        if by < 0 and self.cursor == piece.start:
            before = buffer.before(piece)
            if before is None:
                return 0
            return before.end if before.last else self._view.rows.layout(before).step(before.end, -1)
        return self._view.rows.layout(piece).step(self.cursor, by)

    def _by_word(self, by: int) -> int:
        piece = self._view.source.piece_at(self.cursor)
        if self.cursor == (piece.end if by > 0 else piece.start):
            return self._by_char(by)
        text = text_of(self._view.source, piece.start, piece.end)
        at = len(text_of(self._view.source, piece.start, self.cursor))
        starts = [m.start() for m in _WORD.finditer(text)]
        if by > 0:
            to = next((start for start in starts if start > at), len(text))
        else:
            to = next((start for start in reversed(starts) if start < at), 0)
        return piece.start + len(text[:to].encode("utf-8", "surrogateescape"))

    def _by_row(self, by: int) -> int:
        row = self._view.rows.row_at(self.cursor)
        if self._goal_x is None:
            self._goal_x = row.layout.x_of(self.cursor, row.number)
        target = self._view.rows.moved(row, by)
        if target == row:
            return self._view.source.size if by > 0 else 0
        return target.layout.offset_at(target.number, self._goal_x)

    def _by_page(self, by: int) -> int:
        rows = max(1, self._view.scroll_state.visible_rows() - 1)
        self._view.scroll_state.by_rows(by * rows)
        return self._by_row(by * rows)

    def _to_edge(self, by: int) -> int:
        row = self._view.rows.row_at(self.cursor)
        return row.end if by > 0 else row.start

    def _to_end(self, by: int) -> int:
        return self._view.source.size if by > 0 else 0

    # --- painting ---

    def paint(self, painter: QPainter, layout: PieceLayout, left: float, y: float) -> None:
        """Paint what lies behind the selected text of a piece, as wide as it is and as high as the rows."""
        start, end = self.span()
        piece, height = layout.piece, self._view.rows.metrics.row_height
        if start > piece.end or end <= piece.start or start == end:
            return
        color, last = QColor(tokens().selection), len(layout.rows) - 1
        first_row = layout.row_of(max(start, piece.start))
        last_row = last if end > piece.end else layout.row_of(end)
        for row in range(first_row, last_row + 1):
            x1 = layout.x_of(start, row) if row == first_row and start > piece.start else 0.0
            x2 = layout.x_of(min(end, piece.end), row) if row == last_row else layout.row_width(row)
            if row == last and piece.last and end > piece.end:
                x2 += self._view.rows.metrics.char_width * 0.6  # the line break is selected, too
            painter.fillRect(QRectF(left + x1, y + row * height, x2 - x1, height), color)

    def paint_cursor(self, painter: QPainter, layout: PieceLayout, left: float, y: float) -> None:
        """Paint the place where the keyboard is."""
        piece, height = layout.piece, self._view.rows.metrics.row_height
        inside = piece.start <= self.cursor < piece.end or (self.cursor == piece.end and piece.last)
        if inside and self._view.hasFocus():
            row = layout.row_of(self.cursor)
            x = left + layout.x_of(self.cursor, row)
            painter.fillRect(QRectF(x, y + row * height + 2, 1, height - 4), QColor(tokens().text))


def _double_click_ms() -> int:
    return QGuiApplication.styleHints().mouseDoubleClickInterval()
