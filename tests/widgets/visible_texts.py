"""Everything that a person, or what reads the screen to a person, finds in a window."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

_ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole,
)  # fmt: skip
_ACCESSIBLE = (
    QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help,
)  # fmt: skip


def texts_of(top: QWidget, but: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield (the name of the widget, a text of it) for everything visible below `top`; not below those named in `but`.

    Hidden pages of a tab widget are looked at as well: one click shows them.
    """
    yield top.objectName(), top.windowTitle()
    for child in (top, *top.findChildren(QWidget)):
        if not _is_below(child, top, but):
            name = child.objectName() or type(child).__name__
            yield from ((name, text) for text in _texts(child) if text)


def _is_below(widget: QWidget, top: QWidget, names: Container[str]) -> bool:
    at: QWidget | None = widget
    while at is not None and at is not top:
        if at.objectName() in names:
            return True
        at = at.parentWidget()
    return False


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    found = QAccessible.queryAccessibleInterface(widget)
    if found is not None:
        yield from (found.text(kind) for kind in _ACCESSIBLE)
    reading = next((read for kind, read in _KINDS if isinstance(widget, kind)), None)
    if reading is not None:
        yield from reading(widget)


def _of_combo(combo: QComboBox) -> Iterator[str]:
    yield from (combo.itemText(row) for row in range(combo.count()))


def _of_tabs(bar: QTabBar) -> Iterator[str]:
    for tab in range(bar.count()):
        yield from (bar.tabText(tab), bar.tabToolTip(tab), bar.accessibleTabName(tab))


def _cells(model: QAbstractItemModel | None, parent: QModelIndex) -> Iterator[str]:
    if not model:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)  # PySide hides that of a list
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (text for role in _ROLES if isinstance(text := index.data(role), str))
        yield from _cells(model, model.index(row, 0, parent))


_KINDS: tuple[tuple[type[QWidget], Callable[[Any], Iterator[str]]], ...] = (
    (QLabel, lambda label: iter([label.text()])),
    (QAbstractButton, lambda button: iter([button.text()])),
    (QLineEdit, lambda edit: iter([edit.displayText()])),
    (QPlainTextEdit, lambda edit: iter([edit.toPlainText()])),
    (QTextEdit, lambda edit: iter([edit.toPlainText()])),
    (QComboBox, _of_combo),
    (QTabBar, _of_tabs),
    (QGroupBox, lambda group: iter([group.title()])),
    (QHeaderView, lambda _header: iter(())),
    (QAbstractItemView, lambda view: _cells(view.model(), QModelIndex())),
)
