"""One row of the Settings dialog: label, input, way back to the default, help, what is wrong."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from firstlight.texts import Phrase, tr
from firstlight.ui.icons import icon
from firstlight.ui.settings.inputs import FileInput, make_input
from firstlight.ui.settings.table import Setting
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, SPACE

_LABEL_PX = (106, 190)
"""In a narrow dialog labels take a second line."""
_INPUT_PX = 300


class SettingRow(QWidget):
    """Shows one setting. It knows its default, not where values are kept."""

    changed = Signal(object, object)
    """(the setting, its new value)"""
    file_requested = Signal(object)

    def __init__(self, setting: Setting, default: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self._default = default
        self.value = default
        """What is shown."""
        self._problem_text = Phrase()
        self.input = make_input(setting, self._on_given, self)
        self._label, self._help, self._problem = QLabel(self), QLabel(self), QLabel(self)
        self._reset = QToolButton(self)
        self._reset.setProperty("kind", "flat")
        self._reset.setIcon(icon("undo"))
        self._reset.clicked.connect(lambda: self._on_given(self._default))
        self.input.target.setObjectName(setting.name)
        self._label.setBuddy(self.input.target)
        if isinstance(self.input, FileInput):
            self.input.browse.clicked.connect(lambda: self.file_requested.emit(self))
        self._lay_out()
        self.show_value(default)
        self.retranslate()

    def _lay_out(self) -> None:
        self._help.setProperty("kind", "caption")
        self._problem.setProperty("kind", "error")
        self._problem.setObjectName(f"{self.setting.name}Problem")
        for label in (self._help, self._problem):
            label.setWordWrap(True)
        field = cast(QWidget, self.input)
        self._label.setMinimumSize(_LABEL_PX[0], CONTROL_HEIGHT)
        self._label.setMaximumWidth(_LABEL_PX[1])
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # all rows alike
        self._label.setWordWrap(True)
        if self.setting.kind != "switch":  # whose whole width would take the click
            field.setFixedWidth(_INPUT_PX)
        keeps_place = self._reset.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(keeps_place)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, SPACE)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(field, 0, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnMinimumWidth(1, _INPUT_PX)
        grid.addWidget(self._reset, 0, 2)
        grid.addWidget(self._help, 1, 1, 1, 2)
        grid.addWidget(self._problem, 2, 1, 1, 2)
        grid.setColumnStretch(0, _LABEL_PX[1])
        grid.setColumnStretch(3, 1)

    def show_value(self, value: Any) -> None:
        """Show `value`."""
        self.value = value
        self.input.show_value(value)
        self._reset.setVisible(value != self._default)

    def show_problem(self, problem: Phrase) -> None:
        """Say below the input what is wrong with it; an empty phrase takes that back."""
        self._problem_text = problem
        self._problem.setText(tr(problem))
        self._problem.setVisible(bool(problem))

    def take(self, value: Any) -> None:
        """Take a value that was found for the user."""
        self._on_given(value)

    def matches(self, words: str) -> bool:
        """Tell whether label or help, as shown, contain `words`."""
        shown = f"{self._label.text()} {self._help.text()} {self.setting.name}".casefold()
        return all(word in shown for word in words.casefold().split())

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        setting, target = self.setting, self.input.target
        self._label.setText(tr(setting.label))
        self._help.setText(tr(setting.help))
        self._help.setVisible(bool(setting.help))
        self._reset.setToolTip(tr("Back to the default"))
        self._reset.setAccessibleName(tr("{setting}: back to the default", setting=tr(setting.label)))
        target.setAccessibleName(tr(setting.label))
        target.setAccessibleDescription(tr(setting.help))
        self.input.retranslate()
        self.show_problem(self._problem_text)

    def _on_given(self, value: Any) -> None:
        if value != self.value:
            self.show_value(value)
            self.changed.emit(self.setting, value)
