"""Shows how the file on the disk differs from what a tab would save."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.tokens import SPACE

_COLORS = {"+": "ok", "-": "error", "@": "info"}


class DifferenceDialog(QDialog):
    """Read only; closing it decides nothing."""

    def __init__(self, path: str, lines: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differenceDialog")
        self.setWindowTitle(tr("Differences"))
        self.resize(760, 520)
        head = QLabel(path, self)
        head.setProperty("kind", "mono")
        text = QPlainTextEdit(self)
        text.setObjectName("differenceView")
        text.setAccessibleName(tr("Differences"))
        text.setReadOnly(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setFont(mono_font())
        text.setPlainText("\n".join(lines) or tr("No difference that would be saved."))
        self._colors = _Colors(text.document())
        legend = QLabel(tr("Lines with − stand on the disk, lines with + in this tab. Secrets are not shown."), self)
        legend.setProperty("kind", "caption")
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for widget in (head, text, legend, buttons):
            column.addWidget(widget)


class _Colors(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        theme_changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        if (color := _COLORS.get(text[:1])) is not None:
            shape = QTextCharFormat()
            shape.setForeground(QColor(getattr(tokens(), color)))
            self.setFormat(0, len(text), shape)
