"""“How was this signed?”: the canonical request, the string to sign and the header, with what each is made of."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from firstlight.model.signing import Signing
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.signing.compare_box import CompareBox
from firstlight.ui.signing.steps import Step, introduction, steps
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.tokens import SPACE


class SigningDialog(QDialog):
    """Read only. `sent`: this is what was signed; otherwise what would be."""

    def __init__(self, signing: Signing, parent: QWidget | None = None, *, sent: bool) -> None:
        super().__init__(parent)
        self._signing = signing
        self._sent = sent
        self.setObjectName("signingDialog")
        self.resize(820, 700)
        page = QWidget(self)
        self._introduction = self._words(page)
        self._introduction.setObjectName("signingIntroduction")
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._introduction)
        self._parts = [StepPart(step, page) for step in steps(signing)]
        for part in self._parts:
            column.addWidget(part)
        self._compare = CompareBox(signing, page) if signing.canonical_request else None
        if self._compare is not None:
            column.addWidget(self._compare)
        column.addStretch(1)
        self._lay_out(page)
        self._retranslate()
        self._close.setFocus()

    def _words(self, parent: QWidget) -> QLabel:
        label = QLabel(parent)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _lay_out(self, page: QWidget) -> None:
        room = QScrollArea(self)
        know_viewport(room)
        room.setWidgetResizable(True)
        room.setFrameShape(QScrollArea.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(page)
        page.setAutoFillBackground(False)
        room.viewport().setAutoFillBackground(False)
        buttons = QDialogButtonBox(self)
        self._copy = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.setObjectName("copySigningButton")
        self._copy.setIcon(icon("copy"))
        self._copy.clicked.connect(self._on_copy)
        self._close = buttons.addButton("", QDialogButtonBox.ButtonRole.RejectRole)
        self._close.setDefault(True)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(room, 1)
        column.addLayout(foot)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("How was this signed?") if self._sent else tr("How is this signed?"))
        self._introduction.setText(introduction(self._signing, sent=self._sent))
        for part, step in zip(self._parts, steps(self._signing), strict=True):
            part.show_step(step)
        self._copy.setText(tr("Copy all"))
        self._copy.setToolTip(tr("Copy the texts with their titles; secrets are masked"))
        self._close.setText(tr("Close"))

    def _on_copy(self) -> None:
        told = (f"{step.title}\n{step.text}" for step in steps(self._signing))
        QGuiApplication.clipboard().setText("\n\n".join(told) + "\n")


class StepPart(QWidget):
    """One text with its title, its meaning and a button that copies it."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._meaning = QLabel(self), QLabel(self)
        self._title.setProperty("kind", "title")
        self._meaning.setProperty("kind", "caption")
        self._meaning.setWordWrap(True)
        self._copy = QPushButton(icon("copy"), "", self)
        self._copy.setProperty("kind", "flat")
        self._copy.setObjectName(f"{step.name}Copy")
        self._copy.clicked.connect(partial(QGuiApplication.clipboard().setText, step.text))
        self._text = QPlainTextEdit(step.text, self)
        self._text.setObjectName(step.name)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFont(mono_font())
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self._meaning)
        column.addWidget(self._text)
        self._fit(step.text)

    def _fit(self, text: str) -> None:
        """Be as high as the text needs; one long line is wrapped to two."""
        lines = text.count("\n") + 1 if "\n" in text else 2
        self._text.setFixedHeight(min(16, lines) * self._text.fontMetrics().lineSpacing() + 3 * SPACE)

    def show_step(self, step: Step) -> None:
        """Show the words in the language now in use."""
        self._title.setText(step.title)
        self._meaning.setText(step.meaning)
        self._text.setAccessibleName(step.title)
        self._text.setAccessibleDescription(step.meaning)
        self._copy.setText(tr("Copy"))
        self._copy.setAccessibleName(tr("Copy: {what}", what=step.title))
