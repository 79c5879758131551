"""Every word a person can see or hear in a window: texts, tooltips, placeholders, menus, headings, names."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QWidget,
)

from firstlight.ui.text.text_view import TextView


def shown_words(*roots: QWidget) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of everything below `roots`, hidden parts included: they will be shown later."""
    for root in roots:
        for widget in (root, *root.findChildren(QWidget)):
            if not isinstance(widget.parent(), QTabBar | QAbstractSpinBox):  # Qt's own arrows
                yield from ((f"{_place(widget)}.{part}", text) for part, text in _words(widget) if text.strip())


def open_windows() -> list[QWidget]:
    """Return every window, dialog and menu of the application."""
    return [widget for widget in QApplication.topLevelWidgets() if not widget.objectName().startswith("qt_")]


def _place(widget: QWidget) -> str:
    return f"{type(widget).__name__}#{widget.objectName()}"


def _words(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tooltip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "title", widget.windowTitle()
    for action in widget.actions():
        yield "action", action.text()
        yield "action tooltip", action.toolTip()
    yield from _own(widget)
    yield from _many(widget)


def _own(widget: QWidget) -> Iterator[tuple[str, str]]:
    match widget:
        case QMenu():
            yield "menu", widget.title()
        case QMessageBox():
            yield "question", widget.text()
            yield "more", widget.informativeText()
        case QLabel() | QAbstractButton():
            yield "text", widget.text()
        case QLineEdit() | QPlainTextEdit():
            yield "placeholder", widget.placeholderText()
        case QGroupBox():
            yield "heading", widget.title()
        case QSpinBox():
            yield "suffix", widget.suffix()
            yield "nothing", widget.specialValueText()
        case TextView():
            yield "placeholder", widget.placeholder()


def _many(widget: QWidget) -> Iterator[tuple[str, str]]:
    match widget:
        case QComboBox():
            yield from (("entry", widget.itemText(index)) for index in range(widget.count()))
        case QTabBar():
            for index in range(widget.count()):
                yield "tab", widget.tabText(index)
                yield "tab tooltip", widget.tabToolTip(index)
        case QHeaderView():
            return  # its table tells
        case QListView() if widget.model() is not None:
            for row in range(widget.model().rowCount()):
                yield from _cell(widget.model().index(row, 0))
        case QAbstractItemView() if widget.model() is not None:
            yield from _table(widget.model())


def _table(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    for column in range(model.columnCount()):
        yield "column", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    yield from _rows(model, QModelIndex())


def _rows(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[tuple[str, str]]:
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            yield from _cell(model.index(row, column, parent))
        yield from _rows(model, model.index(row, 0, parent))


def _cell(index: QModelIndex) -> Iterator[tuple[str, str]]:
    yield "cell", str(index.data() or "")
    yield "cell tooltip", str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
    yield "cell name", str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
