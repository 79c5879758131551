"""The messages of a stream as a table of any length: number, time, gap, type, data. Only rows on screen cost."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from firstlight.inference.sse import is_message
from firstlight.model.events import ServerEvent
from firstlight.texts import tr
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.tokens import SPACE

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_PREVIEW = 300  # characters of a message's data in its row
_ROW_HEIGHT = 24
NUMBER, TIME, GAP, TYPE, DATA = range(5)


class MessageModel(QAbstractTableModel):
    """Reads a list that only grows; `grow` announces what was added since."""

    def __init__(self) -> None:
        super().__init__()
        self._messages: list[ServerEvent] = []
        self._started_ns = 0
        self._shown = 0

    def restart(self, messages: list[ServerEvent], started_ns: int) -> None:
        """Show another list; times count from `started_ns`."""
        self.beginResetModel()
        self._messages, self._started_ns, self._shown = messages, started_ns, len(messages)
        self.endResetModel()

    def grow(self) -> bool:
        """Show what the list has more than before; tell whether it has."""
        count = len(self._messages)
        if count == self._shown:
            return False
        self.beginInsertRows(QModelIndex(), self._shown, count - 1)
        self._shown = count
        self.endInsertRows()
        return True

    def message(self, row: int) -> ServerEvent | None:
        """Return the message of a row."""
        return self._messages[row] if 0 <= row < self._shown else None

    def has_types(self, first: int) -> bool:
        """Tell whether a message from row `first` on is of another type than `message`."""
        return any(message.type != "message" for message in self._messages[first : self._shown])

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 5

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column())
        return None

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        message = self._messages[row]
        if column == NUMBER:
            return f"{row + 1:,}"
        if column == TIME:
            return f"{(message.at_ns - self._started_ns) / 1e6:,.1f}"
        if column == GAP:
            return f"{(message.at_ns - self._messages[row - 1].at_ns) / 1e6:,.1f}" if row else ""
        if column == TYPE:
            return message.type
        text = message.data if message.data or not message.comment else message.comment
        return text[:_PREVIEW].replace("\n", " ⏎ ")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("#"), tr("Time (ms)"), tr("Gap (ms)"), tr("Type"), tr("Data"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section >= TYPE else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Painter(QStyledItemDelegate):
    """Paints a cell straight from the model, in a monospaced font: a fifth of what the style takes."""

    def __init__(self, model: MessageModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.set_font(mono_font())
        self._set_colors()
        theme_changed.connect(self._set_colors)

    def set_font(self, font: QFont) -> None:
        """Measure the font once."""
        metrics = QFontMetricsF(font)
        self._font = font
        self.char_width = metrics.horizontalAdvance("0")
        self._baseline = (_ROW_HEIGHT - metrics.height()) / 2 + metrics.ascent()

    @Slot()
    def _set_colors(self) -> None:
        theme = tokens()
        self._text, self._muted, self._error = QColor(theme.text), QColor(theme.text_muted), QColor(theme.error)
        self._selection, self._selected = QColor(theme.selection), QColor(theme.selection_text)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        row, column = index.row(), index.column()
        message = self._model.message(row)
        if message is None:
            return
        color = self._text if column == DATA and is_message(message) else self._muted
        if message.truncated or message.type == "error":
            color = self._error
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._selection)
            color = self._selected
        painter.setPen(color)
        painter.setFont(self._font)
        room = int((rect.width() - 2 * SPACE) / self.char_width)
        text = self._model.cell(row, column)[: max(1, room)]
        x = rect.left() + SPACE if column >= TYPE else rect.right() - SPACE - len(text) * self.char_width
        painter.drawText(QPointF(x, rect.top() + self._baseline), text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _ROW_HEIGHT)


class MessageTable(QTableView):
    """The list of messages; stays at its end while it grows, until the user scrolls up."""

    message_picked = Signal(object)
    """A ServerEvent, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageTable")
        self._model = MessageModel()
        self._following = True
        self._painter = _Painter(self._model, self)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(_ROW_HEIGHT)
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self._set_widths()
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled_by_user)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def _set_widths(self) -> None:
        self._painter.set_font(mono_font(self.font().pointSizeF() - 0.5))
        for column, characters in ((NUMBER, 8), (TIME, 10), (GAP, 8), (TYPE, 9)):
            self.setColumnWidth(column, round((characters + 0.5) * self._painter.char_width) + 2 * SPACE)

    def restart(self, messages: list[ServerEvent], started_ns: int) -> None:
        """Show another stream."""
        self._following = True
        self.setColumnHidden(TYPE, True)
        self._model.restart(messages, started_ns)
        self._show_types(0)
        self.scrollToBottom()

    def grow(self) -> None:
        """Show the messages that have come since."""
        before = self._model.rowCount()
        if self._model.grow():
            self._show_types(before)
            if self._following:
                self.scrollToBottom()

    def _show_types(self, first: int) -> None:
        """Show the column of types once there is more than one of them to tell apart."""
        if self.isColumnHidden(TYPE) and self._model.has_types(first):
            self.setColumnHidden(TYPE, False)

    @property
    def following(self) -> bool:
        """The table stays at its end."""
        return self._following

    def _look_whether_at_end(self) -> None:
        bar = self.verticalScrollBar()
        self._following = bar.value() >= bar.maximum()

    @Slot(int)
    def _on_scrolled_by_user(self, action: int) -> None:
        bar = self.verticalScrollBar()
        self._following = bar.sliderPosition() >= bar.maximum()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._look_whether_at_end()
        self.message_picked.emit(self._model.message(current.row()) if current.isValid() else None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._look_whether_at_end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._following:
            self.scrollToBottom()
