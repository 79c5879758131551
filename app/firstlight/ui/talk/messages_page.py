"""The Messages tab of a WebSocket: the saved messages at the left, the one in hand at the right, and what to do."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSplitter, QToolButton, QVBoxLayout, QWidget

from firstlight.model.request import Message
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.talk.composer import Composer
from firstlight.ui.tasks import Tasks
from firstlight.ui.theme.tokens import SPACE

_LIST_PX, _COMPOSER_PX = 170, 560
_ROW_PX = 26


class MessagesPage(QWidget):
    """Shows and edits the messages of a request; there is always one to type into."""

    edited = Signal()
    send_requested = Signal(object)
    """The Message to send."""
    ping_requested = Signal()
    close_requested = Signal(int, str)
    """Close code and reason."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: list[Message] = [Message()]
        self._at = 0
        self._list = QListWidget(self)
        self._list.setObjectName("savedMessages")
        self._list.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed | QListWidget.EditTrigger.DoubleClicked)
        self._list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self._add = self._button("addMessage", "plus")
        self._copy = self._button("duplicateMessage", "copy")
        self._remove = self._button("removeMessage", "trash")
        self._up, self._down = QAction(self._list), QAction(self._list)
        self._composer = Composer(tasks, self)
        self._lay_out()
        self._connect()
        self._fill()
        self._retranslate()

    def _button(self, name: str, picture: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("kind", "flat")
        button.setIcon(icon(picture))
        return button

    def _lay_out(self) -> None:
        side = QWidget(self)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        buttons.setSpacing(SPACE // 2)
        for button in (self._add, self._copy, self._remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(buttons)
        column.addWidget(self._list, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(side)
        split.addWidget(self._composer)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST_PX, _COMPOSER_PX])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._on_row)
        self._list.itemChanged.connect(self._on_renamed)
        self._list.model().rowsMoved.connect(self._on_dragged)
        for action, step in ((self._up, -1), (self._down, 1)):
            action.setShortcut(QKeySequence("Alt+Up" if step < 0 else "Alt+Down"))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(self._move, step))
            self._list.addAction(action)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._add.clicked.connect(lambda: self._insert(Message()))
        self._copy.clicked.connect(lambda: self._insert(self._messages[self._at]))
        self._remove.clicked.connect(self._on_remove)
        self._composer.edited.connect(self._on_edited)
        self._composer.send_clicked.connect(self.send)
        self._composer.ping_clicked.connect(self.ping_requested)
        self._composer.close_chosen.connect(self.close_requested)

    # --- in and out ---

    def show_messages(self, messages: tuple[Message, ...]) -> None:
        """Show another request's messages."""
        if messages == self.messages():
            return
        self._messages = list(messages) or [Message()]
        self._at = min(self._at, len(self._messages) - 1)
        self._fill()

    def messages(self) -> tuple[Message, ...]:
        """Return what is on screen; a single one that nobody has touched is none."""
        return () if self._messages == [Message()] else tuple(self._messages)

    def set_open(self, is_open: bool) -> None:
        """Say whether the WebSocket is open: only then something can be sent."""
        self._composer.set_open(is_open)

    def set_folder(self, folder: str) -> None:
        """Say where relative paths begin."""
        self._composer.set_folder(folder)

    def beautify(self) -> None:
        """Lay out a JSON message."""
        self._composer.beautify()

    @Slot()
    def send(self) -> None:
        """Ask for sending the message in hand."""
        self.send_requested.emit(self._messages[self._at])

    # --- the list ---

    def _fill(self) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        for number, message in enumerate(self._messages):
            entry = QListWidgetItem(message.name or _unnamed(number))
            entry.setFlags(entry.flags() | Qt.ItemFlag.ItemIsEditable)
            entry.setSizeHint(QSize(0, _ROW_PX))
            self._list.addItem(entry)
        self._list.setCurrentRow(self._at)
        self._list.blockSignals(False)
        self._remove.setEnabled(len(self._messages) > 1 or self._messages != [Message()])
        self._composer.show_message(self._messages[self._at])

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if row >= 0 and row != self._at:
            self._at = row
            self._composer.show_message(self._messages[row])

    def _on_renamed(self, entry: QListWidgetItem) -> None:
        row, name = self._list.row(entry), entry.text().strip()
        if name == _unnamed(row):
            name = ""
        if name != self._messages[row].name:
            self._messages[row] = replace(self._messages[row], name=name)
            self.edited.emit()
        self._fill()

    def _insert(self, message: Message) -> None:
        self._at += 1
        self._messages.insert(self._at, message)
        self._fill()
        self.edited.emit()
        self._composer.focus_text()

    def _move(self, step: int) -> None:
        """Move the message in hand up or down."""
        target = self._at + step
        if 0 <= target < len(self._messages):
            self._messages.insert(target, self._messages.pop(self._at))
            self._at = target
            self._fill()
            self.edited.emit()

    def _on_dragged(self, _parent: QModelIndex, first: int, _last: int, _target: QModelIndex, row: int) -> None:
        """Follow the list: the row at `first` was dropped before the row that was `row`."""
        self._at = row - 1 if row > first else row
        self._messages.insert(self._at, self._messages.pop(first))
        QTimer.singleShot(0, self._fill)  # the list is still busy with its own rows
        self.edited.emit()

    @Slot()
    def _on_remove(self) -> None:
        del self._messages[self._at]
        self._messages = self._messages or [Message()]
        self._at = min(self._at, len(self._messages) - 1)
        self._fill()
        self.edited.emit()

    @Slot()
    def _on_edited(self) -> None:
        self._messages[self._at] = self._composer.filled_in(self._messages[self._at])
        self._remove.setEnabled(True)
        self.edited.emit()

    # --- words ---

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._fill()

    def _retranslate(self) -> None:
        self._list.setAccessibleName(tr("Saved messages"))
        for button, text in (
            (self._add, tr("New message")),
            (self._copy, tr("Duplicate the message")),
            (self._remove, tr("Delete the message")),
        ):
            button.setAccessibleName(text)
            button.setToolTip(text)
        self._up.setText(tr("Move up"))
        self._down.setText(tr("Move down"))
        self._list.setToolTip(tr("F2 renames a message, Alt+Up and Alt+Down move it"))


def _unnamed(number: int) -> str:
    return tr("Message {number}", number=number + 1)
