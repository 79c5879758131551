"""The tool calls of a stream, put together: name, then the arguments laid out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from firstlight.model.response import ToolCall
from firstlight.texts import tr
from firstlight.ui.text.text_view import TextView
from firstlight.ui.theme.tokens import SPACE
from firstlight.views.json_format import format_json


class ToolCallsView(QWidget):
    """Hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[ToolCall, ...] = ()
        self._caption = QLabel(self)
        self._caption.setProperty("kind", "caption")
        self._caption.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        self._text = TextView(self)
        self._text.setObjectName("toolCalls")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._caption)
        column.addWidget(self._text, 1)
        self._retranslate()
        self.hide()

    def show_calls(self, calls: Sequence[ToolCall]) -> None:
        """Show these calls."""
        if self._shown != tuple(calls):
            self._shown = tuple(calls)
            self._text.set_text(b"\n\n".join(map(_told, calls)))
        self.setVisible(bool(calls))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._caption.setText(tr("Tool calls"))
        self._text.setAccessibleName(tr("Tool calls"))


def _told(call: ToolCall) -> bytes:
    name = f"{call.name}  {call.id}".rstrip()
    return f"{name}\n".encode("utf-8", "replace") + format_json(call.arguments.encode("utf-8", "replace"))
