"""Keeps the exact text of a document: Qt turns every line end into its own, and nobody may lose a byte by looking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextDocument


class ExactText:
    """The text that was shown, unchanged until someone edits it; line ends CR LF survive an edit as well."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self.shown("")

    def shown(self, text: str) -> None:
        """Remember what has just been put into the document."""
        self._given = self._text = text
        self._as_qt = self._document.toRawText()
        self._revision = self._document.revision()
        self._line_end = "\r\n" if "\r\n" in text and text.count("\r\n") == text.count("\n") else "\n"

    def read(self) -> str:
        """Return the text as given or as edited; read from the document only after a change."""
        revision = self._document.revision()
        if revision != self._revision:
            raw = self._document.toRawText()
            self._text = self._given if raw == self._as_qt else raw.replace("\u2029", self._line_end)
            self._revision = revision
        return self._text

    @contextmanager
    def same_text(self) -> Iterator[None]:
        """Let something be done that changes no letter, such as colouring: nothing is read anew because of it."""
        known = self._document.revision() == self._revision
        yield
        if known:
            self._revision = self._document.revision()

    def changed(self) -> bool:
        """Tell whether the text is another one than at the last look."""
        before = self._text
        return self.read() != before
