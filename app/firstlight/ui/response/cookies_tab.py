"""The Cookies tab: what this answer and its redirects set, and what became of each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from firstlight.model.cookies import CookieVerdict
from firstlight.model.secrets import MASK
from firstlight.texts import tr, trn
from firstlight.ui.cookies.words import domain_text, end_text, flags_text, state_text
from firstlight.ui.icons import icon
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

_WIDTHS_PX = (150, 130, 150, 90, 130, 170)
_VALUE, _STATE = 1, 6


class _Table(QTreeWidget):
    """Ctrl+C copies the row as it is shown: a mask stays a mask."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentItem()
        if event.matches(QKeySequence.StandardKey.Copy) and row is not None:
            cells = (row.text(column) for column in range(self.columnCount()))
            QApplication.clipboard().setText("\t".join(cells))
        else:
            super().keyPressEvent(event)


class CookiesTab(QWidget):
    """The table, the switch that shows values, and the way to all cookies of the workspace."""

    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdicts: tuple[CookieVerdict, ...] = ()
        bar = QFrame(self)
        bar.setProperty("kind", "bar")
        self._summary = QLabel(bar)
        self._summary.setObjectName("cookiesSummary")
        self._summary.setProperty("kind", "caption")
        self._reveal = self._button(bar, "revealCookies", "eye")
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._fill)
        self._all = self._button(bar, "allCookiesButton", "cookie")
        self._all.clicked.connect(self.all_requested)
        row = QHBoxLayout(bar)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.addWidget(self._summary, 1)
        row.addWidget(self._reveal)
        row.addWidget(self._all)
        self._table = _Table(self)
        self._table.setObjectName("cookiesTable")
        self._table.setRootIsDecorated(False)
        self._table.setUniformRowHeights(True)
        self._table.setAllColumnsShowFocus(True)
        self._table.setTextElideMode(Qt.TextElideMode.ElideRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._table, 1)
        self._retranslate()
        for position, width_px in enumerate(_WIDTHS_PX):
            self._table.setColumnWidth(position, width_px)

    def _button(self, bar: QWidget, name: str, picture: str) -> QToolButton:
        button = QToolButton(bar)
        button.setObjectName(name)
        button.setProperty("kind", "flat")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icon(picture))
        return button

    def show_record(self, record: ExchangeRecord) -> None:
        """Show what an exchange set; values are hidden again."""
        self._verdicts = tuple(record.cookies)
        self._reveal.setChecked(False)
        self._retranslate()

    @Slot()
    def _fill(self) -> None:
        self._table.clear()
        for verdict in self._verdicts:
            cookie = verdict.cookie
            value = cookie.value if self._reveal.isChecked() or not cookie.value else MASK
            cells = (cookie.name, value, domain_text(cookie), cookie.path, end_text(cookie), flags_text(cookie))
            row = QTreeWidgetItem(self._table, [*cells, state_text(verdict)])
            row.setSizeHint(0, QSize(0, ROW_HEIGHT))
            for position in range(self._table.columnCount()):
                row.setToolTip(position, plain_tip(row.text(position)))
            rejected = verdict.state == "rejected"
            row.setIcon(_STATE, icon("alert", "error") if rejected else icon("check", "ok"))
            if verdict.state == "not kept":
                row.setIcon(_STATE, icon("info", "text_muted"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        count = len(self._verdicts)
        told = trn("{count} cookie was set", "{count} cookies were set", count)
        self._summary.setText(told if count else tr("This answer set no cookies."))
        self._reveal.setText(tr("Show values"))
        self._reveal.setVisible(any(verdict.cookie.value for verdict in self._verdicts))
        self._all.setText(tr("Cookies of the workspace…"))
        self._table.setAccessibleName(tr("Cookies of this answer"))
        self._table.setHeaderLabels(
            [tr("Name"), tr("Value"), tr("Domain"), tr("Path"), tr("Expires"), tr("Attributes"), tr("State")]
        )
        self._fill()
