"""The Headers tab: what the answer's head said, line by line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from firstlight.model.secrets import MASK
from firstlight.texts import tr, trn
from firstlight.ui.icons import icon
from firstlight.ui.response.headers_model import HeadersModel
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

_NAME_WIDTH = 240


class _Table(QTableView):
    """Ctrl+C copies the selected lines as they are shown: a mask stays a mask."""

    def __init__(self, model: HeadersModel) -> None:
        super().__init__()
        self.setObjectName("responseHeadersTable")
        self._lines = model
        self.setModel(model)
        self.setFont(mono_font())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.setColumnWidth(0, _NAME_WIDTH)
        self.customContextMenuRequested.connect(self._on_menu)
        self.activated.connect(lambda index: self.show_value(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_lines()
        else:
            super().keyPressEvent(event)

    @Slot()
    def copy_lines(self) -> None:
        """Copy the selected lines, or all when none is selected."""
        picked = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = picked or range(self._lines.rowCount())
        QGuiApplication.clipboard().setText("\n".join(self._lines.copied(row) for row in rows))

    def show_value(self, row: int) -> None:
        """Show the whole value of a line; a mask stays a mask."""
        from firstlight.ui.dialogs import open_on_screen
        from firstlight.ui.response.value_dialog import ValueDialog

        if not self._lines.line(row).is_title:
            open_on_screen(ValueDialog(self._lines.line(row).name, self._lines.shown_value(row), self))

    @Slot(QPoint)
    def _on_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.indexAt(point).row()
        if row >= 0 and not self._lines.line(row).is_title:
            name, value, _ = self._lines.line(row)
            for text, copied in ((tr("Copy value"), value), (tr("Copy name"), name)):
                action = QAction(text, menu)
                action.triggered.connect(lambda _=False, copied=copied: QGuiApplication.clipboard().setText(copied))
                menu.addAction(action)
            whole = QAction(tr("Show the whole value…"), menu)
            whole.triggered.connect(lambda _=False, row=row: self.show_value(row))
            menu.addAction(whole)
            menu.addSeparator()
        lines = QAction(tr("Copy lines"), menu)
        lines.triggered.connect(self.copy_lines)
        menu.addAction(lines)
        menu.popup(self.viewport().mapToGlobal(point))


class HeadersTab(QWidget):
    """The table and the switch that shows secret values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HeadersModel()
        self._table = _Table(self._model)
        bar = QFrame(self)
        bar.setProperty("kind", "bar")
        self._summary = QLabel(bar)
        self._summary.setProperty("kind", "caption")
        self._reveal = QToolButton(bar)
        self._reveal.setObjectName("revealSecrets")
        self._reveal.setProperty("kind", "flat")
        self._reveal.setCheckable(True)
        self._reveal.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._reveal.setIcon(icon("eye"))
        self._reveal.toggled.connect(self._on_reveal)
        row = QHBoxLayout(bar)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.addWidget(self._summary, 1)
        row.addWidget(self._reveal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._table, 1)
        self._retranslate()

    def show_record(self, record: ExchangeRecord) -> None:
        """Show the header lines that arrived."""
        self._model.show_record(record)
        self._reveal.setChecked(False)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @Slot(bool)
    def _on_reveal(self, revealed: bool) -> None:
        self._model.reveal(revealed)

    def _retranslate(self) -> None:
        count = self._model.count()
        self._summary.setText(
            trn("{count} header", "{count} headers", count) if count else tr("No headers have arrived.")
        )
        self._reveal.setText(tr("Show secret values"))
        self._reveal.setToolTip(tr("Values of headers that log somebody in are shown as {mask}", mask=MASK))
        self._reveal.setVisible(self._model.has_secrets())
        self._table.setAccessibleName(tr("Response headers"))
        self._table.horizontalHeader().viewport().update()
