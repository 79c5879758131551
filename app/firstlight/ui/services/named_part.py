"""A list of things with names at the left, and the form of the one in front at the right."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import chain, count
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.sidebar.copy_names import copy_name
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

_LIST_WIDTH_PX = 208
_PICTURES = {"add": "plus", "duplicate": "copy", "up": "chevron-up", "down": "chevron-down", "remove": "trash"}


class NamedList(QListWidget):
    """The list; Delete removes, Ctrl+D copies, Alt+Up and Alt+Down move, Ctrl+Z takes such a step back."""

    wished = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        wish = {
            (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "remove",
            (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier): "duplicate",
            (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier): "undo",
            (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier): "up",
            (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier): "down",
        }.get(keys)
        if wish:
            self.wished.emit(wish)
        else:
            super().keyPressEvent(event)


class NamedPart(QWidget):
    """Edits a tuple of frozen values that have a `name`. What differs between the kinds is asked of the subclass."""

    edited = Signal()
    renamed = Signal(str, str)
    """One of them has another name: the old one, the new one."""

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Any] = []
        self._before: list[tuple[list[Any], int]] = []
        """What stood here before each step that added, moved or removed something, and which was in front."""
        self.list = NamedList(self)
        self.list.setIconSize(QSize(16, 16))
        self.list.setUniformItemSizes(True)
        self._buttons = {wish: self._button(wish, picture) for wish, picture in _PICTURES.items()}
        self._empty = QLabel(self)
        self._empty.setProperty("kind", "caption")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 0)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(form)
        self._lay_out()
        self.list.wished.connect(self._on_wished)
        self.list.currentRowChanged.connect(lambda _row: self._show_current())
        self.setFocusProxy(self.list)

    # What the kinds do differently

    def fresh(self, name: str) -> Any:
        """Return a new value called `name`."""

    def put(self, row: Any) -> None:
        """Show `row` in the form."""

    def picture_of(self, row: Any) -> QIcon:
        """Return the icon of `row`."""
        return QIcon()

    def words(self) -> dict[str, str]:
        """Return what is said, in the language in use: `list`, `empty`, `new` (a name), and the buttons' wishes."""
        return {}

    # What they have in common

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show other values; the one in front stays in front."""
        if (rows := list(rows)) == self._rows and self.list.count() == len(rows):
            return
        row = self.list.currentRow()
        self._rows = rows
        self._before.clear()
        self._rebuild(min(max(row, 0), len(rows) - 1))

    def rows(self) -> tuple[Any, ...]:
        """Return what is on screen."""
        return tuple(self._rows)

    def select(self, name: str) -> None:
        """Bring the one called `name` to the front."""
        row = next((place for place, thing in enumerate(self._rows) if thing.name == name), -1)
        if row >= 0:
            self.list.setCurrentRow(row)

    def current(self) -> Any:
        """Return the one in front, or None."""
        row = self.list.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def change_current(self, new: Any) -> None:
        """Take over what the form says now."""
        row = self.list.currentRow()
        old = self._rows[row]
        if new == old:
            return
        self._rows[row] = new
        self._show_row(self.list.item(row), new)
        if new.name != old.name:
            self.renamed.emit(old.name, new.name)
        self.edited.emit()

    def replace_all(self, rows: Iterable[Any]) -> None:
        """Take over changes that another part made necessary; what is in front is shown anew."""
        self._rows = list(rows)
        self._show_current()

    def is_taken(self, name: str) -> bool:
        """Tell whether another one than that in front is called so."""
        front = self.list.currentRow()
        return any(row != front and thing.name == name for row, thing in enumerate(self._rows))

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        words = self.words()
        self.list.setAccessibleName(words["list"])
        self._empty.setText(words["empty"])
        for wish, button in self._buttons.items():
            button.setAccessibleName(words[wish])
            button.setToolTip(words[wish])
        self._buttons["add"].setText(words["add"])

    def _button(self, wish: str, picture: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{wish}Button")
        button.setProperty("kind", "flat")
        button.setIcon(icon(picture))
        button.setIconSize(QSize(16, 16))
        if wish == "add":
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(lambda: self._on_wished(wish))
        return button

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(0)
        for wish, button in self._buttons.items():
            tools.addWidget(button)
            if wish == "add":
                tools.addStretch(1)
        left = QWidget(self)
        left.setFixedWidth(_LIST_WIDTH_PX)
        column = QVBoxLayout(left)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(tools)
        column.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self._stack, 1)

    def _rebuild(self, front: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for thing in self._rows:
            item = QListWidgetItem()
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            self._show_row(item, thing)
            self.list.addItem(item)
        self.list.setCurrentRow(front)
        self.list.blockSignals(False)
        self._show_current()

    def _show_row(self, item: QListWidgetItem, thing: Any) -> None:
        item.setText(thing.name or tr("No name"))
        item.setIcon(self.picture_of(thing))

    def _show_current(self) -> None:
        row, thing = self.list.currentRow(), self.current()
        self._stack.setCurrentIndex(0 if thing is None else 1)
        for wish, possible in {
            "duplicate": thing is not None,
            "remove": thing is not None,
            "up": row > 0,
            "down": 0 <= row < len(self._rows) - 1,
        }.items():
            self._buttons[wish].setEnabled(possible)
        if thing is not None:
            self.put(thing)

    def _on_wished(self, wish: str) -> None:
        row = self.list.currentRow()
        if wish == "undo":
            self._step_back()
            return
        if not (wish == "add" or self._buttons[wish].isEnabled()):
            return
        self._before.append((list(self._rows), row))
        names = frozenset(thing.name for thing in self._rows)
        if wish == "add":
            self._rows.append(self.fresh(_free(self.words()["new"], names)))
            row = len(self._rows) - 1
        elif wish == "duplicate":
            self._rows.insert(row + 1, _called(self._rows[row], copy_name(self._rows[row].name, names)))
            row += 1
        elif wish == "remove":
            del self._rows[row]
            row = min(row, len(self._rows) - 1)
        else:
            step = -1 if wish == "up" else 1
            self._rows[row], self._rows[row + step] = self._rows[row + step], self._rows[row]
            row += step
        self._rebuild(row)
        self.edited.emit()

    def _step_back(self) -> None:
        if self._before:
            self._rows, row = self._before.pop()
            self._rebuild(row)
            self.edited.emit()


def _free(name: str, taken: Collection[str]) -> str:
    numbered = chain((name,), (f"{name} {number}" for number in count(2)))
    return next(candidate for candidate in numbered if candidate not in taken)


def _called(thing: Any, name: str) -> Any:
    return replace(thing, name=name)
