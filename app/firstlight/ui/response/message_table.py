"""The list of a stream's messages: a million rows cost what the rows on screen cost.

Painted by itself: two texts per row in 0.5 ms a screen, where a QTableView lays out and paints twice for 4 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QWidget

from firstlight.texts import tr
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.response.message_rows import MessageRows, Rows
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.ui.presenting.places import Look

_ROW_PX = 22
_HEADER_PX = 28
_NOTCH = 120
_TOLD = 200  # characters of a message that are read out
_LOOKED_AT = 1000  # characters of a message in which something may stand that is covered
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class MessageTable(QAbstractScrollArea):
    """Stays at its end while it grows, until the user scrolls up or picks a message."""

    message_picked = Signal(object)
    """What the row stands for, or None."""
    filtered = Signal()
    """The filter has let more messages through, or looked at more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        know_viewport(self)
        self.setObjectName("messageTable")
        self._make_rows: Callable[[str], Rows] = lambda wanted: MessageRows([], 0, wanted=wanted)
        self._wanted = ""
        self._rows: Rows = self._make_rows("")
        self._rest = QTimer(self, singleShot=True, interval=0)
        """Looks through the rest of a long list, step by step."""
        self._rest.timeout.connect(self.grow)
        self._current = -1
        self._following = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._set_font()
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        theme_changed.connect(self.viewport().update)

    # --- in ---

    def restart(self, make_rows: Callable[[str], Rows]) -> None:
        """Show other messages from their start; `make_rows` is given what is filtered for."""
        self._make_rows = make_rows
        self._following = True
        self._begin()

    def filter(self, wanted: str) -> None:
        """Show only the messages whose type or data hold this text; all of them when it is empty."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._begin()

    def _begin(self) -> None:
        self._rows = self._make_rows(self._wanted)
        self._current = -1
        self.message_picked.emit(None)
        self.grow()
        self.viewport().update()

    @Slot()
    def grow(self) -> None:
        """Show the messages that have come since."""
        if self._rows.grow():
            self._follow_loss(self._rows.lost)
            self._measure()
            self.viewport().update()
            if self._wanted:
                self.filtered.emit()
        if self._rows.behind:
            self._rest.start()

    def _follow_loss(self, lost: int) -> None:
        """Keep in view what is in view, and picked what is picked, when rows before it have gone."""
        if not lost:
            return
        self._current = max(-1, self._current - lost)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._rows.count - self._page()))
        bar.setValue(max(0, bar.value() - lost))

    def shown(self) -> list[Any]:
        """Return the messages of all rows."""
        return self._rows.shown()

    @property
    def count(self) -> int:
        """The number of rows."""
        return self._rows.count

    @property
    def following(self) -> bool:
        """The list stays at its end."""
        return self._following

    def pick(self, row: int) -> None:
        """Make a row the current one and show it."""
        row = max(0, min(row, self._rows.count - 1))
        if row < 0 or row == self._current:
            return
        self._current = row
        bar, page = self.verticalScrollBar(), self._page()
        self._following = False
        if row < bar.value():
            bar.setValue(row)
        elif row >= bar.value() + page:
            bar.setValue(row - page + 1)
        self.setAccessibleDescription(self._rows.lead(row, self._rows.widths()) + self._rows.data(row, _TOLD))
        self.message_picked.emit(self._rows.message(row))
        self.viewport().update()

    # --- painting ---

    def _set_font(self) -> None:
        self._font = mono_font(self.font().pointSizeF() - 0.5)
        metrics = QFontMetricsF(self._font)
        self._char_px = metrics.horizontalAdvance("0")
        self._baseline = (_ROW_PX - metrics.height()) / 2 + metrics.ascent()

    def _page(self) -> int:
        return max(1, (self.viewport().height() - _HEADER_PX) // _ROW_PX)

    def _measure(self) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(self._page())
        bar.setRange(0, max(0, self._rows.count - self._page()))
        if self._following:
            bar.setValue(bar.maximum())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self.viewport()), tokens()
        width, height = self.viewport().width(), self.viewport().height()
        painter.fillRect(0, 0, width, height, QColor(theme.panel))
        widths = self._rows.widths()
        selected = QColor(theme.selection_text)
        painter.setFont(self._font)
        first = self.verticalScrollBar().value()
        for row in range(first, min(self._rows.count, first + (height - _HEADER_PX) // _ROW_PX + 1)):
            y = _HEADER_PX + (row - first) * _ROW_PX
            shades = [QColor(getattr(theme, token)) for token in self._rows.tones(row)]
            mark, mark_token = self._rows.mark(row, widths)
            if row == self._current:
                painter.fillRect(0, y, width, _ROW_PX, QColor(theme.selection))
                shades = [selected, selected]
            lead = self._rows.lead(row, widths)
            painter.setPen(shades[0])
            painter.drawText(QPointF(SPACE, y + self._baseline), lead)
            x = SPACE + len(lead) * self._char_px
            if mark:
                painter.setPen(selected if row == self._current else QColor(getattr(theme, mark_token)))
                painter.drawText(QPointF(x, y + self._baseline), mark)
                x += (widths[3] + 2) * self._char_px
            painter.setPen(shades[1])
            room = max(0, int((width - x) / self._char_px) + 1)  # what nobody sees need not be laid out
            painter.drawText(QPointF(x, y + self._baseline), self._rows.data(row, room))
        self._paint_header(painter, widths)

    def places_of(self, look: Look) -> Iterator[QRectF]:
        """Yield where on the viewport the data of a message stands in which `look` finds something."""
        first, widths = self.verticalScrollBar().value(), self._rows.widths()
        for row in range(first, min(self._rows.count, first + self._page() + 1)):
            marked = widths[3] + 2 if self._rows.mark(row, widths)[0] else 0
            x = SPACE + (len(self._rows.lead(row, widths)) + marked) * self._char_px
            room = max(0, int((self.viewport().width() - x) / self._char_px) + 1)
            if look(self._rows.data(row, _LOOKED_AT)):
                y = _HEADER_PX + (row - first) * _ROW_PX
                yield QRectF(x - 2, y + 2, room * self._char_px, _ROW_PX - 4)

    def _paint_header(self, painter: QPainter, widths: tuple[int, int, int, int]) -> None:
        theme, right = tokens(), Qt.AlignmentFlag.AlignRight
        font = self.font()
        font.setPointSizeF(font.pointSizeF() - 1)
        painter.setFont(font)
        painter.setPen(QColor(theme.text_muted))
        x = float(SPACE)
        for number, (title, width) in enumerate(zip(self._rows.titles(), widths, strict=True)):
            if width:
                box = QRectF(x, 0, width * self._char_px, _HEADER_PX)
                side = right if number < 3 else Qt.AlignmentFlag.AlignLeft
                painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, title)
                x += (width + 2) * self._char_px
        painter.drawText(QRectF(x, 0, 400, _HEADER_PX), Qt.AlignmentFlag.AlignVCenter, tr("Data"))
        painter.fillRect(0, _HEADER_PX - 1, self.viewport().width(), 1, QColor(theme.border))
        if self.hasFocus() and self._current < 0:
            painter.fillRect(0, _HEADER_PX - 2, self.viewport().width(), 2, QColor(theme.focus))

    # --- mouse and keyboard ---

    @Slot(int)
    def _on_scrolled(self, action: int) -> None:
        bar = self.verticalScrollBar()
        self._following = bar.sliderPosition() >= bar.maximum()

    def _scroll_by(self, rows: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + rows)
        self._following = bar.value() >= bar.maximum()

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels, angle = event.pixelDelta().y(), event.angleDelta().y()
        self._scroll_by(-round(pixels / _ROW_PX if pixels else angle * 3 / _NOTCH))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.verticalScrollBar().value() + int(event.position().y() - _HEADER_PX) // _ROW_PX
        if event.position().y() >= _HEADER_PX and row < self._rows.count:
            self.pick(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self._current
        if current < 0:
            current = self.verticalScrollBar().value() + self._page()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in _STEPS:
            self.pick(current + _STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.pick(current + (self._page() if key == Qt.Key.Key_PageDown else -self._page()))
        elif key == Qt.Key.Key_Home:
            self.pick(0)
        elif key == Qt.Key.Key_End:
            self.pick(self._rows.count - 1)
            self._following = True
        else:
            super().keyPressEvent(event)

    @Slot()
    def copy(self) -> None:
        """Copy the data of the picked message."""
        if 0 <= self._current < self._rows.count:
            QGuiApplication.clipboard().setText(self._rows.copied(self._current))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = QAction(tr("Copy data"), menu)
        one.setEnabled(self._current >= 0)
        one.triggered.connect(self.copy)
        every = QAction(tr("Copy the data of all messages"), menu)
        every.triggered.connect(self._on_copy_all)
        menu.addActions([one, every])
        menu.popup(event.globalPos())

    @Slot()
    def _on_copy_all(self) -> None:
        copied = (self._rows.copied(row) for row in range(self._rows.count))
        QGuiApplication.clipboard().setText("\n".join(copied))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._set_font()
            self._measure()
        super().changeEvent(event)
