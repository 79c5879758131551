"""The line under an editor that says where its text is broken; a click goes there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.request.text_checks import TextProblem
from firstlight.ui.theme.tokens import SPACE


class ProblemStrip(QFrame):
    """Hidden while there is no problem."""

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem: TextProblem | None = None
        self._button = QPushButton(icon("alert", "error"), "", self)
        self._button.setObjectName(f"{name}Problem")
        self._button.setProperty("kind", "flat")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.addWidget(self._button)
        row.addStretch(1)
        self._button.clicked.connect(self.chosen)
        self.hide()

    def show_problem(self, problem: TextProblem | None) -> None:
        """Say what is wrong; None for nothing."""
        self.problem = problem
        self.retranslate()
        self.setVisible(problem is not None)

    def retranslate(self) -> None:
        """Say it in the language now in use."""
        self._button.setToolTip(tr("Go there"))
        if self.problem is not None:
            line, column, message = self.problem.line, self.problem.column, tr(self.problem.message)
            told = tr("Line {line}, column {column}: {message}", line=line, column=column, message=message)
            self._button.setText(told)
