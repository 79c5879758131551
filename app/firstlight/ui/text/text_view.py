"""A read-only view of a text of any size: only the rows on screen exist.

80 MB in 4 million lines or in one: the text stays bytes, every place is a byte offset, and rows are laid out when
they are seen. The text may grow while it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QWidget

from firstlight.texts import tr
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.text.copying import Copying
from firstlight.ui.text.find import Find
from firstlight.ui.text.line_numbers import LineNumbers
from firstlight.ui.text.piece_layout import PieceLayout, RowMetrics
from firstlight.ui.text.row_map import Row, RowMap
from firstlight.ui.text.scroll import Scroll
from firstlight.ui.text.selection import Selection
from firstlight.ui.text.text_buffer import Source, TextBuffer
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.stylesheet import blend
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.ui.presenting.places import Look


class TextView(QAbstractScrollArea):
    """Shows bytes of UTF-8 text. Reading, selecting, copying and finding; no editing."""

    following_changed = Signal(bool)
    """True: the view stays at the end while the text grows."""

    def __init__(self, parent: QWidget | None = None, *, mono: bool = True, numbers: bool = False) -> None:
        super().__init__(parent)
        know_viewport(self)
        self._mono = mono
        self._wrap = True
        self._placeholder = ""
        self.source: Source = TextBuffer()
        self.rows = RowMap(self.source, RowMetrics(self._font()))
        self._numbers = LineNumbers(self) if numbers else None
        self.scroll_state = Scroll(self)
        self.selection = Selection(self)
        self.finder = Find(self)
        self.copying = Copying(self)
        self.scroll_state.following_changed.connect(self.following_changed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        theme_changed.connect(self._on_theme_changed)

    # --- the text ---

    def set_text(self, data: bytes | bytearray, language: str = "") -> None:
        """Show `data` from its start, coloured as `language` (json, xml, html, javascript)."""
        self.show_source(TextBuffer(data), language)

    def show_source(self, source: Source, language: str = "") -> None:
        """Show a text that may make its pieces when they are asked for."""
        self.source = self.rows.buffer = source
        self.rows.language = language
        self.selection.clear()
        self.scroll_state.restart()
        if self._numbers:
            self._numbers.restart()
        self.relayout()
        self.finder.restart()

    def append(self, data: bytes) -> None:
        """Add to the end; a few microseconds plus the last screen of layout, however long the text is."""
        if isinstance(self.source, TextBuffer):
            self.source.append(data)
        else:
            self.set_text(data)
        self.scroll_state.measure()
        self.finder.grew()
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        self.set_text(b"")

    def text(self) -> str:
        """Return the whole text."""
        return self.source.cut(0, self.source.size).decode("utf-8", "replace")

    def set_placeholder(self, text: str) -> None:
        """Show `text` in the middle while there is nothing else."""
        self._placeholder = text
        self.viewport().update()

    def placeholder(self) -> str:
        """Return what stands there while there is nothing else."""
        return self._placeholder

    # --- how it is shown ---

    @property
    def wrap(self) -> bool:
        """Long lines continue on the next row."""
        return self._wrap

    def set_wrap(self, wrap: bool) -> None:
        """Break long lines at the view's width, or let them run on."""
        self._wrap = wrap
        self.relayout()
        self.scroll_state.go_to_row_of(self.scroll_state.top)

    def follow(self) -> None:
        """Stay at the end of a growing text; pause when the user scrolls up, go on when they come back."""
        self.scroll_state.want_following()

    @property
    def following(self) -> bool:
        """The view stays at the end while the text grows."""
        return self.scroll_state.following

    def gutter(self) -> int:
        """Return the width of the line numbers in pixels."""
        return self._numbers.width() if self._numbers else 0

    def margin(self) -> int:
        """Return where the text begins: in line with everything else in the pane, or close to the line numbers."""
        return self.gutter() + SPACE // 2 if self.gutter() else 2 * SPACE

    def height_needed(self, most: int) -> int:
        """Return the pixels that the whole text takes, or at least `most` when it takes more."""
        row: Row | None = self.rows.row_at(0)
        pixels = 0
        while row is not None and pixels < most:
            pixels += row.layout.height
            row = self.rows.below(Row(row.layout, len(row.layout.rows) - 1))
        return pixels

    def offset_at(self, point: QPoint) -> int:
        """Return the byte offset of the cursor place nearest to a point of the viewport."""
        y = point.y() + self.scroll_state.top_px
        row = self.rows.row_at(self.scroll_state.top)
        row = self.rows.moved(row, int(y // self.rows.metrics.row_height))
        return row.layout.offset_at(row.number, point.x() - self._left())

    def relayout(self) -> None:
        """Lay out anew: the width, the font, the colours or the text changed."""
        self.rows.forget()
        room = self.viewport().width() - self.margin() - SPACE
        self.rows.wrap_width = max(8 * self.rows.metrics.char_width, float(room)) if self._wrap else 0.0
        self.scroll_state.measure()
        self.viewport().update()

    def _left(self) -> int:
        return self.margin() - self.horizontalScrollBar().value()

    def _font(self) -> QFont:
        return mono_font() if self._mono else QFont(self.font())

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = QRectF(self.viewport().rect())
        painter.fillRect(area, QColor(tokens().panel))
        if self.source.size:
            self._paint_rows(painter, area)
        else:
            painter.setPen(QColor(tokens().text_muted))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._placeholder)

    def _paint_rows(self, painter: QPainter, area: QRectF) -> None:
        row: Row | None = self.rows.row_at(self.scroll_state.top)
        left, widest = self._left(), 0.0
        seen: list[tuple[PieceLayout, int]] = []
        y = -self.scroll_state.top_px - (row.number if row else 0) * self.rows.metrics.row_height
        painter.setClipRect(area.adjusted(self.gutter(), 0, 0, 0))
        while row is not None and y < area.height():
            layout = row.layout
            painter.setPen(QColor(tokens().text))
            self.selection.paint(painter, layout, left, y)
            layout.draw(painter, QPointF(left, y), self._marks(layout), area)
            self.selection.paint_cursor(painter, layout, left, y)
            seen.append((layout, y))
            widest = max(widest, layout.width)
            y += layout.height
            row = self.rows.below(Row(layout, len(layout.rows) - 1))
        painter.setClipping(False)
        if self._numbers:
            self._numbers.paint(painter, seen)
        self.scroll_state.saw_width(widest)

    def _marks(self, layout: PieceLayout) -> list[QTextLayout.FormatRange]:
        piece, theme = layout.piece, tokens()
        marks = []
        for start, end, current in self.finder.between(piece.start, piece.end):
            background = theme.star if current else blend(theme.star, theme.panel, 0.65)
            marks.append(_mark(layout, start, end, background, theme.panel if current else ""))
        start, end = self.selection.span()
        if start < piece.end and end > piece.start:
            marks.append(_mark(layout, start, end, "", theme.selection_text))
        return marks

    def places_of(self, look: Look) -> Iterator[QRectF]:
        """Yield where on the viewport something stands that `look` finds; all of a hex dump, whose rows cut words."""
        if not isinstance(self.source, TextBuffer):
            yield QRectF(self.viewport().rect())
            return
        row: Row | None = self.rows.row_at(self.scroll_state.top)
        y = -self.scroll_state.top_px - (row.number if row else 0) * self.rows.metrics.row_height
        while row is not None and y < self.viewport().height():
            for place in row.layout.places_of(look):
                yield place.translated(self._left(), y)
            y += row.layout.height
            row = self.rows.below(Row(row.layout, len(row.layout.rows) - 1))

    # --- events ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.relayout()
        self.scroll_state.go_to_row_of(self.scroll_state.top)
        self.finder.place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.rows.metrics = RowMetrics(self._font())
            self.relayout()
        super().changeEvent(event)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.relayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.scroll_state.wheel(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.selection.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.selection.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.selection.drag(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.selection.release()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self.finder.key(event) or self.selection.key(event)):
            event.ignore()

    def event(self, event: QEvent) -> bool:
        # Copy and select all are this view's while it has the focus, whatever the window binds them to.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            standard = QKeySequence.StandardKey
            if any(event.matches(key) for key in (standard.Copy, standard.SelectAll)):
                event.accept()
                return True
        return bool(super().event(event))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, keys, slot, enabled in (
            (tr("Copy"), QKeySequence.StandardKey.Copy, self.copy, self.selection.exists()),
            (tr("Select all"), QKeySequence.StandardKey.SelectAll, self.selection.select_all, True),
            (tr("Find…"), QKeySequence.StandardKey.Find, self.open_find, True),
        ):
            action = QAction(text, menu)
            action.setShortcut(keys)
            action.setEnabled(enabled)
            action.triggered.connect(slot)
            menu.addAction(action)
        menu.popup(event.globalPos())

    @Slot()
    def copy(self) -> None:
        """Put the selected text on the clipboard, exactly as it is in the bytes."""
        if self.selection.exists():
            self.copying.start(self.source, *self.selection.span())

    @Slot()
    def copy_all(self) -> None:
        """Put the whole text on the clipboard."""
        self.copying.start(self.source, 0, self.source.size)

    @Slot()
    def open_find(self) -> None:
        """Open the bar that finds text."""
        self.finder.open()


def _mark(layout: PieceLayout, start: int, end: int, background: str, foreground: str) -> QTextLayout.FormatRange:
    mark = QTextLayout.FormatRange()
    mark.start = layout.position_of(max(start, layout.piece.start))
    mark.length = layout.position_of(min(end, layout.piece.end)) - mark.start
    style = QTextCharFormat()
    if background:
        style.setBackground(QColor(background))
    if foreground:
        style.setForeground(QColor(foreground))
    mark.format = style
    return mark
