"""The box in a table's header that ticks all rows, or none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QTableView

from firstlight.texts import tr
from firstlight.ui.request.rows_model import RowsModel
from firstlight.ui.theme.tokens import SPACE


class TickAll(QCheckBox):
    """Stands over the column of ticks. By keyboard: Ctrl+A, then Space."""

    def __init__(self, table: QTableView, rows: RowsModel) -> None:  # type: ignore[type-arg]
        header = table.horizontalHeader()
        super().__init__(header.viewport())
        self._table = table
        self._rows = rows
        self.setTristate(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.sectionResized.connect(self._place)
        header.geometriesChanged.connect(self._place)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Show what the rows are: all, some, none; nothing while there are none."""
        ticks = {row.enabled for row in self._rows.rows()}
        state = Qt.CheckState.PartiallyChecked if len(ticks) == 2 else Qt.CheckState.Checked
        self.setCheckState(Qt.CheckState.Unchecked if ticks == {False} else state)
        self.setVisible(bool(ticks))
        self._place()

    def nextCheckState(self) -> None:
        """Tick all unless all are ticked."""
        rows = self._rows.rows()
        self._rows.tick(range(self._rows.rowCount()), enabled=not all(row.enabled for row in rows))

    def retranslate(self) -> None:
        """Say what it does in the language now in use."""
        self.setAccessibleName(tr(self._rows.tick_all_title))
        self.setToolTip(tr(self._rows.tick_all_hint))

    def _place(self) -> None:
        header = self._table.horizontalHeader()
        size = self.sizeHint()
        left = header.sectionViewportPosition(0) + 2 * SPACE  # where the ticks of the rows are
        self.setGeometry(left, (header.height() - size.height()) // 2, size.width(), size.height())
