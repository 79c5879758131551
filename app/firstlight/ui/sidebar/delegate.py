"""Draws one row of the collections (folder, method badge, broken file) and renames it in place."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Signal
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from firstlight.ui.icons import icon
from firstlight.ui.sidebar.method_icon import BADGE, method_icon
from firstlight.ui.sidebar.model import CUT, KIND, METHOD, PATH
from firstlight.ui.theme.tokens import ROW_HEIGHT

_ICONS = {"collection": "collection", "folder": "folder"}
_ICON = QSize(18, 18)


class NodeDelegate(QStyledItemDelegate):
    """Renaming asks the workspace first: the model changes only when the file has."""

    rename_requested = Signal(str, str)
    """(path, new name)"""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        kind = index.data(KIND)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        if kind == "request":
            option.icon, option.decorationSize = method_icon(index.data(METHOD)), BADGE
        else:
            name = _ICONS.get(kind, "file-broken")
            color = "error" if kind == "broken" else "text_muted"
            option.icon, option.decorationSize = icon(name, color), _ICON
        if index.data(CUT):  # grey until it is pasted, icon and text
            option.state &= ~QStyle.StateFlag.State_Enabled

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), ROW_HEIGHT)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        super().setEditorData(editor, index)
        editor.setObjectName("renameEdit")

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        name = cast(QLineEdit, editor).text().strip()
        if name and name != index.data():
            self.rename_requested.emit(index.data(PATH), name)
