"""Finding and replacing in a CodeEditor: the bar, the matches, the walk from one to the next."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor

from firstlight.texts import tr
from firstlight.ui.text.matches import MOST, Matches, Wanted
from firstlight.ui.text.replace_bar import ReplaceBar

if TYPE_CHECKING:
    from firstlight.ui.text.code_editor import CodeEditor

_QUIET_MS = 60
_LONGEST_PICK = 200  # characters of a selection that are taken over as what to find


class EditorFind(QObject):
    """Owns the bar of one editor; made when first asked for. The editor's owner places `bar`."""

    changed = Signal()
    """Other matches are to be marked."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._matches = Matches("", Wanted(""))
        self._current = -1
        self._outdated = False
        """The text has changed since the last search: the places of its matches are no longer true."""
        self.bar = ReplaceBar(editor.parentWidget() or editor)
        self._pause = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._pause.timeout.connect(self._search)
        self.bar.changed.connect(self._on_wish_changed)
        self.bar.next_requested.connect(self.next)
        self.bar.previous_requested.connect(self.previous)
        self.bar.replace_requested.connect(self._replace)
        self.bar.replace_all_requested.connect(self._replace_all)
        self.bar.closed.connect(self._on_closed)
        editor.textChanged.connect(self._on_text_changed)

    def open(self, *, replacing: bool = False) -> None:
        """Show the bar; a short selection becomes the text to find."""
        picked = self._editor.textCursor().selectedText()
        text = picked if len(picked) <= _LONGEST_PICK and "\u2029" not in picked else ""
        (self.bar.open_replacing if replacing else self.bar.open_with)(text)
        self._search()
        self._choose_near()

    def key(self, event: QKeyEvent) -> bool:
        """Act on a key of the editor; False when it is none of ours."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_F3 and self.bar.wanted():
            (self.previous if back else self.next)()
        elif event.key() == Qt.Key.Key_Escape and self.bar.isVisible():
            self.bar.hide()
            self._on_closed()
        else:
            return False
        return True

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the matches that touch a stretch of the text; the current one is selected as well."""
        if not self.bar.isVisible():
            return []
        places = self._matches.places
        first = max(bisect_left(places, (start, 0)) - 1, 0)
        return places[first : bisect_left(places, (end, 0), first)]

    @Slot()
    def next(self) -> None:
        """Select the next match; after the last comes the first."""
        self._catch_up()
        self._select(bisect_left(self._matches.places, (self._editor.textCursor().selectionEnd(), 0)))

    @Slot()
    def previous(self) -> None:
        """Select the match before; before the first comes the last."""
        self._catch_up()
        self._select(bisect_left(self._matches.places, (self._editor.textCursor().selectionStart(), 0)) - 1)

    def _choose_near(self) -> None:
        self._select(bisect_left(self._matches.places, (self._editor.textCursor().selectionStart(), 0)))

    def _select(self, number: int) -> None:
        places = self._matches.places
        if not places:
            return
        self._current = number % len(places)
        cursor = self._editor.textCursor()
        cursor.setPosition(places[self._current][0])
        cursor.setPosition(places[self._current][1], QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._show()

    def _catch_up(self) -> None:
        if self._outdated:
            self._search()

    def _search(self) -> None:
        self._pause.stop()
        self._outdated = False
        bar = self.bar
        wanted = Wanted(bar.wanted(), bar.match_case(), bar.whole_word(), bar.is_pattern())
        text = self._editor.document().toRawText().replace("\u2029", "\n") if wanted.text else ""
        self._matches, self._current = Matches(text, wanted), -1
        cursor = self._editor.textCursor()
        selected = (cursor.selectionStart(), cursor.selectionEnd())
        place = bisect_left(self._matches.places, selected)
        if self._matches.places[place : place + 1] == [selected]:
            self._current = place
        self._show()

    def _show(self) -> None:
        matches = self._matches
        count = len(matches.places)
        if not self.bar.wanted():
            text = ""
        elif matches.problem:
            text = tr("Not a regular expression: {problem}", problem=matches.problem)
        elif not count:
            text = tr("No matches")
        else:
            shown = f"{count:,}" if matches.complete else f"{MOST:,}+"
            place = f"{self._current + 1:,}" if self._current >= 0 else "–"
            text = tr("{place} of {count}", place=place, count=shown)
        self.bar.show_count(text)
        self.bar.show_replaceable(any_match=bool(count))
        self.changed.emit()

    @Slot()
    def _replace(self) -> None:
        """Replace the match that is selected and go to the next; the first press only goes to one."""
        self._catch_up()
        if self._current < 0:
            self._choose_near()
            return
        place = self._matches.places[self._current]
        cursor = self._editor.textCursor()
        cursor.setPosition(place[0])
        cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(self._matches.replacement_at(place, self.bar.replacement()))
        self._editor.setTextCursor(cursor)
        self._search()
        self.next()

    @Slot()
    def _replace_all(self) -> None:
        """Replace every match, as one undo step."""
        self._catch_up()
        count = len(self._matches.places)
        start, end, text = self._matches.replaced(self.bar.replacement())
        cursor = self._editor.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self._editor.setTextCursor(cursor)
        self._search()
        shown = f"{count:,}" if count < MOST else f"{MOST:,}+"
        self.bar.show_count(tr("{count} replaced", count=shown))

    @Slot()
    def _on_wish_changed(self) -> None:
        self._search()
        self._choose_near()

    @Slot()
    def _on_text_changed(self) -> None:
        self._outdated = True
        if self.bar.isVisible():
            self._pause.start()

    @Slot()
    def _on_closed(self) -> None:
        self.changed.emit()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
