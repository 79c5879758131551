"""The Headers table's rows: a literal value under a secret name is hidden until it is edited."""

from __future__ import annotations

from PySide6.QtCore import QObject

from firstlight.model.request import Header
from firstlight.model.secrets import Masker
from firstlight.ui.request.columns import KEY_VALUE
from firstlight.ui.request.rows_model import RowsModel


class HeadersModel(RowsModel[Header]):
    """Rows that become header lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Header(name=""), KEY_VALUE, parent)

    def shown_text(self, row: Header, field: str) -> str:
        text = super().shown_text(row, field)
        # A reference such as {{secret:token}} or {{token}} gives nothing away.
        if field != "value" or not text or "{{" in text:
            return text
        return Masker().mask_header(row.name.strip(), text)
