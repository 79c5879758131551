"""Colours of a whole snippet: strings of several lines need the lines before them, so pygments reads it at once."""

from __future__ import annotations

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from firstlight.ui.text.highlight import Span, token_color, utf16
from firstlight.ui.theme.current import theme_changed, tokens

_LONGEST = 200_000  # characters; pygments reads them in 0.2 s


class SnippetHighlighter(QSyntaxHighlighter):
    """Paints what `read` found; the document must hold that text."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._lines: list[list[Span]] = []
        theme_changed.connect(self.rehighlight)

    def read(self, text: str, language: str) -> None:
        """Find the colours of `text`, which is shown next."""
        self._lines = _colored_lines(text, language) if len(text) <= _LONGEST else []

    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        for span in self._lines[number] if number < len(self._lines) else ():
            look = QTextCharFormat()
            look.setForeground(QColor(getattr(tokens(), span.color)))
            start = utf16(text, span.start)
            self.setFormat(start, utf16(text, span.start + span.length) - start, look)


def _colored_lines(text: str, language: str) -> list[list[Span]]:
    from pygments.lexers import get_lexer_by_name

    lines: list[list[Span]] = [[]]
    column = 0
    for _at, kind, value in get_lexer_by_name(language).get_tokens_unprocessed(text):
        color = token_color(kind)
        first, *more = value.split("\n")
        for position, piece in enumerate((first, *more)):
            if position:
                lines.append([])
                column = 0
            if color and piece:
                lines[-1].append(Span(column, len(piece), color))
            column += len(piece)
    return lines
