"""An editor for one text of a body, and for JSON a line that says where it is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.request.json_checks import INLINE_LIMIT, json_checks, problem_in
from firstlight.ui.text.code_editor import CodeEditor
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.views.json_format import JsonProblem

CHECK_LIMIT = 1_000_000
"""Characters: a longer body is not checked while typing."""
_QUIET_MS = 200  # a check in the middle of a word would only flicker


class RawEditor(QWidget):
    """Edits a text in one language; `name` is the object name of the editor in it."""

    edited = Signal()

    def __init__(self, name: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._problem_at = (0, 0)
        self._ticket = 0
        """The check in a thread whose answer is waited for; 0 for none."""
        self.editor = CodeEditor(self)
        self.editor.setObjectName(name)
        self.editor.use_language(self._language)
        self._strip = QFrame(self)
        self._problem = QPushButton(icon("alert", "error"), "", self._strip)
        self._problem.setObjectName(f"{name}Problem")
        self._problem.setProperty("kind", "flat")
        self._strip.hide()
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        strip.addWidget(self._problem)
        strip.addStretch(1)
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
        json_checks.checked.connect(self._on_checked)
        self._problem.clicked.connect(self._on_problem_clicked)
        self.setFocusProxy(self.editor)

    def show_text(self, text: str, language: str = "") -> None:
        """Show another text; in another language, if one is named."""
        if text != self.editor.text():
            self.editor.show_text(text)
        self.use_language(language or self._language)

    def text(self) -> str:
        """Return the text as it stands."""
        return self.editor.text()

    def use_language(self, language: str) -> None:
        """Colour and check the text as `language`."""
        self._language = language
        self.editor.use_language(language)
        self._clear_problem()
        self._ticket = 0
        self._pause.start()  # not at once: the checker is not needed for the first paint

    def check(self) -> None:
        """Look for the first problem of a JSON body and show it."""
        self._pause.stop()
        text = self.editor.text()
        self._ticket = 0
        if self._language != "json" or len(text) > CHECK_LIMIT:
            self._show_result(None)
        elif len(text) > INLINE_LIMIT:
            self._ticket = json_checks.start(text)
        else:
            self._show_result(problem_in(text))

    def beautify(self) -> None:
        """Lay the JSON out anew as one undo step; a broken one gets the cursor where it breaks."""
        text = self.editor.text()
        if self._language != "json" or not text.strip():
            return
        problem = problem_in(text)
        if problem is not None:
            self._show_result(problem)
            self.editor.go_to(problem.line, problem.column)
            return
        beautified = _beautified(text)
        if beautified != text:
            self.editor.replace_text(beautified)
        self._clear_problem()

    @Slot(bool)
    def open_find(self, replacing: bool = False) -> None:
        """Open the bar that finds, or finds and replaces."""
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
        self._problem.setToolTip(tr("Go there"))
        if self._strip.isVisibleTo(self):
            self.check()

    def _show_result(self, problem: JsonProblem | None) -> None:
        if problem is None:
            self._clear_problem()
            return
        line, column = self._problem_at = (problem.line, problem.column)
        message = tr(problem.message)
        self._problem.setText(tr("Line {line}, column {column}: {message}", line=line, column=column, message=message))
        self._strip.show()
        self.editor.show_problem(line, column)

    def _clear_problem(self) -> None:
        self._strip.hide()
        self.editor.show_problem(0, 0)

    def _on_checked(self, ticket: int, problem: JsonProblem | None) -> None:
        if ticket == self._ticket:
            self._show_result(problem)

    def _on_edited(self) -> None:
        self._ticket = 0
        self._pause.start()
        self.edited.emit()

    def _on_problem_clicked(self) -> None:
        self.editor.go_to(*self._problem_at)


def _beautified(text: str) -> str:
    """Return `text` indented by two blanks; no digit, escape or variable changes."""
    from firstlight.views.json_format import format_json

    return format_json(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")
