"""The strip of figures over a stream: small label, value under it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from firstlight.ui.response.flow import FlowLayout
from firstlight.ui.response.stream_figures import ORDER, Figure
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE


class _Cell(QWidget):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._label, self._value = QLabel(self), QLabel(self)
        self._label.setProperty("kind", "caption")
        self._value.setObjectName(f"figure_{name}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addWidget(self._value)

    def show_figure(self, figure: Figure) -> None:
        self._label.setText(figure.label)
        if self._value.text() != figure.value:
            self._value.setText(figure.value)
        set_kind(self._value, "error" if figure.warn else "")
        self._value.setAccessibleName(figure.label)
        self.setToolTip(figure.help)


class FigureStrip(QFrame):
    """Shows named figures; cells are made once and kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._flow = FlowLayout(self, gap=3 * SPACE, row_gap=SPACE // 2)
        self._flow.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2 + 2)
        self._cells = {name: _Cell(name, self) for name in ORDER}
        for cell in self._cells.values():
            self._flow.addWidget(cell)
            cell.hide()

    def show_figures(self, figures: list[Figure]) -> None:
        """Show these, hide all others."""
        for figure in figures:
            self._cells[figure.name].show_figure(figure)
        shown = {figure.name for figure in figures}
        for name, cell in self._cells.items():
            cell.setVisible(name in shown)
