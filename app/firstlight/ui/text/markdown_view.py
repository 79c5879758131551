"""Shows Markdown. Nothing is loaded from the network or the disk, and no HTML inside it is obeyed."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class MarkdownView(QTextBrowser):
    """Read only. A link opens in the system's browser when it is clicked, web addresses only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_link)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.document().setMarkdown(text, _FEATURES)

    def loadResource(self, _kind: int, _name: QUrl | str) -> QByteArray:
        """Return nothing: a picture in a description must not tell its host who reads it."""
        return QByteArray()

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
