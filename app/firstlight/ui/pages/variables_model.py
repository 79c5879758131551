"""The rows of a table of variables: a literal secret value is hidden until it is edited or revealed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from firstlight.model.collection import VariableRow
from firstlight.model.secrets import MASK
from firstlight.texts import N_, tr
from firstlight.ui.request.columns import DESCRIPTION, REMOVE, TICK, VALUE, Column
from firstlight.ui.request.rows_model import RowsModel

_COLUMNS = (
    TICK,
    Column(kind="text", field="name", title=N_("Variable"), share=3),
    VALUE,
    Column(kind="choice", field="secret", title=N_("Type"), share=2),
    DESCRIPTION,
    REMOVE,
)
TYPES = ((False, N_("Plain")), (True, N_("Secret")))


class VariablesModel(RowsModel[VariableRow]):
    """Rows of an environment, a collection, a folder or the workspace."""

    tick_title = N_("Use this row")
    tick_all_title = N_("Use all rows")
    tick_all_hint = N_("Use all rows, or none (Ctrl+A, then Space)")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(VariableRow(name=""), _COLUMNS, parent)
        self._revealed = False

    def reveal(self, revealed: bool) -> None:
        """Show the values of secret rows, or hide them."""
        self._revealed = revealed
        self.retranslate()

    def set_secret(self, position: int, secret: bool) -> None:
        """Make a row secret, or not."""
        self.put(position, replace(self.row_at(position), secret=secret))

    def shown_text(self, row: VariableRow, field: str) -> str:
        if field == "secret":
            return "" if row == self.blank else tr(dict(TYPES)[row.secret])
        text = super().shown_text(row, field)
        # A reference such as {{secret:token}} gives nothing away.
        hidden = field == "value" and row.secret and text and "{{" not in text and not self._revealed
        return MASK if hidden else text

    def tooltip(self, row: VariableRow, field: str) -> str:
        return tr("Masked on screen; saving moves the value to the secret store") if row.secret else ""
