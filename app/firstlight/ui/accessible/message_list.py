"""MessageTable for assistive technology: a list whose value is the picked message."""

from __future__ import annotations

from typing import cast

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget

from firstlight.texts import trn
from firstlight.ui.response.message_table import MessageTable


class AccessibleMessages(QAccessibleWidget):
    """A million rows are not told one by one: the number of them, and the one that the arrow keys stand on."""

    def __init__(self, table: MessageTable) -> None:
        super().__init__(table, QAccessible.Role.List)

    def text(self, kind: QAccessible.Text) -> str:
        table = cast(MessageTable, self.widget())
        if kind == QAccessible.Text.Value:
            return table.accessibleDescription()
        if kind == QAccessible.Text.Description:
            return trn("{count} message", "{count} messages", table.count)
        return str(super().text(kind))
