"""Paints the spans of highlight.py into a text document, one line at a time."""

from __future__ import annotations

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from firstlight.ui.text.highlight import spans_after, utf16, with_variables
from firstlight.ui.theme.current import theme_changed, tokens

MARKUP_LIMIT = 200_000
"""Characters: pygments reads 1 MB of HTML in a second, so a longer text of another language stays plain."""


class LineHighlighter(QSyntaxHighlighter):
    """Colours a document in a language that can change. The block state says "inside a comment"."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.language = "text"
        self._formats: dict[str, QTextCharFormat] = {}
        theme_changed.connect(self._on_theme_changed)

    def use_language(self, language: str) -> None:
        """Colour the document as `language` from now on."""
        if language != self.language:
            self.language = language
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        language = self.language
        if language != "json" and self.document().characterCount() > MARKUP_LIMIT:
            language = "text"
        colored, open_comment = spans_after(text, language, inside_comment=self.previousBlockState() == 1)
        self.setCurrentBlockState(int(open_comment))
        for span in with_variables(text, colored):
            start = utf16(text, span.start)
            self.setFormat(start, utf16(text, span.start + span.length) - start, self._format(span.color))

    def _format(self, color: str) -> QTextCharFormat:
        if color not in self._formats:
            made = QTextCharFormat()
            made.setForeground(QColor(getattr(tokens(), color)))
            self._formats[color] = made
        return self._formats[color]

    def _on_theme_changed(self) -> None:
        self._formats.clear()
        self.rehighlight()
