"""Variables in a CodeEditor: lines coloured anew when a value comes or goes, hover, completion, the way to a value."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from firstlight.ui.known_variables import KnownVariables, known_above
from firstlight.ui.text.code_editor_highlighter import LineHighlighter
from firstlight.ui.text.highlight import utf16
from firstlight.ui.variables.completion import Completion
from firstlight.ui.variables.following import add_entries, follow
from firstlight.ui.variables.hint import hint
from firstlight.ui.variables.references import LONGEST, Reference, from_utf16, reference_at

_LINES_AT_ONCE = 300
"""Lines with references that are coloured anew in one turn of the loop: 5 ms."""
_QUIET_MS = 50
"""What is known of secrets comes one by one, and going through 1 MB takes 60 ms."""


class EditorVariables(QObject):
    """What a CodeEditor hands over to; it is the Field of its Completion."""

    def __init__(
        self,
        editor: QPlainTextEdit,
        highlighter: LineHighlighter,
        colors_only: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """What is done within `colors_only` changes no letter."""
        super().__init__(editor)
        self._colors_only = colors_only
        self._editor = editor
        self._highlighter = highlighter
        self._known: KnownVariables | None = None
        self.completion = Completion(self)
        self._rest: QTextCursor | None = None
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._color_some)
        self._pause = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._pause.timeout.connect(self._color)

    def shown(self) -> None:
        """Find out, when the editor is shown, what is known where it stands."""
        known = known_above(self._editor)
        if known is not self._known:
            if self._known is not None:
                self._known.changed.disconnect(self._on_known_changed)
            self._known = self._highlighter.known = known
            if known is not None:
                known.changed.connect(self._on_known_changed)
            self._color()

    def explain(self, event: QHelpEvent) -> bool:
        """Show what the reference under the mouse stands for; False: there is none."""
        found = self._reference_at(event.pos())
        if found is None or self._known is None or not self._known.ready:
            QToolTip.hideText()
            return False
        QToolTip.showText(event.globalPos(), hint(self._known, found.name), self._editor)
        return True

    def follow(self, place: QPoint) -> None:
        """Go to the value of the reference at a place of the viewport."""
        follow(self._known, self._reference_at(place))

    def open_menu(self, event: QContextMenuEvent) -> None:
        """Open the editor's menu with what can be done with the reference under the mouse."""
        menu = self._editor.createStandardContextMenu()
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self._editor.cursorRect().center() if by_key else event.pos()
        add_entries(menu, self._known, self._reference_at(place))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    # What Completion asks

    def widget(self) -> QWidget:
        return self._editor

    def around_cursor(self) -> tuple[str, str]:
        cursor = self._editor.textCursor()
        text = cursor.block().text()
        at = from_utf16(text, cursor.positionInBlock())
        return text[max(0, at - LONGEST) : at], text[at : at + LONGEST]

    def caret(self) -> QRect:
        caret = self._editor.cursorRect()
        return QRect(self._editor.viewport().mapTo(self._editor, caret.topLeft()), caret.size())

    def replace(self, before: int, behind: int, text: str) -> None:
        left, right = self.around_cursor()
        cursor = self._editor.textCursor()
        start = cursor.position() - utf16(left[len(left) - before :], before)
        end = cursor.position() + utf16(right, behind)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self._editor.setTextCursor(cursor)

    def _reference_at(self, place: QPoint) -> Reference | None:
        cursor = self._editor.cursorForPosition(place)
        text = cursor.block().text()
        if "{{" not in text:
            return None
        index = from_utf16(text, cursor.positionInBlock())
        found = reference_at(text, index) or reference_at(text, index - 1)
        return found if found is not None and self._covers(cursor.block(), text, found, place) else None

    def _covers(self, block: QTextBlock, text: str, found: Reference, place: QPoint) -> bool:
        """Whether a place is over the reference, and not in the empty part of its row."""
        ends = []
        for index in (found.start, found.end):
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + utf16(text, index))
            ends.append(self._editor.cursorRect(cursor))
        first, last = ends
        if first.top() != last.top():  # wrapped in the middle
            return first.top() <= place.y() <= last.bottom()
        return first.left() <= place.x() <= last.right() and first.top() <= place.y() <= first.bottom()

    def _on_known_changed(self) -> None:
        if self._highlighter.is_long():
            self._pause.start()
        else:
            self._color()

    def _color(self) -> None:
        """Colour the lines that hold references anew: those on screen, or of a text that is not long all of them."""
        with self._colors_only():
            self._rest = None if self._highlighter.forget() else QTextCursor(self._editor.document())
        self._color_some()

    def _color_some(self) -> None:
        if self._rest is None:
            return
        with self._colors_only():
            for _ in range(_LINES_AT_ONCE):
                found = self._editor.document().find("{{", self._rest)
                if found.isNull():
                    self._rest = None
                    return
                self._highlighter.rehighlightBlock(found.block())
                self._rest = QTextCursor(found.block())
                self._rest.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self._next.start()
