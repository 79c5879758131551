"""A titled table of facts: a name and a value per line, the values to be selected and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from firstlight.ui.response.connection_facts import Fact
from firstlight.ui.theme.tokens import SPACE

_NAMES_PX = 170
"""One width for all tables of a page, so that their values stand in one line."""


class FactsTable(QWidget):
    """Hidden while there are no facts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(SPACE // 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, _NAMES_PX)

    def show_facts(self, title: str, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        while (entry := self._grid.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(bool(facts))
        self._grid.addWidget(self._label(title, "title"), 0, 0, 1, 2)
        for row, fact in enumerate(facts, start=1):
            name, value = self._label(fact.name, "caption"), self._label(fact.value, fact.kind)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(fact.name)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1)

    def _label(self, text: str, kind: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(text)
        label.setProperty("kind", kind)
        return label
