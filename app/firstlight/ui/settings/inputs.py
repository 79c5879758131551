"""One input per kind of setting, all alike: they show a value and tell when the user gave another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QSpinBox, QWidget

from firstlight.texts import tr
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.request.secret_edit import SecretEdit
from firstlight.ui.request.timeout_spin import TimeoutSpin
from firstlight.ui.settings.table import Setting
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, SPACE

Changed = Callable[[Any], None]


class Input(Protocol):
    """What a row of the dialog needs of its input."""

    def show_value(self, value: Any) -> None:
        """Show `value` and tell nobody."""

    def retranslate(self) -> None:
        """Show all words in the language now in use."""

    @property
    def target(self) -> QWidget:
        """The widget that takes the keys."""


class _Choice(QComboBox):
    def __init__(self, setting: Setting, changed: Changed, parent: QWidget) -> None:
        super().__init__(parent)
        self._setting = setting
        for value, label in setting.choices:
            self.addItem(label, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda: changed(self.currentData()))

    target = property(lambda self: self)

    def show_value(self, value: Any) -> None:
        self.setCurrentIndex(max(0, self.findData(value)))

    def retranslate(self) -> None:
        for position, (_, label) in enumerate(self._setting.choices):
            self.setItemText(position, tr(label))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolls the page; a setting is not changed in passing


class _Switch(QCheckBox):
    def __init__(self, _setting: Setting, changed: Changed, parent: QWidget) -> None:
        super().__init__(parent)
        self.toggled.connect(changed)

    target = property(lambda self: self)

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setChecked(value)

    def retranslate(self) -> None:
        """The label stands beside it."""


class _Number(QSpinBox):
    def __init__(self, setting: Setting, changed: Changed, parent: QWidget) -> None:
        super().__init__(parent)
        self._setting = setting
        self.setRange(*setting.bounds)
        self.setFixedHeight(CONTROL_HEIGHT)
        self.lineEdit().setTextMargins(SPACE, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)  # 1, 12, 120: only what was meant counts
        self.valueChanged.connect(changed)

    target = property(lambda self: self)

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setValue(value)

    def retranslate(self) -> None:
        self.setSpecialValueText(tr(self._setting.zero))
        self.setSuffix(f" {tr(self._setting.unit)}" if self._setting.unit else "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Seconds(TimeoutSpin):
    def __init__(self, _setting: Setting, changed: Changed, parent: QWidget) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.valueChanged.connect(changed)

    target = property(lambda self: self)

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.show_seconds(value)


class _Text(OneLineEdit):
    def __init__(self, setting: Setting, changed: Changed, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(setting.placeholder)
        self.editingFinished.connect(lambda: changed(self.text().strip()))

    target = property(lambda self: self)

    def show_value(self, value: Any) -> None:
        if value != self.text():
            self.setText(value)

    def retranslate(self) -> None:
        """It has no words."""


class _Secret(SecretEdit):
    def __init__(self, _setting: Setting, changed: Changed, parent: QWidget) -> None:
        super().__init__(parent)
        self.edit.editingFinished.connect(lambda: changed(self.edit.text()))

    target = property(lambda self: self.edit)

    def show_value(self, value: Any) -> None:
        if value != self.edit.text():
            self.edit.setText(value)


class FileInput(QWidget):
    """A path with a button that asks for the file; the dialog runs the question."""

    def __init__(self, setting: Setting, changed: Changed, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = _Text(setting, changed, self)
        self.browse = QPushButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._text, 1)
        row.addWidget(self.browse)
        self.setFocusProxy(self._text)

    target = property(lambda self: self._text)

    def show_value(self, value: Any) -> None:
        self._text.show_value(value)

    def retranslate(self) -> None:
        self.browse.setText(tr("Choose a file…"))


_MAKERS: dict[str, Callable[[Setting, Changed, QWidget], QWidget]] = {
    "choice": _Choice,
    "switch": _Switch,
    "number": _Number,
    "seconds": _Seconds,
    "text": _Text,
    "secret": _Secret,
    "file": FileInput,
}


def make_input(setting: Setting, changed: Changed, parent: QWidget) -> Input:
    """Return the input for `setting`, which is a QWidget; `changed` is called with every value the user gives."""
    return cast(Input, _MAKERS[setting.kind](setting, changed, parent))
