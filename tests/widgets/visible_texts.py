"""Everything that a person, or what reads the screen to a person, finds in a window."""

from __future__ import annotations

from collections.abc import Container, Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
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
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.displayText()
        case QPlainTextEdit() | QTextEdit():
            yield widget.toPlainText()
        case QComboBox():
            yield from (widget.itemText(row) for row in range(widget.count()))
        case QTabBar():
            for tab in range(widget.count()):
                yield from (widget.tabText(tab), widget.tabToolTip(tab), widget.accessibleTabName(tab))
        case QGroupBox():
            yield widget.title()
        case QHeaderView():
            return
        case QAbstractItemView():
            yield from _cells(widget.model(), QModelIndex())
        case _:
            return


def _cells(model: QAbstractItemModel | None, parent: QModelIndex) -> Iterator[str]:
    if not model:
        return
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (text for role in _ROLES if isinstance(text := index.data(role), str))
        yield from _cells(model, model.index(row, 0, parent))
