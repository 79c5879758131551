"""What a service's gateway takes: as usual for the vendor, none, or limits of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QWidget

from firstlight.model.service import Limits
from firstlight.model.vendors import vendor
from firstlight.texts import tr
from firstlight.ui.services.labelled_form import LabelledForm
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, SPACE

_WIDEST_PX = 400
_MB = 1024 * 1024
_USUAL, _NONE, _OWN = range(3)


class _Limit(QWidget):
    """A choice, and a number for the last one."""

    edited = Signal()

    def __init__(self, decimals: int, most: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice, self.number = QComboBox(self), QDoubleSpinBox(self)
        for data in (_USUAL, _NONE, _OWN):
            self.choice.addItem("", data)
        self.number.setDecimals(decimals)
        self.number.setRange(10.0**-decimals, most)
        self.number.setFixedHeight(CONTROL_HEIGHT)
        self.number.setFixedWidth(130)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.choice, 1)
        row.addWidget(self.number)
        self.setFocusProxy(self.choice)
        self.choice.activated.connect(self._on_chosen)
        self.number.valueChanged.connect(lambda _value: self.edited.emit())

    def show_value(self, value: float | None, usual: float) -> None:
        """Show a limit; None: as usual, 0: none."""
        self.choice.setCurrentIndex(_USUAL if value is None else _OWN if value else _NONE)
        self.number.setVisible(bool(value))
        with QSignalBlocker(self.number):
            self.number.setValue(value or usual or 1)

    def value(self) -> float | None:
        """Return what is on screen."""
        return (None, 0.0, self.number.value())[self.choice.currentIndex()]

    def _on_chosen(self) -> None:
        self.number.setVisible(self.choice.currentIndex() == _OWN)
        self.edited.emit()


class LimitsPart(LabelledForm):
    """Shows and edits Limits."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits, self._vendor = Limits(), "other"
        self.body, self.time = _Limit(2, 100_000, self.page), _Limit(1, 86_400, self.page)
        self.files = QComboBox(self.page)
        for entry in (self.body, self.time, self.files):
            entry.setMaximumWidth(_WIDEST_PX)
        for data in (None, False, True):
            self.files.addItem("", data)
        self.add(self.body, "limitBody")
        self.add(self.time, "limitTime")
        self.add(self.files, "limitFiles")
        self.body.edited.connect(lambda: self._change(body_bytes=_bytes(self.body.value())))
        self.time.edited.connect(lambda: self._change(time_s=self.time.value()))
        self.files.activated.connect(lambda: self._change(one_file=self.files.currentData()))
        self.retranslate()

    def show_limits(self, limits: Limits) -> None:
        """Show other limits."""
        self._limits = limits
        usual = vendor(self._vendor).limits
        size = None if limits.body_bytes is None else limits.body_bytes / _MB
        self.body.show_value(size, (usual.body_bytes or 0) / _MB)
        self.time.show_value(limits.time_s, usual.time_s or 0)
        self.files.setCurrentIndex(self.files.findData(limits.one_file))

    def limits(self) -> Limits:
        """Return what is on screen; a limit that nobody touched keeps its exact digits."""
        return self._limits

    def show_vendor(self, kind: str) -> None:
        """Say whose service it is, and so which limits are usual."""
        self._vendor = kind
        self.retranslate()

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        usual = vendor(self._vendor).limits
        size = tr("{size} MB", size=f"{usual.body_bytes / _MB:g}") if usual.body_bytes else tr("no limit is known")
        time = tr("{time} s", time=f"{usual.time_s:g}") if usual.time_s else tr("no limit is known")
        files = tr("one file") if usual.one_file else tr("any number of files")
        for limit, words, own in (
            (self.body, size, tr("Own limit, in MB")),
            (self.time, time, tr("Own limit, in seconds")),
        ):
            limit.choice.setItemText(_USUAL, tr("As usual for the vendor: {limit}", limit=words))
            limit.choice.setItemText(_NONE, tr("No limit"))
            limit.choice.setItemText(_OWN, own)
            limit.number.setAccessibleName(own)
        for row, words in enumerate((tr("As usual for the vendor: {limit}", limit=files), tr("Several"), tr("One"))):
            self.files.setItemText(row, words)
        self.label(self.body, tr("Largest body"), tr("First Light warns before a larger one is sent."))
        self.label(self.time, tr("Longest time"), tr("The gateway ends what takes longer."))
        self.label(self.files, tr("Files per request"))
        self.body.choice.setAccessibleName(tr("Largest body"))
        self.time.choice.setAccessibleName(tr("Longest time"))

    def _change(self, **changed: Any) -> None:
        self._limits = replace(self._limits, **changed)
        self.edited.emit()


def _bytes(size: float | None) -> int | None:
    return None if size is None else round(size * _MB)
