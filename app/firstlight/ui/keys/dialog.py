"""The sheet of shortcuts: search it, press new keys, go back to the old ones."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from firstlight.texts import tr
from firstlight.ui.actions import ACTIONS, MENUS, ActionSpec, plain_text
from firstlight.ui.icons import icon
from firstlight.ui.keys.bindings import keys_of, owner_of, rebindable
from firstlight.ui.theme.tokens import SPACE

_SIZE = QSize(640, 560)
_KEYS_PX = 220
_NAME = Qt.ItemDataRole.UserRole
_NATIVE = QKeySequence.SequenceFormat.NativeText
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class ShortcutsDialog(QDialog):
    """Shows every action with its keys and tells which were chosen; who opened it binds them."""

    changed = Signal(str, object)
    """(action, its keys as a tuple, or None for those of the table)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self._search = QLineEdit(self)
        self._search.setObjectName("shortcutsSearch")
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._rows = QTreeWidget(self)
        self._rows.setObjectName("shortcutsTable")
        self._keys = QKeySequenceEdit(self)
        self._keys.setObjectName("shortcutEdit")
        self._keys.setMaximumSequenceLength(1)
        self._label, self._notice = QLabel(self), QLabel(self)
        self._notice.setObjectName("shortcutNotice")
        self._set, self._none, self._reset, self._close = (QPushButton(self) for _ in range(4))
        self._lay_out()
        self._connect()
        self.refresh()
        self._retranslate()
        self.resize(_SIZE)
        self._rows.setCurrentItem(self._items()[0][0])

    def _lay_out(self) -> None:
        names = ("setShortcutButton", "noShortcutButton", "resetShortcutButton", "closeButton")
        for button, name in zip((self._set, self._none, self._reset, self._close), names, strict=True):
            button.setObjectName(name)
            button.setAutoDefault(False)  # Enter in the keys must not press one
        self._rows.setRootIsDecorated(False)
        self._rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._rows.setColumnCount(2)
        self._rows.header().setStretchLastSection(False)
        self._rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._rows.header().resizeSection(1, _KEYS_PX)
        self._keys.setFixedWidth(_KEYS_PX)
        self._label.setBuddy(self._keys)
        self._notice.setProperty("kind", "error")
        self._notice.setWordWrap(True)
        edit = QHBoxLayout()
        edit.setSpacing(SPACE)
        for widget in (self._label, self._keys, self._set, self._none, self._reset):
            edit.addWidget(widget)
        edit.addStretch(1)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._search)
        column.addWidget(self._rows, 1)
        column.addLayout(edit)
        column.addWidget(self._notice)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._filter)
        self._rows.currentItemChanged.connect(self._on_row_chosen)
        self._rows.itemActivated.connect(self._keys.setFocus)
        self._keys.keySequenceChanged.connect(self._on_keys_pressed)
        self._set.clicked.connect(self._on_set)
        self._none.clicked.connect(lambda: self.changed.emit(self._action().name, ()))
        self._reset.clicked.connect(lambda: self.changed.emit(self._action().name, None))
        self._close.clicked.connect(self.accept)

    def refresh(self) -> None:
        """Show the keys that are bound now."""
        if not self._rows.topLevelItemCount():
            for spec in rebindable():
                QTreeWidgetItem(self._rows).setData(0, _NAME, spec.name)
        for item, spec in self._items():
            item.setText(1, ", ".join(QKeySequence(key).toString(_NATIVE) for key in keys_of(spec.name)))
            font = item.font(1)
            own = keys_of(spec.name) != spec.shortcuts
            font.setWeight(QFont.Weight.DemiBold if own else QFont.Weight.Normal)
            item.setFont(1, font)
        self._on_row_chosen()

    def _items(self) -> list[tuple[QTreeWidgetItem, ActionSpec]]:
        specs = {spec.name: spec for spec in ACTIONS}
        items = [self._rows.topLevelItem(row) for row in range(self._rows.topLevelItemCount())]
        return [(item, specs[item.data(0, _NAME)]) for item in items if item is not None]

    def _action(self) -> ActionSpec:
        current = self._rows.currentItem()
        return next(spec for item, spec in self._items() if item is current)

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self._search.setPlaceholderText(tr("Search by name or keys"))
        self._search.setAccessibleName(tr("Search by name or keys"))
        self._rows.setAccessibleName(tr("Shortcuts"))
        self._rows.setHeaderLabels([tr("Action"), tr("Keys")])
        self._label.setText(tr("New keys"))
        self._keys.setAccessibleName(tr("New keys"))
        self._keys.findChildren(QLineEdit)[0].setAccessibleName(tr("New keys"))
        self._set.setText(tr("Set"))
        self._none.setText(tr("No keys"))
        self._reset.setText(tr("Back to the default"))
        self._close.setText(tr("Close"))
        for item, spec in self._items():
            item.setText(0, action_title(spec))
        self._filter()
        self._on_keys_pressed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    @Slot()
    def _filter(self) -> None:
        words = self._search.text().casefold().split()
        for item, _spec in self._items():
            shown = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in shown for word in words))

    @Slot()
    def _on_row_chosen(self) -> None:
        chosen = self._rows.currentItem() is not None
        self._keys.setEnabled(chosen)
        self._keys.clear()
        self._none.setEnabled(chosen and bool(keys_of(self._action().name)))
        self._reset.setEnabled(chosen and keys_of(self._action().name) != self._action().shortcuts)
        self._on_keys_pressed()

    @Slot()
    def _on_keys_pressed(self) -> None:
        key = self._keys.keySequence().toString(_PORTABLE)
        self._set.setEnabled(bool(key))
        owner = owner_of(key, besides=self._action().name) if key else None
        self._set.setText(tr("Take them") if owner and not owner.shown_only else tr("Set"))
        self._notice.setText("")
        if is_for_typing(self._keys.keySequence()):
            self._set.setEnabled(False)
            self._notice.setText(tr("These keys are needed for typing: add Ctrl or Alt."))
        elif owner and owner.shown_only:
            self._set.setEnabled(False)
            self._notice.setText(tr("Text fields need these keys: {action}.", action=action_title(owner)))
        elif owner:
            self._notice.setText(tr("These keys now mean: {action}.", action=action_title(owner)))

    @Slot()
    def _on_set(self) -> None:
        key = self._keys.keySequence().toString(_PORTABLE)
        action = self._action().name
        if (owner := owner_of(key, besides=action)) is not None:
            self.changed.emit(owner.name, tuple(old for old in keys_of(owner.name) if old != key))
        self.changed.emit(action, (key,))


def is_for_typing(keys: QKeySequence) -> bool:
    """Tell whether the first of `keys` writes, moves the cursor or leaves a field when it is pressed in one."""
    if keys.isEmpty():
        return False
    combination = keys[0]  # type: ignore[index]  # the stubs do not know it
    modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
    function_key = Qt.Key.Key_F1 <= combination.key() <= Qt.Key.Key_F35
    return not (modifiers or function_key or combination.key() == Qt.Key.Key_Escape)


def action_title(spec: ActionSpec) -> str:
    """Return the name of an action with its menu: `File › Save`."""
    menu = next(title for name, title in MENUS if name == spec.menu)
    return f"{plain_text(tr(menu))} › {plain_text(tr(spec.text)).rstrip('…')}"
