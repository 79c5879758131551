"""A table of rows with the line above it, where it turns into text and back (bulk edit)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.request.rows_table import RowsTable
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.ui.request.bulk_edit import BulkEdit


class RowsPage(QWidget):
    """Shows a table, or its rows as lines. What is typed in either is in the rows at once."""

    def __init__(self, make: Callable[[QWidget], RowsTable], title: str, parent: QWidget | None = None) -> None:
        """Show the table that `make` gives for this parent; `title` is marked for translation."""
        super().__init__(parent)
        self.table = make(self)
        self._title = title
        self._bulk: BulkEdit | None = None
        bar = QFrame(self)
        bar.setProperty("kind", "bar")
        self._caption = QLabel(bar)
        self._caption.setProperty("kind", "caption")
        self._switch = QToolButton(bar)
        self._switch.setObjectName("bulkEditButton")
        self._switch.setProperty("kind", "flat")
        self._switch.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._switch.clicked.connect(self._on_switched)
        self.strip = QHBoxLayout(bar)
        self.strip.setContentsMargins(2 * SPACE, 0, SPACE, 0)
        self.strip.addWidget(self._caption, 1)
        self.strip.addWidget(self._switch)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(bar)
        self.column.addWidget(self.table, 1)
        self.retranslate()

    @property
    def is_text(self) -> bool:
        """Tell whether the rows stand as text."""
        return self._bulk is not None and not self._bulk.isHidden()

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._caption.setText(tr(self._title))
        self.table.setAccessibleName(tr(self._title))
        self.table.retranslate()
        self._switch.setText(tr("Table") if self.is_text else tr("Bulk edit"))
        self._switch.setIcon(icon("rows") if self.is_text else icon("pencil"))
        told = tr("Back to the table") if self.is_text else tr("Edit the rows as text, one “key: value” per line")
        self._switch.setToolTip(told)
        if self._bulk:
            self._bulk.retranslate(tr(self._title))

    def _on_switched(self) -> None:
        shown: Any = self.table
        if not self.is_text:
            shown = self._text()
        for widget in (self.table, self._text()):
            widget.setVisible(widget is shown)
        self._text().refresh()
        self.retranslate()
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _text(self) -> BulkEdit:
        if self._bulk is None:
            from firstlight.ui.request.bulk_edit import BulkEdit

            self._bulk = BulkEdit(self.table.rows, self)
            self._bulk.setObjectName(f"{self.table.objectName()}Text")
            self._bulk.hide()
            self.column.insertWidget(self.column.indexOf(self.table) + 1, self._bulk, 1)
            self.setTabOrder(self._switch, self._bulk)
        return self._bulk

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
