"""Edits a Markdown text, with a preview beside a click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from firstlight.texts import tr
from firstlight.ui.text.markdown_view import MarkdownView
from firstlight.ui.theme.tokens import SPACE

_WRITE, _PREVIEW = range(2)


class MarkdownEdit(QWidget):
    """Shows the preview of a text that is there, and the cursor where there is none yet."""

    edited = Signal()
    """The user typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = QPlainTextEdit(self)
        self._edit.setObjectName("descriptionEdit")
        self._edit.setTabChangesFocus(True)
        self._view = MarkdownView(self)
        self._view.setObjectName("descriptionView")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._edit)
        self._stack.addWidget(self._view)
        self._choice = QButtonGroup(self)
        self._write = self._button("descriptionWriteButton", _WRITE)
        self._preview = self._button("descriptionPreviewButton", _PREVIEW)
        self._filling = False
        self._shown = ""
        """What was shown: an editor turns some characters into others, which is no reason to save them."""
        self._lay_out()
        self._choice.idToggled.connect(self._on_chosen)
        self._edit.textChanged.connect(self._on_text_changed)
        self._write.setChecked(True)
        self._retranslate()

    def _button(self, name: str, page: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("kind", "flat")
        button.setCheckable(True)
        self._choice.addButton(button, page)
        return button

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        bar.setSpacing(SPACE // 2)
        bar.addWidget(self._write)
        bar.addWidget(self._preview)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)
        for page in (self._edit, self._view):
            page.document().setDocumentMargin(2 * SPACE)

    def show_text(self, text: str) -> None:
        """Show another text; what stands there already keeps its cursor."""
        if text == self._shown:
            return
        self._shown = text
        self._filling = True
        self._edit.setPlainText(text)
        self._filling = False
        (self._preview if text else self._write).setChecked(True)
        self._view.show_text(text)

    def text(self) -> str:
        """Return the text as it stands."""
        return self._shown

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._write.setText(tr("Write"))
        self._preview.setText(tr("Preview"))
        self._edit.setPlaceholderText(tr("What is this for? Markdown: **bold**, `code`, - lists, [links](https://…)"))
        self._edit.setAccessibleName(tr("Description"))
        self._view.setAccessibleName(tr("Preview of the description"))

    @Slot(int, bool)
    def _on_chosen(self, page: int, chosen: bool) -> None:
        if not chosen:
            return
        if page == _PREVIEW:
            self._view.show_text(self._shown)
        self._stack.setCurrentIndex(page)
        if page == _WRITE and self.isVisible():
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._filling:
            self._shown = self._edit.toPlainText()
            self.edited.emit()
