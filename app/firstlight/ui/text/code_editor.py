"""An editor for bodies: line numbers, colours, bracket pairs, indentation and a marked problem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QMimeData, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from firstlight.ui.keys.bindings import leaves_to_actions
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.text import code_editor_typing as typing_rules
from firstlight.ui.text.code_editor_brackets import bracket_pair
from firstlight.ui.text.code_editor_gutter import Gutter
from firstlight.ui.text.code_editor_highlighter import LineHighlighter
from firstlight.ui.text.code_editor_rows import CodeRows
from firstlight.ui.text.code_editor_text import ExactText
from firstlight.ui.text.code_editor_variables import EditorVariables
from firstlight.ui.text.editable import breaks_words, is_too_long
from firstlight.ui.text.find_keys import asks_to_find
from firstlight.ui.text.highlight import utf16
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.stylesheet import blend
from firstlight.ui.variables.completion import KEYS

if TYPE_CHECKING:
    from firstlight.ui.text.editor_find import EditorFind

_CODE = frozenset({"json", "javascript", "graphql"})

_SHORT_PASTE = 1_000  # characters: no line becomes too long by them
_FOUND_TINT = 0.65
"""As in a TextView: how far the ground of a match is from the star's colour to the panel's."""


class CodeEditor(QPlainTextEdit):
    """Shows and edits one text. Tab indents; Ctrl+M lets Tab move to the next control instead."""

    edited = Signal()
    """The user changed the text (never emitted by show_text)."""
    beautify_requested = Signal()
    too_long = Signal(str)
    """The whole text as it would be after a paste."""
    find_requested = Signal(bool)
    """The user wants to find something; True: and to replace it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        know_viewport(self)
        self._gutter = Gutter(self)
        self._highlighter = LineHighlighter(self.document())
        self._exact = ExactText(self.document())
        self._rows = CodeRows(self.document())
        self._variables = EditorVariables(self, self._highlighter, self._colors_only)
        self._showing = self._coloring = False
        self.limited = False
        """What would make the text too long is not pasted but handed to `too_long`."""
        self.finder: EditorFind | None = None
        """What marks the matches; given by the owner once something is to be found."""
        self._problem: tuple[int, int] | None = None
        self.setFont(mono_font())
        self.setTabStopDistance(4.0 * self.fontMetrics().horizontalAdvance(" "))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.blockCountChanged.connect(self._place_gutter)
        self.updateRequest.connect(self._on_scrolled)
        self.cursorPositionChanged.connect(self._mark)
        self.cursorPositionChanged.connect(self._variables.completion.moved)
        self.edited.connect(self._variables.completion.typed)
        self.textChanged.connect(self._on_text_changed)
        theme_changed.connect(self._mark)
        self._place_gutter()
        self._mark()

    def show_text(self, text: str) -> None:
        """Show another text; its undo history starts here."""
        self._showing = True
        self._problem = None
        self._break_lines(text)
        with self._uncolored(text):
            self.setPlainText(text)
        self._exact.shown(text)
        self._showing = False

    def text(self) -> str:
        """Return the text, exactly as given to show_text while nobody has edited it."""
        return self._exact.read()

    def use_language(self, language: str) -> None:
        """Colour and indent as `language` (json, xml, html, javascript, graphql, text)."""
        self._highlighter.use_language(language)
        self._mark()

    def replace_text(self, text: str) -> None:
        """Replace everything as one undo step and keep the cursor near its line."""
        cursor = self.textCursor()
        line = cursor.blockNumber()
        cursor.select(QTextCursor.SelectionType.Document)
        self._break_lines(text)
        with self._uncolored(text):
            cursor.insertText(text)
        block = self.document().findBlockByNumber(min(line, self.blockCount() - 1))
        self.setTextCursor(QTextCursor(block))

    def show_problem(self, line: int, column: int) -> None:
        """Underline the character at `line` and `column` (both from 1) as wrong; line 0 clears the mark."""
        wanted = (line, column) if line > 0 else None
        if wanted != self._problem:
            self._problem = wanted
            self._gutter.problem_line = line
            self._gutter.update()
            self._mark()

    def row_height(self) -> int:
        """Return the pixels of every row, wrapped ones included."""
        return self._rows.metrics.row_height

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor and the focus at `line` and `column`, both from 1."""
        cursor = self.textCursor()
        cursor.setPosition(self._position(line, column))
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.centerCursor()

    def open_find(self) -> None:
        """Ask for the bar that finds."""
        self.find_requested.emit(False)

    def open_replace(self) -> None:
        """Ask for the bar that finds and replaces."""
        self.find_requested.emit(True)

    def visible_lines(self) -> Iterator[tuple[int, float, float]]:
        """Yield (number from 0, top, height) of the lines on screen, in the editor's own coordinates."""
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= self.viewport().height():
            height = self.blockBoundingRect(block).height()
            yield block.blockNumber(), top, height
            top += height
            block = block.next()

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if len(text) > _SHORT_PASTE:
            whole = "".join((self._text_between(0, self.textCursor().selectionStart()), text,
                             self._text_between(self.textCursor().selectionEnd(), -1)))  # fmt: skip
            if self.limited and is_too_long(whole):
                self.too_long.emit(whole)
                return
            self._break_lines(whole)
        with self._uncolored(text):
            super().insertFromMimeData(source)

    @contextmanager
    def _uncolored(self, text: str) -> Iterator[None]:
        """Put a long text in without colours, and give them to what is seen of it."""
        self._highlighter.resting = self._highlighter.rests_for(text)
        yield
        self._highlighter.resting = False
        self._color_seen()

    def _text_between(self, start: int, end: int) -> str:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        if end < 0:
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace("\u2029", "\n")

    def _break_lines(self, text: str) -> None:
        """Choose where the lines of what is about to be shown are broken."""
        mode = QTextOption.WrapMode
        self.setWordWrapMode(mode.WrapAnywhere if breaks_words(text) else mode.WrapAtWordBoundaryOrAnywhere)

    def _position(self, line: int, column: int) -> int:
        block = self.document().findBlockByNumber(min(line, self.blockCount()) - 1)
        return block.position() + utf16(block.text(), min(column - 1, len(block.text())))

    def _mark(self) -> None:
        """Mark the bracket pair and the problem."""
        theme, pair = tokens(), None
        if self.hasFocus():  # elsewhere they would only be noise
            pair = bracket_pair(self.document(), self._highlighter.language, self.textCursor().position())
        frame = QTextCharFormat()
        frame.setBackground(QColor(theme.selection))
        marks = [_selection(self._character(place), frame) for place in pair or ()]
        if self._problem:
            marks.append(_selection(self._character(self._position(*self._problem)), _squiggle(theme.error)))
        self.setExtraSelections(marks)
        self._gutter.update()
        self.viewport().update()  # the band of the current line

    def _character(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        edge = QTextCursor.MoveOperation.Left if cursor.atBlockEnd() else QTextCursor.MoveOperation.Right
        cursor.movePosition(edge, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        replacing = asks_to_find(event)
        if replacing is not None:
            self.find_requested.emit(replacing)
            return
        if self.finder is not None and self.finder.key(event):
            return
        cursor = self.textCursor()
        code = self._highlighter.language in _CODE
        control = bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier))
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if control:
                event.ignore()  # the window sends
                return
            case Qt.Key.Key_B if control:
                self.beautify_requested.emit()
                return
            case Qt.Key.Key_M if control:
                self.setTabChangesFocus(not self.tabChangesFocus())
                return
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                cursor = typing_rules.new_line(cursor, code=code)
            case Qt.Key.Key_Tab if not control and not self.tabChangesFocus():
                cursor = typing_rules.indent(cursor)
            case Qt.Key.Key_Backtab if not self.tabChangesFocus():
                cursor = typing_rules.unindent(cursor)
            case _ if code and event.text() in ("}", "]", ")"):
                cursor = typing_rules.close_bracket(cursor, event.text())
            case _:
                super().keyPressEvent(event)
                return
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def event(self, event: QEvent) -> bool:
        # Only keys: other events come while this is being built. Esc closes what is open before it cancels a request.
        if event.type() in KEYS and (self._variables.completion.use(event) or leaves_to_actions(event)):
            return True
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride and self.finder and self.finder.bar.isVisible():
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._variables.explain(cast(QHelpEvent, event)):
            return True
        return super().viewportEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and not self.textCursor().hasSelection():
            self._variables.follow(event.position().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._variables.open_menu(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._variables.shown()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._variables.completion.close()
        self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()
        if self.hasFocus() and event.size().height() < event.oldSize().height():
            self.ensureCursorVisible()  # the line of a problem has just taken its place

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        cursor, left = self.textCursor(), self.contentOffset().x()
        painter.translate(left, 0)
        selected = (cursor.selectionStart(), cursor.selectionEnd())
        for number, top, height in self.visible_lines():
            block = self.document().findBlockByNumber(number)
            if self.finder is not None:
                self._paint_found(painter, block, top, self.finder)
            if cursor.hasSelection():
                self._rows.paint_behind(painter, block, top, selected, QColor(tokens().selection))
            elif number == cursor.blockNumber() and self.hasFocus():
                painter.fillRect(QRectF(-left, top, self.viewport().width(), height), _faint(tokens().hover))
        painter.end()
        super().paintEvent(event)

    def _paint_found(self, painter: QPainter, block: QTextBlock, top: float, finder: EditorFind) -> None:
        color = QColor(blend(tokens().star, tokens().panel, _FOUND_TINT))
        for stretch in finder.between(block.position(), block.position() + block.length()):
            self._rows.paint_behind(painter, block, top, stretch, color)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_rows"):
            self._rows.use_font(self.font())
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(mono_font())
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_gutter"):
            self._place_gutter()

    def _place_gutter(self) -> None:
        width = self._gutter.wanted_width()
        self.setViewportMargins(width, 0, 0, 0)
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.left(), inside.top(), width, inside.height()))

    def _on_scrolled(self, _area: QRect, moved: int) -> None:
        if moved:
            self._variables.completion.close()
            self._gutter.scroll(0, moved)
        else:
            self._gutter.update()
        self._color_seen()

    def _color_seen(self) -> None:
        if not self._coloring:
            numbers = [number for number, _, _ in self.visible_lines()]
            with self._colors_only():
                self._highlighter.see(numbers[0] if numbers else 0, numbers[-1] if numbers else 0)

    @contextmanager
    def _colors_only(self) -> Iterator[None]:
        self._coloring = True
        with self._exact.same_text():
            yield
        self._coloring = False

    def _on_text_changed(self) -> None:
        # Qt also emits this when only colours changed.
        if not self._showing and not self._coloring and self._exact.changed():
            self.edited.emit()


def _selection(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor = cursor
    made.format = look
    return made


def _squiggle(color: str) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(QColor(color))
    return look


def _faint(color: str) -> QColor:
    made = QColor(color)
    made.setAlphaF(0.5)
    return made
