"""Import cURL…: a field for the command, and below it what it means while it is typed or pasted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from firstlight.formats.error import FormatError
from firstlight.formats.reading import Reading
from firstlight.model.urls import full_url
from firstlight.texts import Phrase, tr
from firstlight.ui.importing.notice import short_list
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.method_color import method_color
from firstlight.ui.theme.tokens import SPACE

_SIZE = QSize(720, 460)


class ImportDialog(QDialog):
    """Reads what stands in its field with `read` and shows the outcome. `reading()` is what was agreed to."""

    def __init__(self, read: Callable[[str], Reading], clipboard: str, parent: QWidget | None = None) -> None:
        """`clipboard` is put into the field when it can be read."""
        super().__init__(parent)
        self.setObjectName("importDialog")
        self._read = read
        self._reading: Reading | None = None
        self._hint, self._method, self._url, self._notes = (QLabel(self) for _ in range(4))
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("importEdit")
        self._text.setFont(mono_font())
        self._text.setTabChangesFocus(True)
        self._ok, self._cancel = QPushButton(self), QPushButton(self)
        self._ok.setObjectName("importAcceptButton")
        self._ok.setProperty("kind", "primary")
        self._ok.setDefault(True)
        self._cancel.setAutoDefault(False)
        self._lay_out()
        self._ok.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._text.textChanged.connect(self._on_text_changed)
        if self._understood(clipboard) is not None:
            self._text.setPlainText(clipboard)
            self._text.selectAll()
        self._retranslate()
        self.resize(_SIZE)

    def _lay_out(self) -> None:
        self._method.setObjectName("importMethod")
        self._url.setObjectName("importUrl")
        self._notes.setObjectName("importNotes")
        for label in (self._url, self._notes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._hint.setProperty("kind", "caption")
        self._hint.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        line.addWidget(self._method, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._url, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._hint)
        column.addWidget(self._text, 1)
        column.addLayout(line)
        column.addWidget(self._notes)
        column.addSpacing(SPACE)
        column.addLayout(buttons)

    def reading(self) -> Reading | None:
        """Return what stands in the field, read; None: it cannot be read."""
        return self._reading

    def _understood(self, text: str) -> Reading | None:
        try:
            return self._read(text)
        except FormatError:
            return None

    @Slot()
    def _on_text_changed(self) -> None:
        self._show_reading()

    def _show_reading(self) -> None:
        text = self._text.toPlainText()
        notes: tuple[Phrase, ...] = ()
        self._reading = None
        try:
            self._reading = self._read(text)
            notes = self._reading.notes
        except FormatError as error:
            notes = (error.reason,) if text.strip() else ()
        request = self._reading.requests[0] if self._reading else None
        self._method.setVisible(request is not None)
        self._method.setText(request.method if request else "")
        self._method.setStyleSheet(f"color: {method_color(request.method)}; font-weight: 600" if request else "")
        self._url.setText(_shortened(full_url(request)) if request else "")
        self._notes.setText("\n".join(short_list([tr(note) for note in notes])))
        self._ok.setEnabled(request is not None)

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("Import cURL"))
        self._hint.setText(
            tr("Paste a command from a terminal, a browser's developer tools, Postman or a manual, for any shell.")
        )
        self._text.setPlaceholderText("curl https://…")
        self._text.setAccessibleName(tr("cURL command"))
        self._ok.setText(tr("Import"))
        self._cancel.setText(tr("Cancel"))
        self._show_reading()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _shortened(url: str) -> str:
    return url if len(url) <= 300 else f"{url[:300]}…"
