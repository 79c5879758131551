"""The environment in use, at the right above the tabs: a choice, and an eye that shows what variables are worth."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStyleOptionComboBox, QToolButton, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.keys.bindings import with_keys

_WIDTH_PX = 176
_NARROW_PX = 52
_ICON_PX = 16
_STEPS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})
_NEW = True  # the data of the entry that makes one; the others have their name


class EnvironmentCombo(QComboBox):
    """A choice that can do with its icon, where there is no room for a name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self.setObjectName("environmentCombo")
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFixedWidth(_WIDTH_PX)
        self.view().setMinimumWidth(_WIDTH_PX)

    def show_narrow(self, narrow: bool) -> None:
        """Show only the icon of what is chosen; the list and the tooltip have the names."""
        self._narrow = narrow
        self.setFixedWidth(_NARROW_PX if narrow else _WIDTH_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list: what is one step further may be the entry that makes an environment."""
        if (event.text() and event.text().isprintable()) or event.key() in _STEPS:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # requests go elsewhere with another environment: not in passing

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        if self._narrow:
            option.currentText = ""


class EnvironmentBar(QWidget):
    """Shows and offers environments by name; an empty name is none."""

    chosen = Signal(str)
    new_requested = Signal()
    look_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = EnvironmentCombo(self)
        self.combo.addItem(icon("environment"), "", "")
        self.combo.activated.connect(self._on_activated)
        self._chosen = ""
        self.eye = QToolButton(self)
        self.eye.setObjectName("environmentEye")
        self.eye.setProperty("kind", "flat")
        self.eye.setIcon(icon("eye"))
        self.eye.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.eye.clicked.connect(self.look_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 0, 2)
        row.setSpacing(2)
        row.addWidget(self.combo)
        row.addWidget(self.eye)
        self._retranslate()

    def show_names(self, names: Iterable[str], chosen: str) -> None:
        """Offer `names`; one of them, or none, is in use."""
        self._chosen = chosen
        while self.combo.count() > 1:
            self.combo.removeItem(1)
        for name in names:
            self.combo.addItem(icon("environment", "accent"), name, name)
        self.combo.insertSeparator(self.combo.count())
        self.combo.addItem(icon("plus"), tr("New environment…"), _NEW)
        self._show_chosen()
        self.combo.setToolTip(self._hint())

    def _show_chosen(self) -> None:
        self.combo.setCurrentIndex(max(self.combo.findData(self._chosen), 0))

    def _on_activated(self, index: int) -> None:
        if self.combo.itemData(index) is not _NEW:
            self.chosen.emit(self.combo.itemData(index))
            return
        self._show_chosen()  # it is no environment
        self.new_requested.emit()

    def show_narrow(self, narrow: bool) -> None:
        """Take little room, or as much as a name needs."""
        self.combo.show_narrow(narrow)

    def open(self) -> None:
        """Show the choice to the keyboard."""
        self.combo.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.combo.showPopup()

    def _hint(self) -> str:
        return with_keys(tr("Environment: {name}", name=self.combo.currentText()), "environments")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.combo.setItemText(0, tr("No environment"))
        if (new := self.combo.findData(_NEW)) >= 0:
            self.combo.setItemText(new, tr("New environment…"))
        self.combo.setAccessibleName(tr("Environment"))
        self.combo.setToolTip(self._hint())
        self.eye.setAccessibleName(tr("Variables in use"))
        self.eye.setToolTip(tr("Variables in use, with their values"))
