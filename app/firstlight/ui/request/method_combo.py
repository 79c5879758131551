"""The method: the usual ones to choose from, any other to type, each in its colour; and WebSocket in its place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QMouseEvent, QTextCharFormat, QValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from firstlight.model.tokens import is_token
from firstlight.ui.text.highlight import utf16
from firstlight.ui.text.highlight_line_edit import show_looks
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.theme.method_color import method_color, method_token
from firstlight.ui.variables.looks import looks

_WIDTH, _WIDEST = 116, 220
_BESIDE = 50
"""Pixels of the field that are not text."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
WEBSOCKET_WORD = "WebSocket"
"""Stands among the methods: it is chosen where one chooses how to call a service."""
OFFERED = (*METHODS, WEBSOCKET_WORD)
_ROWS = len(OFFERED) + 1
"""With the line above WebSocket."""

typed_before: list[str] = []
"""Methods of one's own that were typed since the start: every tab offers them."""


class _Token(QValidator):
    """Takes what HTTP allows as a method, and the braces of variables; blanks around are dropped."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        bare = text.strip()
        fits = not bare or is_token(bare.replace("{", "").replace("}", "") or "x")
        state = QValidator.State.Acceptable if fits else QValidator.State.Invalid
        return state, bare if fits else text, min(position, len(bare))


class _MethodLine(QLineEdit):
    """The first click opens the list, as everywhere; a click into the focused word edits it."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo)
        self._combo = combo
        self._first_click = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._first_click = event.reason() == Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._first_click:
            self._first_click = False
            self._combo.showPopup()
        else:
            super().mousePressEvent(event)


class MethodCombo(QComboBox):
    """Emits `chosen` with the method the user chose or typed, or WEBSOCKET_WORD."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(OFFERED)
        self.insertSeparator(len(METHODS))
        self.setMaxVisibleItems(_ROWS)
        self.textActivated.connect(self._on_typed)
        self._line = _MethodLine(self)
        self.setLineEdit(self._line)
        self.setValidator(_Token(self))
        line = self._line
        line.textEdited.connect(self._on_typed)
        line.textChanged.connect(self._paint_text)
        line.textChanged.connect(self._fit)
        line.editingFinished.connect(self._tidy)
        theme_changed.connect(self._paint)
        self._method = "GET"
        self._paint()
        self._fit(self.currentText())

    def show_method(self, method: str) -> None:
        """Show another method."""
        self._method = method
        self._offer()
        position = self.findText(method, Qt.MatchFlag.MatchFixedString | Qt.MatchFlag.MatchCaseSensitive)
        self.setCurrentIndex(position)
        self.setEditText(method)

    def _on_typed(self, text: str) -> None:
        bare = text.strip()
        method = next((word for word in OFFERED if word.upper() == bare.upper()), bare)
        if method and method != self._method:
            self._method = method
            self.chosen.emit(method)

    def _tidy(self) -> None:
        """Show the method as it will be sent: `post ` is POST."""
        if self._method not in (*OFFERED, *typed_before) and "{{" not in self._method:
            typed_before.append(self._method)
        if self.currentText() != self._method or self.count() < _ROWS + len(typed_before):
            self.show_method(self._method)

    def showPopup(self) -> None:
        self._offer()
        super().showPopup()

    def _offer(self) -> None:
        """Offer the usual methods, and those that were typed before in any tab."""
        self.addItems(typed_before[self.count() - _ROWS :])
        self.setMaxVisibleItems(max(self.count(), 1))

    def _fit(self, text: str) -> None:
        """Be as wide as the method needs, within limits; a shorter one gives way where the bar has no room."""
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        needed = QFontMetrics(font).horizontalAdvance(text) + _BESIDE
        self.setMinimumWidth(min(needed, _WIDEST))
        self.setMaximumWidth(min(max(needed, _WIDTH), _WIDEST))

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def _paint(self) -> None:
        for position, method in enumerate(METHODS):
            color = QColor(method_color(method))
            self.setItemData(position, color, Qt.ItemDataRole.ForegroundRole)
        self._paint_text(self.currentText())

    def _paint_text(self, text: str) -> None:
        look = QTextCharFormat()
        look.setForeground(QColor(getattr(tokens(), method_token(text.strip()))))
        look.setFontWeight(QFont.Weight.DemiBold)
        parts = [(0, len(text), look), *looks(text, None)]
        show_looks(self._line, [(utf16(text, start), utf16(text, end), part) for start, end, part in parts])
