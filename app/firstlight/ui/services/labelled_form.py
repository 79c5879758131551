"""A form of labelled inputs with a sentence under each, that scrolls where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, SPACE

_WIDEST_PX = 640
_NO_LIMIT = 16_777_215
"""Qt's own (QWIDGETSIZE_MAX)."""


class LabelledForm(QScrollArea):
    """Add rows with `add`; `label` gives a row its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        know_viewport(self)
        self.page = QWidget(self.viewport())
        self.page.setMaximumWidth(_WIDEST_PX)
        self._labels: dict[QWidget, QLabel] = {}
        self._helps: dict[QWidget, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(SPACE // 2)
        self._grid.setColumnStretch(1, 1)
        self._column = column = QVBoxLayout(self.page)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.page)
        self.page.setAutoFillBackground(False)  # setWidget turns it on: the page would be grey
        self.viewport().setAutoFillBackground(False)

    def be_part_of_page(self) -> None:
        """Begin where what stands above begins, and take the whole width."""
        self._column.setContentsMargins(0, SPACE, 0, SPACE)
        self.page.setMaximumWidth(_NO_LIMIT)

    def label_width(self) -> int:
        """Return what the labels need."""
        return max((label.sizeHint().width() for label in self._labels.values()), default=0)

    def set_label_width(self, width_px: int) -> None:
        """Give the column of labels a width, so that forms below each other line up."""
        self._grid.setColumnMinimumWidth(0, width_px)

    def add(self, entry: QWidget, name: str) -> None:
        """Add an input, whose object name becomes `name`."""
        row = self._grid.rowCount()
        label, note = QLabel(self.page), QLabel(self.page)
        label.setBuddy(entry)
        label.setMinimumHeight(CONTROL_HEIGHT)
        note.setProperty("kind", "caption")
        note.setWordWrap(True)
        entry.setObjectName(name)
        self._labels[entry], self._helps[entry] = label, note
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(entry, row, 1)
        self._grid.addWidget(note, row + 1, 1)
        self._grid.setRowMinimumHeight(row + 2, SPACE // 2)

    def show_row(self, entry: QWidget, *, on: bool) -> None:
        """Show or hide a row."""
        note = self._helps[entry]
        for widget in (self._labels[entry], entry):
            widget.setVisible(on)
        note.setVisible(on and bool(note.text()))

    def add_below(self, widget: QWidget) -> None:
        """Put something under the rows, over their whole width."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def label(self, entry: QWidget, words: str, help_: str = "", *, alarm: str = "") -> None:
        """Give a row its label and the sentence below it; `alarm` is shown in red in its place."""
        label, note = self._labels[entry], self._helps[entry]
        label.setText(words)
        entry.setAccessibleName(words)
        entry.setAccessibleDescription(alarm or help_)
        note.setText(alarm or help_)
        note.setVisible(bool(alarm or help_))
        set_kind(note, "error" if alarm else "caption")
