"""The line numbers at the left of a CodeEditor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.ui.text.code_editor import CodeEditor


class Gutter(QWidget):
    """Paints a number per visible line; a click puts the cursor there."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.problem_line = 0
        """The line whose number is red; 0 for none."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def wanted_width(self) -> int:
        """Return the width that the highest line number needs."""
        digits = max(2, len(str(self._editor.blockCount())))
        return 2 * SPACE + digits * self._editor.fontMetrics().horizontalAdvance("9")

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = tokens()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.panel))
        painter.setFont(self._editor.font())
        current = self._editor.textCursor().blockNumber()
        for number, top, _height in self._editor.visible_lines():
            if top > event.rect().bottom():
                break
            color = theme.text if number == current else theme.text_muted
            painter.setPen(QColor(theme.error if number + 1 == self.problem_line else color))
            place = QRect(0, round(top), self.width() - SPACE, self._editor.row_height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number + 1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cursor = self._editor.cursorForPosition(QPoint(0, round(event.position().y())))
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        self._editor.setTextCursor(cursor)
        self._editor.setFocus(Qt.FocusReason.MouseFocusReason)
