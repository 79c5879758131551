"""A description in Markdown: the text at the left, how it reads at the right. Nothing is loaded, from nowhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QTextBrowser, QWidget

from firstlight.texts import tr

_PAUSE_MS = 150
_WEB = frozenset({"http", "https", "mailto"})


class _Preview(QTextBrowser):
    """A browser that neither loads pictures nor follows links by itself."""

    def loadResource(self, _type: int, _name: QUrl | str) -> Any:
        return None


class DescriptionPart(QSplitter):
    """Edits one Markdown text."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("descriptionEdit")
        self._text.setTabChangesFocus(True)
        self._text.document().setDocumentMargin(16)
        self._preview = _Preview(self)
        self._preview.setObjectName("descriptionPreview")
        self._preview.setOpenLinks(False)
        self._preview.document().setDocumentMargin(16)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._show_preview)
        self._text.textChanged.connect(self._timer.start)
        self._text.textChanged.connect(self.edited)
        self._preview.anchorClicked.connect(_open)
        self.setSizes([1000, 1000])
        self.setFocusProxy(self._text)
        self.retranslate()

    def show_text(self, text: str) -> None:
        """Show another description."""
        if text != self.text():
            self._text.blockSignals(True)
            self._text.setPlainText(text)
            self._text.blockSignals(False)
        self._show_preview()

    def text(self) -> str:
        """Return what is on screen."""
        return self._text.toPlainText()

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._text.setPlaceholderText(tr("What this is for, in Markdown"))
        self._text.setAccessibleName(tr("Description"))
        self._preview.setAccessibleName(tr("Preview of the description"))

    def _show_preview(self) -> None:
        self._timer.stop()
        self._preview.setMarkdown(self.text())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _open(link: QUrl) -> None:
    """Open a link that the user clicked, in the system's browser; a file or a program never."""
    if link.scheme().lower() in _WEB:
        QDesktopServices.openUrl(link)
