"""Where on a widget something stands that has to be covered: one function per kind of widget, in its coordinates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias, runtime_checkable

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextLayout
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from firstlight.model.presenting import Spans

Look: TypeAlias = Callable[[str], Spans]
"""Finds what is to be covered in one line of text."""
_PAD = 2


@runtime_checkable
class Revealing(Protocol):
    """A widget of ours that paints text by itself."""

    def places_of(self, look: Look) -> Iterator[QRectF]:
        """Yield where on the viewport (or the widget) something stands that `look` finds."""


def places(widget: QWidget, look: Look) -> Iterator[QRect]:
    """Yield what has to be covered of `widget` itself; its children are asked by themselves."""
    if isinstance(widget, Revealing):
        found: Iterator[QRect] = (rect.toAlignedRect() for rect in widget.places_of(look))
        yield from _from_viewport(widget, found)
        return
    for kind, function in _KINDS:
        if isinstance(widget, kind):
            yield from function(widget, look)
            return


def _from_viewport(widget: QWidget, found: Iterator[QRect]) -> Iterator[QRect]:
    viewport = getattr(widget, "viewport", None)
    area = viewport().geometry() if viewport is not None else widget.rect()
    for rect in found:
        yield rect.translated(area.topLeft()).intersected(area)


def _line_edit(edit: QLineEdit, look: Look) -> Iterator[QRect]:
    text = edit.displayText()
    if edit.echoMode() != QLineEdit.EchoMode.Normal or not text:
        return
    metrics, cursor = edit.fontMetrics(), edit.cursorRect()
    left = cursor.center().x() - metrics.horizontalAdvance(text[: edit.cursorPosition()])
    room = edit.rect().adjusted(_PAD, 4, -_PAD, -4)
    for start, end in look(text):
        begin, stop = (left + metrics.horizontalAdvance(text[:place]) for place in (start, end))
        yield QRect(begin - _PAD, room.top(), stop - begin + 2 * _PAD, room.height()).intersected(room)


def _plain_text(edit: QPlainTextEdit, look: Look) -> Iterator[QRect]:
    block, offset = edit.firstVisibleBlock(), edit.contentOffset()
    area = edit.viewport().geometry()
    while block.isValid():
        box = edit.blockBoundingGeometry(block).translated(offset)
        if box.top() > area.height():
            return
        for rect in _in_block(block, look):
            yield rect.translated(box.topLeft()).toAlignedRect().translated(area.topLeft()).intersected(area)
        block = block.next()


def _rich_text(edit: QTextEdit, look: Look) -> Iterator[QRect]:
    layout, area = edit.document().documentLayout(), edit.viewport().geometry()
    scrolled = QPoint(edit.horizontalScrollBar().value(), edit.verticalScrollBar().value())
    block = edit.document().begin()
    while block.isValid():
        box = layout.blockBoundingRect(block).translated(-scrolled.x(), -scrolled.y())
        if box.bottom() >= 0 and box.top() <= area.height():
            for rect in _in_block(block, look):
                yield rect.translated(box.topLeft()).toAlignedRect().translated(area.topLeft()).intersected(area)
        block = block.next()


def _in_block(block: QTextBlock, look: Look) -> Iterator[QRectF]:
    text = block.text()
    for start, end in look(text):
        yield from stretches(block.layout(), units(text[:start]), units(text[:end]))


def stretches(layout: QTextLayout, start: int, end: int) -> Iterator[QRectF]:
    """Yield where the characters from `start` to `end` stand, a rectangle per line of the layout."""
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first < last:
            left, right = (float(line.cursorToX(place)[0]) for place in (first, last))  # type: ignore[index]
            yield QRectF(left - _PAD, line.y(), right - left + 2 * _PAD, line.height())


def units(text: str) -> int:
    """Return the length of `text` as Qt counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _items(view: QAbstractItemView, look: Look) -> Iterator[QRect]:
    area = view.viewport().geometry()
    for index in _seen(view):
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if isinstance(text, str) and any(look(line) for line in text.split("\n")):
            box = view.visualRect(index).translated(area.topLeft())
            yield box.adjusted(_PAD, _PAD, -_PAD, -_PAD).intersected(area)


def _seen(view: QAbstractItemView) -> Iterator[QModelIndex]:
    """Yield every cell on screen."""
    model, height = view.model(), view.viewport().height()
    if not model:  # PySide's stubs do not know that there may be none
        return
    if isinstance(view, QTreeView):
        index = view.indexAt(QPoint(1, 1))
        while index.isValid() and view.visualRect(index).top() <= height:
            yield from (index.siblingAtColumn(column) for column in range(model.columnCount(index.parent())))
            index = view.indexBelow(index)
        return
    first, last = 0, model.rowCount(view.rootIndex()) - 1
    if isinstance(view, QTableView):
        first, bottom = max(0, view.rowAt(0)), view.rowAt(height - 1)
        last = bottom if bottom >= 0 else last
    # One column: PySide lets nobody ask the model of a list how many it has.
    columns = [view.modelColumn()] if isinstance(view, QListView) else range(model.columnCount(view.rootIndex()))
    for row in range(first, last + 1):
        yield from (model.index(row, column, view.rootIndex()) for column in columns)


def _tabs(bar: QTabBar, look: Look) -> Iterator[QRect]:
    for number in range(bar.count()):
        if look(bar.tabText(number)):
            yield bar.tabRect(number).adjusted(6, 8, -6, -8)


def _menu(menu: QMenu, look: Look) -> Iterator[QRect]:
    yield from (menu.actionGeometry(action) for action in menu.actions() if look(action.text()))


def _label(label: QLabel, look: Look) -> Iterator[QRect]:
    if any(look(line) for line in label.text().split("\n")):
        yield label.rect()


def _button(button: QAbstractButton, look: Look) -> Iterator[QRect]:
    if look(button.text()):
        yield button.rect().adjusted(4, 4, -4, -4)


def _combo(combo: QComboBox, look: Look) -> Iterator[QRect]:
    if combo.lineEdit() is None and look(combo.currentText()):
        yield combo.rect().adjusted(6, 5, -26, -5)


def _group(group: QGroupBox, look: Look) -> Iterator[QRect]:
    if look(group.title()):
        yield QRect(0, 0, group.width(), group.fontMetrics().height() + 4)


_KINDS: tuple[tuple[type[QWidget], Callable[..., Iterator[QRect]]], ...] = (
    (QLineEdit, _line_edit),
    (QPlainTextEdit, _plain_text),
    (QTextEdit, _rich_text),
    (QAbstractItemView, _items),
    (QTabBar, _tabs),
    (QMenu, _menu),
    (QLabel, _label),
    (QAbstractButton, _button),
    (QComboBox, _combo),
    (QGroupBox, _group),
)
