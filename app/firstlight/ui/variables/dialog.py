"""Shows the value of one variable and where it stands; there, or in a stronger place, it can be set."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight.store.variable_places import VariablePlace
from firstlight.texts import tr
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.theme.tokens import SPACE
from firstlight.ui.variables.entries import ORIGINS

_WIDTH = 480


class VariableDialog(QDialog):
    """The value may refer to other variables: `known` says which there are."""

    def __init__(
        self,
        name: str,
        places: Sequence[VariablePlace],
        chosen: int,
        known: KnownVariables,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("variableDialog")
        self.setWindowTitle(tr("Variable {name}", name=f"{{{{{name}}}}}"))
        self.setMinimumWidth(_WIDTH)
        self.known = known
        self._shown = places
        self._value = OneLineEdit(self)
        self._value.setObjectName("variableValueEdit")
        self._places = QComboBox(self)
        self._places.setObjectName("variablePlaceCombo")
        for place in places:
            self._places.addItem(f"{tr(ORIGINS[place.kind])}: {place.name}")
        self._note = QLabel(self)
        self._note.setProperty("kind", "caption")
        self._note.setWordWrap(True)
        self._keep = QPushButton(tr("Save"), self)
        self._keep.setObjectName("variableSaveButton")
        self._keep.setProperty("kind", "primary")
        self._keep.setDefault(True)
        self._keep.clicked.connect(self.accept)
        self._cancel = QPushButton(tr("Cancel"), self)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._lay_out()
        self._places.currentIndexChanged.connect(self._on_place_chosen)
        self._places.setCurrentIndex(chosen)
        self._on_place_chosen(chosen)
        self._value.setFocus()

    def place(self) -> VariablePlace:
        """Return where the value is to be written."""
        return self._shown[self._places.currentIndex()]

    def value(self) -> str:
        """Return what was typed."""
        return self._value.text()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        for row, (text, widget) in enumerate(((tr("Value"), self._value), (tr("Kept in"), self._places))):
            label = QLabel(text, self)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(self._note, 2, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(grid)
        column.addLayout(buttons)

    def _on_place_chosen(self, position: int) -> None:
        """Show the value that the place holds; what was typed goes along to a place that holds none."""
        value = self._shown[position].value
        if value is not None:
            self._value.setText(value)
            self._value.selectAll()
            self._note.setText(tr("The value here is replaced."))
        else:
            self._note.setText(tr("A new variable is made here."))
