"""TextView for assistive technology: a read-only text with cursor, selection and places on the screen."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleTextInterface
from PySide6.QtWidgets import QAccessibleWidget

from firstlight.ui.text.text_buffer import text_of
from firstlight.ui.text.text_view import TextView

_WHOLE_BYTES = 256 * 1024
_PART_BYTES = 64 * 1024


class AccessibleText(QAccessibleWidget, QAccessibleTextInterface):
    """Tells the whole text, or of a very long one the part that begins with the first row on screen.

    Offsets are characters of what is told.
    """

    def __init__(self, view: TextView) -> None:
        QAccessibleWidget.__init__(self, view, QAccessible.Role.Document)
        QAccessibleTextInterface.__init__(self)

    @property
    def _view(self) -> TextView:
        return cast(TextView, self.widget())

    def _span(self) -> tuple[int, int]:
        """Return the bytes that are told."""
        size = self._view.source.size
        if size <= _WHOLE_BYTES:
            return 0, size
        top = self._view.scroll_state.top
        return top, min(top + _PART_BYTES, size)

    def _told(self) -> str:
        return text_of(self._view.source, *self._span())

    def _characters(self, place: int) -> int:
        """Return the offset of a byte."""
        start, end = self._span()
        return len(text_of(self._view.source, start, min(max(place, start), end)))

    def _byte(self, offset: int) -> int:
        return self._span()[0] + len(self._told()[:offset].encode("utf-8", "surrogateescape"))

    # --- QAccessibleInterface ---

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        return self if kind == QAccessible.InterfaceType.TextInterface else super().interface_cast(kind)

    def text(self, kind: QAccessible.Text | int, end: int | None = None) -> str:
        """Answer for both interfaces: a text by kind, or the characters from `kind` to `end`."""
        if end is not None:
            return self._told()[cast(int, kind) : end]
        if kind == QAccessible.Text.Value:
            return self._told()
        if kind == QAccessible.Text.Description and not self._view.source.size:
            return self._view.placeholder()
        return str(super().text(cast(QAccessible.Text, kind)))

    def state(self) -> QAccessible.State:
        told = super().state()
        told.readOnly = told.multiLine = told.selectableText = True
        return told

    # --- QAccessibleTextInterface ---

    def characterCount(self) -> int:
        return len(self._told())

    def cursorPosition(self) -> int:
        return self._characters(self._view.selection.cursor)

    def setCursorPosition(self, position: int) -> None:
        place = self._byte(position)
        self._view.selection.select(place, place)

    def selectionCount(self) -> int:
        return int(self._view.selection.exists())

    def selection(self, _number: int) -> tuple[int, int]:
        start, end = self._view.selection.span()
        return self._characters(start), self._characters(end)

    def setSelection(self, _number: int, start: int, end: int) -> None:
        self._view.selection.select(self._byte(start), self._byte(end))

    def addSelection(self, start: int, end: int) -> None:
        self.setSelection(0, start, end)

    def removeSelection(self, _number: int) -> None:
        self._view.selection.clear()

    def characterRect(self, offset: int) -> QRect:
        view = self._view
        metrics, place = view.rows.metrics, self._byte(offset)
        row = view.rows.row_at(view.scroll_state.top)
        y = 0
        while row.end <= place and (below := view.rows.below(row)) is not None:
            row = below
            y += int(metrics.row_height)
        corner = view.viewport().mapToGlobal(QPoint(int(view.margin()), y))
        return QRect(corner.x(), corner.y(), int(metrics.char_width), int(metrics.row_height))

    def offsetAtPoint(self, point: QPoint) -> int:
        return self._characters(self._view.offset_at(self._view.viewport().mapFromGlobal(point)))

    def scrollToSubstring(self, start: int, _end: int) -> None:
        self._view.scroll_state.go_to_row_of(self._byte(start))

    def attributes(self, _offset: int) -> tuple[str, int, int]:
        return "", 0, self.characterCount()
