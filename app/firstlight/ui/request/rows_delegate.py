"""Paints and edits the cells of a RowTable. Typing goes straight into the model, so nothing is lost by Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from firstlight.ui.icons import icon
from firstlight.ui.known_variables import KnownVariables, known_above
from firstlight.ui.request.cell_edit import CellEdit
from firstlight.ui.request.columns import Column
from firstlight.ui.request.rows_model import PLACEHOLDER_ROLE
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE
from firstlight.ui.variables.cell_text import paint_references, reference_in_cell
from firstlight.ui.variables.following import follow
from firstlight.ui.variables.hint import hint
from firstlight.ui.variables.references import Reference

AnyIndex = QModelIndex | QPersistentModelIndex
_ICON = 14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Hint = QAbstractItemDelegate.EndEditHint


class RowsDelegate(QStyledItemDelegate):
    """Draws placeholders, the remove button and the arrow of a choice; opens CellEdit for texts."""

    def __init__(
        self,
        parent: QObject,
        columns: tuple[Column, ...],
        suggestions: Callable[[AnyIndex], tuple[str, ...]],
        describe: Callable[[str], str],
        take_lines: Callable[[str], bool],
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._suggestions = suggestions
        self._describe = describe
        self._take_lines = take_lines
        # Told by the view: asking option.state needs QStyle, and loading that class costs 9 ms before the first paint.
        self.hovered = (-1, -1)
        """Row and column under the mouse."""
        self._known: KnownVariables | None = None
        self.several_lines = False
        """Texts may hold line breaks (form-data)."""

    # Painting

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        if not option.text and (placeholder := index.data(PLACEHOLDER_ROLE)):
            option.text = placeholder
            faint = QColor(tokens().text_muted)
            faint.setAlphaF(0.75)
            option.palette.setColor(QPalette.ColorRole.Text, faint)
            option.palette.setColor(QPalette.ColorRole.HighlightedText, faint)
        option.text = option.text.replace("\u2028", " ↵ ")  # Qt's line break inside a cell
        if "{{" in option.text:
            option.text = ""  # painted by paint(), in colours

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        kind = self._columns[index.column()].kind
        if "{{" in (text := _text(index)):
            filled = QStyleOptionViewItem(option)
            self.initStyleOption(filled, index)
            selected = self._view().selectionModel().isSelected(index)
            paint_references(painter, filled, text, self._followed(), selected=selected)
        if kind == "tick" and index.row() == self.hovered[0] and index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            grip = QRect(option.rect.left() + 1, option.rect.top(), _ICON, option.rect.height())
            icon("grip").paint(painter, _middle(grip))
        elif kind == "remove" and index.data(Qt.ItemDataRole.AccessibleTextRole):
            over = self.hovered == (index.row(), index.column())
            chosen = self._view().currentIndex() == index
            if over or chosen or index.row() == self.hovered[0]:
                icon("trash", "error" if over or chosen else "text_muted").paint(painter, _middle(option.rect))
        elif kind == "choice":
            right = QRect(option.rect.right() - _ICON - SPACE, option.rect.top(), _ICON, option.rect.height())
            icon("chevron-down").paint(painter, _middle(right))

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, ROW_HEIGHT)

    # References

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        known, found = self._followed(), self._reference_at(event.pos().x(), option, index)
        if found is None or known is None or not known.ready:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), hint(known, found.name), view)
        return True

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            mouse = cast(QMouseEvent, event)
            if mouse.modifiers() == Qt.KeyboardModifier.ControlModifier:
                found = self._reference_at(round(mouse.position().x()), option, index)
                follow(self._followed(), found)
        return super().editorEvent(event, model, option, index)

    def _view(self) -> QAbstractItemView:
        return cast(QAbstractItemView, self.parent())

    def _followed(self) -> KnownVariables | None:
        """Return what is known here; the table is painted anew when that changes."""
        if self._known is None and (known := known_above(self._view())) is not None:
            self._known = known
            known.changed.connect(self._view().viewport().update)
        return self._known

    def _reference_at(self, x: int, option: QStyleOptionViewItem, index: AnyIndex) -> Reference | None:
        if "{{" not in (text := _text(index)):
            return None
        filled = QStyleOptionViewItem(option)
        self.initStyleOption(filled, index)
        return reference_in_cell(filled, text, x)

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = CellEdit(parent, self._take_lines, several_lines=self.several_lines)
        editor.setAccessibleName(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        editor.before = index.data(Qt.ItemDataRole.EditRole)
        if words := self._suggestions(index):
            editor.suggest(words, self._describe)
        editor.tabbed.connect(lambda forward: self._on_tabbed(editor, forward))
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        text = index.data(Qt.ItemDataRole.EditRole)
        edit = cast(CellEdit, editor)
        if edit.text() != text:
            edit.setText(text)
        if not edit.live:
            # Only now does the view know this editor.
            edit.live = True
            edit.textChanged.connect(lambda: self.commitData.emit(edit))

    def setModelData(self, editor: QWidget, model: QObject, index: AnyIndex) -> None:
        index.model().setData(index, cast(CellEdit, editor).text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        editor.setGeometry(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, CellEdit) and watched.takes(event):
            return True
        if isinstance(watched, CellEdit) and event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event)
            if key.key() == Qt.Key.Key_Escape:
                watched.setText(watched.before)
            elif key.key() in _ENTER and not key.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.closeEditor.emit(watched, _Hint.SubmitModelCache)
                return True
            elif key.key() in _ENTER:
                return False  # the window sends
        return super().eventFilter(watched, event)

    def _on_tabbed(self, editor: CellEdit, forward: bool) -> None:
        if forward:
            editor.take_suggestion()
        self.closeEditor.emit(editor, _Hint.EditNextItem if forward else _Hint.EditPreviousItem)


def _text(index: AnyIndex) -> str:
    text = index.data(Qt.ItemDataRole.DisplayRole)
    return text.replace("\u2028", " ↵ ") if isinstance(text, str) else ""


def _middle(rect: QRect) -> QRect:
    place = QRect(0, 0, _ICON, _ICON)
    place.moveCenter(rect.center())
    return place
