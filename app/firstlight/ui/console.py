"""The Console: every exchange of the window, one row each, with what was really sent and received."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from firstlight.model.events import BodyReceived, Event, ServerEvent, Token
from firstlight.model.secrets import Masker
from firstlight.texts import tr, trn
from firstlight.ui.console_entry import ConsoleEntry
from firstlight.ui.icons import icon
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.method_color import method_color
from firstlight.ui.theme.tokens import SPACE

_QUIET = (BodyReceived, ServerEvent, Token)
_METHOD, _URL, _STATUS = 1, 2, 3
_WIDTHS = (100, 76, 420, 160, 80, 76)
_FILTER_PX = 220
_MOST_BYTES = 16_000_000
"""Header lines that are kept in all: a head may be megabytes long."""


class _Tree(QTreeWidget):
    """Ctrl+C copies the picked exchange."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # the view's: it knows the exchange
        else:
            super().keyPressEvent(event)


class ConsoleView(QWidget):
    """Takes the events of all tabs."""

    def __init__(
        self, parent: QWidget | None = None, most: int = 500, secrets: Callable[[], Iterable[str]] = tuple
    ) -> None:
        """`secrets` tells what no answer may show."""
        super().__init__(parent)
        self.most = most
        """Exchanges that are kept; the oldest go first."""
        self._secrets = secrets
        self._weight_bytes = 0
        self.setObjectName("consoleView")
        self._entries: dict[int, tuple[ConsoleEntry, QTreeWidgetItem]] = {}
        self._tree = self._make_tree()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        column.addWidget(self._tree, 1)
        theme_changed.connect(self._on_theme_changed)
        self._retranslate()

    def _make_bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("kind", "bar")
        self._summary = QLabel(bar)
        self._summary.setProperty("kind", "caption")
        self._filter = QLineEdit(bar)
        self._filter.setObjectName("consoleFilter")
        self._filter.setClearButtonEnabled(True)
        self._filter.setMaximumWidth(_FILTER_PX)
        self._filter.textChanged.connect(self._on_filtered)
        self._copy = self._button("consoleCopy", "copy", bar)
        self._copy_all = self._button("consoleCopyAll", "copy", bar)
        for button in (self._copy, self._copy_all):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._clear = self._button("consoleClear", "trash", bar)
        self._copy.clicked.connect(self.copy)
        self._copy_all.clicked.connect(self.copy_all)
        self._clear.clicked.connect(self.clear)
        row = QHBoxLayout(bar)
        row.setContentsMargins(2 * SPACE, 2, SPACE, 2)
        row.addWidget(self._summary, 1)
        row.addWidget(self._filter, 1)
        row.addWidget(self._copy)
        row.addWidget(self._copy_all)
        row.addWidget(self._clear)
        return bar

    def _button(self, name: str, picture: str, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        button.setObjectName(name)
        button.setProperty("kind", "flat")
        button.setIcon(icon(picture))
        return button

    def _make_tree(self) -> QTreeWidget:
        tree = _Tree(self)
        tree.setObjectName("consoleTree")
        tree.setColumnCount(len(_WIDTHS))
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tree.header().setStretchLastSection(False)
        for column, width in enumerate(_WIDTHS):
            tree.setColumnWidth(column, width)
        tree.header().setSectionResizeMode(_URL, QHeaderView.ResizeMode.Stretch)
        tree.itemExpanded.connect(self._on_expanded)
        return tree

    # --- in ---

    def feed(self, exchange_id: int, name: str, event: Event) -> None:
        """Take an event of the exchange `exchange_id` of the request called `name`."""
        if isinstance(event, _QUIET):
            return
        entry, item = self._entries.get(exchange_id) or self._add(exchange_id, name)
        before_bytes = entry.weight_bytes
        if entry.take(event):
            self._weight_bytes += entry.weight_bytes - before_bytes
            self._forget_oldest()
            self._show(entry, item)
            if item.isExpanded():
                self._fill(entry, item)

    @Slot()
    def clear(self) -> None:
        """Forget all exchanges."""
        self._entries.clear()
        self._weight_bytes = 0
        self._tree.clear()
        self._retranslate()

    def keep(self, most: int) -> None:
        """Keep so many exchanges from now on."""
        self.most = most
        self._forget_oldest()

    def _forget_oldest(self) -> None:
        while len(self._entries) > max(1, self.most) or (self._weight_bytes > _MOST_BYTES and len(self._entries) > 1):
            entry, item = self._entries.pop(next(iter(self._entries)))
            self._weight_bytes -= entry.weight_bytes
            self._tree.takeTopLevelItem(self._tree.indexOfTopLevelItem(item))

    def _add(self, exchange_id: int, name: str) -> tuple[ConsoleEntry, QTreeWidgetItem]:
        bar = self._tree.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        item = QTreeWidgetItem(self._tree)
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        item.setData(0, Qt.ItemDataRole.UserRole, exchange_id)
        found = self._entries[exchange_id] = (ConsoleEntry(name), item)
        self._forget_oldest()
        if at_end:
            self._tree.scrollToBottom()
        self._retranslate()
        return found

    # --- showing ---

    def _show(self, entry: ConsoleEntry, item: QTreeWidgetItem) -> None:
        for column, text in enumerate(entry.cells(self._masker())):
            item.setText(column, text)
        item.setToolTip(_URL, plain_tip(entry.name))
        theme = tokens()
        method = entry.started.method if entry.started else ""
        item.setForeground(_METHOD, QBrush(QColor(method_color(method))))
        item.setForeground(_STATUS, QBrush(QColor(getattr(theme, entry.status_token()))))
        if words := self._filter.text():
            item.setHidden(not entry.holds(words))
            self._summarise()

    def _fill(self, entry: ConsoleEntry, item: QTreeWidgetItem) -> None:
        item.takeChildren()
        mono, theme = mono_font(), tokens()
        colors = {"head": theme.text, "text": theme.text_muted, "note": theme.warn, "error": theme.error}
        for line in entry.lines(self._masker()):
            child = QTreeWidgetItem(item, [line.text])
            child.setFirstColumnSpanned(True)
            child.setFont(0, mono)
            child.setForeground(0, QBrush(QColor(colors[line.kind])))
            child.setToolTip(0, plain_tip(line.text))

    def _masker(self) -> Masker:
        return Masker.of(self._secrets())

    @Slot(str)
    def _on_filtered(self, words: str) -> None:
        for entry, item in self._entries.values():
            item.setHidden(not entry.holds(words))
        self._summarise()

    @Slot(QTreeWidgetItem)
    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        found = self._entries.get(item.data(0, Qt.ItemDataRole.UserRole))
        if found:
            self._fill(*found)

    @Slot()
    def _on_theme_changed(self) -> None:
        for entry, item in self._entries.values():
            self._show(entry, item)
            if item.isExpanded():
                self._fill(entry, item)

    # --- out ---

    @Slot()
    def copy(self) -> None:
        """Copy the picked line, the picked exchange with all its lines, or everything when none is picked."""
        picked = self._tree.currentItem()
        if picked is None or picked.isHidden():
            self.copy_all()
        elif picked.parent() is not None:
            QGuiApplication.clipboard().setText(picked.text(0))
        else:
            entry = self._entries[picked.data(0, Qt.ItemDataRole.UserRole)][0]
            QGuiApplication.clipboard().setText(entry.text(self._masker()))

    @Slot()
    def copy_all(self) -> None:
        """Copy every exchange that the filter shows, with all their lines."""
        masker = self._masker()
        shown = (entry.text(masker) for entry, item in self._entries.values() if not item.isHidden())
        QGuiApplication.clipboard().setText("\n\n".join(shown))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._on_theme_changed()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._summarise()
        self._filter.setPlaceholderText(tr("Filter by URL, status or header"))
        self._filter.setAccessibleName(tr("Filter the Console"))
        self._copy.setText(tr("Copy"))
        self._copy_all.setText(tr("Copy all"))
        self._tree.setHeaderLabels([tr("Time"), tr("Method"), tr("URL"), tr("Status"), tr("Duration"), tr("Size")])
        self._tree.setAccessibleName(tr("Console"))
        for button, text in (
            (self._copy, tr("Copy the picked exchange or line")),
            (self._copy_all, tr("Copy every exchange that is shown")),
            (self._clear, tr("Clear the Console")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)

    def _summarise(self) -> None:
        count, shown = len(self._entries), sum(not item.isHidden() for _, item in self._entries.values())
        told = trn("{count} exchange", "{count} exchanges", count) if count else tr("Nothing was sent yet.")
        if shown < count:
            told = tr("{shown} of {count} exchanges", shown=shown, count=count)
        self._summary.setText(" · ".join((tr("Console"), told)))
