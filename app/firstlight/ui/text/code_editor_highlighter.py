"""Paints the spans of highlight.py into a text document, one line at a time."""

from __future__ import annotations

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.text.highlight import spans_after, utf16, with_variables
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.variables.looks import looks

MARKUP_LIMIT = 200_000
"""Characters: pygments reads 1 MB of HTML in a second, so a longer text of another language stays plain."""
_LAZY_LIMIT = 100_000
"""Characters: colouring 1 MB of JSON takes 0.6 s, so of a longer text only the lines that are seen are coloured."""
_BY_COMMENTS = frozenset({"xml", "html", "javascript"})
"""Languages in which the colours of a line follow from the lines before it."""
_UNSEEN, _PLAIN, _COMMENT = -1, 0, 1
"""States of a block; Qt begins with the first."""


class LineHighlighter(QSyntaxHighlighter):
    """Colours a document in a language that can change. The block state says "inside a comment", or "not yet"."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.language = "text"
        self._seen = range(0)
        self.resting = False
        """Nothing is coloured while a long text is put in; `see` colours afterwards."""
        self.known: KnownVariables | None = None
        """Tells references that have a value from those that lack it."""
        self._formats: dict[str, QTextCharFormat] = {}
        theme_changed.connect(self._on_theme_changed)

    def use_language(self, language: str) -> None:
        """Colour the document as `language` from now on."""
        if language != self.language:
            self.language = language
            self.rehighlight()

    def see(self, first: int, last: int) -> None:
        """Colour these lines if they were left plain so far."""
        self._seen = range(first, last + 1)
        if not self.is_long():
            return
        block = self.document().findBlockByNumber(first)
        while block.isValid() and block.blockNumber() <= last:
            if block.userState() == _UNSEEN:
                self.rehighlightBlock(block)
            block = block.next()

    def forget(self) -> bool:
        """Leave all lines of a long text plain until they are seen anew; False: this text is not long."""
        if not self.is_long():
            return False
        block = self.document().begin()
        while block.isValid():
            block.setUserState(_UNSEEN)
            block = block.next()
        self.see(self._seen.start, self._seen.stop - 1)
        return True

    def rests_for(self, text: str) -> bool:
        """Tell whether `text` is better coloured later, where it is seen."""
        return len(text) > _LAZY_LIMIT and self.language not in _BY_COMMENTS

    def is_long(self) -> bool:
        """Tell whether only the lines that are seen are coloured."""
        return self.document().characterCount() > _LAZY_LIMIT and self.language not in _BY_COMMENTS

    def highlightBlock(self, text: str) -> None:
        if self.resting:
            self.setCurrentBlockState(_UNSEEN)
            return
        language = self.language
        if self.is_long() and self.currentBlock().blockNumber() not in self._seen:
            self.setCurrentBlockState(_UNSEEN)
            return
        if language != "json" and self.document().characterCount() > MARKUP_LIMIT:
            language = "text"
        colored, open_comment = spans_after(text, language, inside_comment=self.previousBlockState() == _COMMENT)
        self.setCurrentBlockState(_COMMENT if open_comment else _PLAIN)
        for span in with_variables(text, colored):
            self._paint(text, span.start, span.start + span.length, self._format(span.color))
        if self.known is not None and "{{" in text:
            for start, end, look in looks(text, self.known):
                self._paint(text, start, end, look)

    def _paint(self, text: str, start: int, end: int, look: QTextCharFormat) -> None:
        first = utf16(text, start)
        self.setFormat(first, utf16(text, end) - first, look)

    def _format(self, color: str) -> QTextCharFormat:
        if color not in self._formats:
            made = QTextCharFormat()
            made.setForeground(QColor(getattr(tokens(), color)))
            self._formats[color] = made
        return self._formats[color]

    def _on_theme_changed(self) -> None:
        self._formats.clear()
        self.rehighlight()
