"""An editor for one text of a body: finds, lays JSON out anew, says where JSON and XML are broken.

A text that is too long to be edited is shown in another view, and sent as it is all the same.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.request.problem_strip import ProblemStrip
from firstlight.ui.request.text_checks import INLINE_LIMIT, TextProblem, laid_out, problem_in, text_work
from firstlight.ui.text.code_editor import CodeEditor
from firstlight.ui.text.editable import is_too_long

if TYPE_CHECKING:
    from firstlight.ui.text.long_text import LongText

_QUIET_MS = 200  # a check in the middle of a word would only flicker
_SMALLEST_PX = 20  # one line: in a low pane the bars around it keep their height
_CHECKED = frozenset({"json", "xml"})


class RawEditor(QWidget):
    """Edits a text in one language; `name` is the object name of the editor in it."""

    edited = Signal()
    checked = Signal()
    """A pause in typing, or another text: it has been looked at anew."""

    def __init__(self, name: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._language = language
        self._checking = self._laying_out = 0
        """The work in a thread whose answer is waited for; 0 for none."""
        self._long: LongText | None = None
        """What shows the text in the editor's place while it is too long."""
        self.editor = CodeEditor(self)
        self.editor.setObjectName(name)
        self.editor.limited = True
        self.editor.setMinimumHeight(_SMALLEST_PX)
        self.editor.use_language(self._language)
        self._strip = ProblemStrip(name, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.editor, 1)
        self._column.addWidget(self._strip)
        self._pause = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._pause.timeout.connect(self.check)
        self.editor.edited.connect(self._on_edited)
        self.editor.beautify_requested.connect(self.beautify)
        self.editor.find_requested.connect(self.open_find)
        self.editor.too_long.connect(self._on_too_long)
        self._strip.chosen.connect(self._on_problem_chosen)
        text_work.done.connect(self._on_work_done)
        self.setFocusProxy(self.editor)

    # --- the text ---

    def show_text(self, text: str, language: str = "") -> None:
        """Show another text; in another language, if one is named."""
        if text != self.text():
            self._leave_long()
            if is_too_long(text):
                self.editor.show_text("")
                self._go_long(text, undoable=False)
            else:
                self.editor.show_text(text)
        self.use_language(language or self._language)

    def text(self) -> str:
        """Return the text as it stands."""
        return self._long.text() if self._long else self.editor.text()

    def use_language(self, language: str) -> None:
        """Colour and check the text as `language`."""
        if self._long and language != self._language:
            self._long.show_text(self._long.text(), language, undoable=bool(self.editor.text()))
        self._language = language
        self.editor.use_language(language)
        self._show_problem(None)
        self._checking = 0
        self._pause.start()  # not at once: the checker is not needed for the first paint

    def _go_long(self, text: str, *, undoable: bool) -> None:
        from firstlight.ui.text.long_text import LongText

        had_focus = self.editor.hasFocus()
        self._long = self._long or self._make_long(LongText(self._name, self))
        self._long.show_text(text, self._language, undoable=undoable)
        self.editor.hide()
        if self.editor.finder is not None:
            self.editor.finder.bar.hide()
        self._long.show()
        if had_focus:
            self._long.setFocus()

    def _make_long(self, page: LongText) -> LongText:
        self._column.insertWidget(self._column.indexOf(self.editor), page, 1)
        page.replaced.connect(self._on_replaced)
        page.undo_requested.connect(self._on_long_undone)
        return page

    def _leave_long(self) -> None:
        if self._long:
            page, self._long = self._long, None
            had_focus = page.view.hasFocus()
            page.hide()
            page.deleteLater()
            self.editor.show()
            if had_focus:
                self.editor.setFocus()

    def _on_too_long(self, whole: str) -> None:
        self._go_long(whole, undoable=True)
        self._on_edited()

    def _on_replaced(self, text: str) -> None:
        if is_too_long(text):
            self._go_long(text, undoable=bool(self.editor.text()))
        else:
            self._leave_long()
            self.editor.replace_text(text)
        self._on_edited()

    def _on_long_undone(self) -> None:
        self._leave_long()
        self._on_edited()

    # --- checks and layout ---

    def check(self) -> None:
        """Look for the first problem and show it."""
        self._pause.stop()
        text = self.text() if self._language in _CHECKED else ""
        self._checking = 0
        if len(text) > INLINE_LIMIT:
            self._checking = text_work.start(partial(problem_in, text, self._language))
        else:
            self._show_problem(problem_in(text, self._language))
        self.checked.emit()

    def beautify(self) -> None:
        """Lay the JSON out anew as one undo step; a broken one gets the cursor where it breaks."""
        self._lay_out(minified=False)

    def minify(self) -> None:
        """Take the blanks out of the JSON, in the same way."""
        self._lay_out(minified=True)

    def _lay_out(self, *, minified: bool) -> None:
        text = self.text()
        self._laying_out = 0
        if self._language != "json" or not text.strip():
            return
        if len(text) > INLINE_LIMIT:
            self._laying_out = text_work.start(partial(laid_out, text, minified=minified))
        else:
            self._take_laid_out(laid_out(text, minified=minified))

    def _take_laid_out(self, found: str | TextProblem) -> None:
        if not isinstance(found, str):
            self._show_problem(found)
            self._on_problem_chosen()
        elif found != self.text():
            if self._long or is_too_long(found):
                self._on_replaced(found)
            else:
                self.editor.replace_text(found)
        if isinstance(found, str):
            self._show_problem(None)

    def _on_work_done(self, ticket: int, result: object) -> None:
        if ticket == self._checking:
            self._checking = 0
            self._show_problem(result)  # type: ignore[arg-type] # what problem_in returned
        elif ticket == self._laying_out:
            self._laying_out = 0
            self._take_laid_out(result)  # type: ignore[arg-type] # what laid_out returned

    def _show_problem(self, problem: TextProblem | None) -> None:
        self._strip.show_problem(problem)
        self.editor.show_problem(problem.line if problem else 0, problem.column if problem else 0)

    def _on_edited(self) -> None:
        self._checking = self._laying_out = 0
        self._pause.start()
        self.edited.emit()

    def _on_problem_chosen(self) -> None:
        problem = self._strip.problem
        if problem is not None and self._long:
            self._long.go_to(problem.offset)
        elif problem is not None:
            self.editor.go_to(problem.line, problem.column)

    # --- finding, words ---

    @Slot(bool)
    def open_find(self, replacing: bool = False) -> None:
        """Open the bar that finds, or finds and replaces."""
        if self._long:
            self._long.view.open_find()
            return
        if self.editor.finder is None:
            from firstlight.ui.text.editor_find import EditorFind

            self.editor.finder = EditorFind(self.editor)
            self.editor.finder.changed.connect(self.editor.viewport().update)
            self._column.insertWidget(0, self.editor.finder.bar)
            self.setTabOrder(self.editor.finder.bar.last_control, self.editor)
        self.editor.finder.open(replacing=replacing)

    def retranslate(self, name: str, placeholder: str) -> None:
        """Show all words in the language now in use; `name` says what is edited here."""
        self.editor.setAccessibleName(name)
        self.editor.setAccessibleDescription(tr("Tab indents. Ctrl+M lets Tab move to the next control."))
        self.editor.setPlaceholderText(placeholder)
        self._strip.retranslate()
