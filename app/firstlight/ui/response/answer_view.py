"""The joined text of a stream as it grows: reasoning in a section that folds, the answer below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.response.record import Answer, ExchangeRecord
from firstlight.ui.text.text_view import TextView
from firstlight.ui.theme.tokens import SPACE

_LEAST_PX = 48
_REASONING_SHARE = 0.45


class AnswerView(QWidget):
    """Follows the end of both texts until the user scrolls up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: ExchangeRecord | None = None
        self._choice = 0
        self._fold = QToolButton(self)
        self._fold.setObjectName("reasoningFold")
        self._fold.setProperty("kind", "flat")
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.clicked.connect(self._on_fold)
        self._unfolded = True
        self._choices = QComboBox(self)
        self._choices.setObjectName("choiceCombo")
        self._choices.activated.connect(self._on_choice)
        self._reasoning = self._text("reasoningText")
        self._answer = self._text("streamText")
        self._under_reasoning = self._frame()
        self._under_reasoning.setFixedHeight(1)
        self._bar = self._frame()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(SPACE, 2, SPACE, 2)
        row.addWidget(self._fold)
        row.addStretch(1)
        row.addWidget(self._choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._reasoning)
        column.addWidget(self._under_reasoning)
        column.addWidget(self._answer, 1)
        self._retranslate()

    def _frame(self) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("kind", "bar")
        return frame

    def _text(self, name: str) -> TextView:
        view = TextView(self, mono=False)
        view.setObjectName(name)
        view.setMinimumHeight(_LEAST_PX)
        view.follow()
        return view

    def restart(self, record: ExchangeRecord) -> None:
        """Show another stream from its start."""
        self._record, self._choice = record, 0
        self._choices.clear()
        for view in (self._reasoning, self._answer):
            view.clear()
            view.follow()
        self.grow()

    def grow(self) -> None:
        """Show the text that has come since."""
        if self._record is None:
            return
        answer = self._record.answers.get(self._choice)
        if answer is not None:
            _catch_up(self._answer, answer.text)
            _catch_up(self._reasoning, answer.reasoning)
        if self._choices.count() != len(self._record.answers):
            self._fill_choices(self._record.answers)
        self._show_parts(answer)
        if not self._answer.source.size:
            self._show_placeholder(self._record)

    def _show_placeholder(self, record: ExchangeRecord) -> None:
        ended = record.end is not None
        self._answer.set_placeholder(
            tr("This answer is no stream; see Body.") if ended else tr("No text has arrived yet.")
        )

    def _show_parts(self, answer: Answer | None) -> None:
        reasons = bool(answer and answer.reasoning)
        self._fold.setVisible(reasons)
        self._choices.setVisible(self._choices.count() > 1)
        self._bar.setVisible(reasons or self._choices.count() > 1)
        self._reasoning.setVisible(reasons and self._unfolded)
        self._under_reasoning.setVisible(reasons and self._unfolded)
        if reasons and self._unfolded:
            self._fit_reasoning()

    def _fit_reasoning(self) -> None:
        """Give the reasoning the height it needs, up to a share of the whole; the answer gets the rest."""
        most = max(_LEAST_PX, int(self.height() * _REASONING_SHARE))
        self._reasoning.setFixedHeight(max(_LEAST_PX, min(most, self._reasoning.height_needed(most))))

    def _fill_choices(self, answers: dict[int, Answer]) -> None:
        self._choices.clear()
        for index in sorted(answers):
            self._choices.addItem(tr("Choice {number}", number=index + 1), index)
        self._choices.setCurrentIndex(max(0, self._choices.findData(self._choice)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @Slot()
    def _on_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_fold()
        self.grow()

    def _show_fold(self) -> None:
        self._fold.setIcon(icon("chevron-down" if self._unfolded else "chevron-right"))
        self._fold.setAccessibleDescription(tr("unfolded") if self._unfolded else tr("folded"))

    @Slot(int)
    def _on_choice(self, index: int) -> None:
        self._choice = self._choices.itemData(index)
        self._answer.clear()
        self._reasoning.clear()
        self.grow()

    def _retranslate(self) -> None:
        self._fold.setText(tr("Reasoning"))
        self._fold.setToolTip(tr("Show or hide what the model thought before it answered"))
        self._show_fold()
        self._choices.setAccessibleName(tr("Choice"))
        self._reasoning.setAccessibleName(tr("Reasoning"))
        self._answer.setAccessibleName(tr("Answer"))
        if self._record is not None:
            self._fill_choices(self._record.answers)
            self._show_placeholder(self._record)
            self.grow()


def _catch_up(view: TextView, text: bytearray) -> None:
    if view.source.size < len(text):
        view.append(bytes(text[view.source.size :]))
