"""The bar over an editor: find as over any text, by word or pattern as well, and what to put there instead."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from firstlight.texts import tr
from firstlight.ui.text.find_bar import FindBar
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE

_CONTROL_PX = 26
"""Lower than elsewhere: in the lowest pane both rows and a line of the text must be seen."""


class ReplaceBar(FindBar):
    """Says what the user wants to find and to replace; knows nothing of the text."""

    replace_requested = Signal()
    replace_all_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_kind(self, "bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _lay_out(self) -> None:
        self._unfold = self._button("replaceUnfold", "replace", checkable=True)
        self._word = self._button("findWord", "whole-word", checkable=True)
        self._pattern = self._button("findPattern", "regex", checkable=True)
        self._replacement = QLineEdit(self)
        self._replacement.setObjectName("replaceEdit")
        self._one = QPushButton(self)
        self._one.setObjectName("replaceOne")
        self._all = QPushButton(self)
        self._all.setObjectName("replaceAll")
        finding, replacing = QHBoxLayout(), QHBoxLayout()
        for row in (finding, replacing):
            row.setSpacing(SPACE // 2)
        toggles: tuple[QToolButton, ...] = (self._case, self._word, self._pattern)
        for widget in (*toggles, self._previous, self._next, self._count):
            finding.addWidget(widget)
        finding.addStretch(1)
        finding.addWidget(self._close)
        replacing.addWidget(self._one)
        replacing.addWidget(self._all)
        replacing.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE, 2, SPACE, 2)
        grid.setHorizontalSpacing(SPACE // 2)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._unfold, 0, 0)
        grid.addWidget(self._edit, 0, 1)
        grid.addLayout(finding, 0, 2)
        grid.addWidget(self._replacement, 1, 1)
        grid.addLayout(replacing, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 2)
        order = (self._edit, self._replacement, *toggles, self._previous, self._next, self._one, self._all, self._close)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        for control in (*self.findChildren(QLineEdit), *self.findChildren(QAbstractButton)):
            control.setFixedHeight(_CONTROL_PX)
        for toggle in (self._word, self._pattern):
            toggle.toggled.connect(self.changed)
        self._unfold.toggled.connect(self._on_unfolded)
        self._one.clicked.connect(self.replace_requested)
        self._all.clicked.connect(self.replace_all_requested)
        self._on_unfolded()

    @property
    def last_control(self) -> QWidget:
        """Where the Tab key leaves the bar."""
        return self._close

    def whole_word(self) -> bool:
        """Return whether a match must not begin or end inside a word."""
        return self._word.isChecked()

    def is_pattern(self) -> bool:
        """Return whether what to find is a regular expression."""
        return self._pattern.isChecked()

    def replacement(self) -> str:
        """Return what to put in the place of a match."""
        return self._replacement.text()

    def open_replacing(self, text: str) -> None:
        """Show both rows, ready for typing what to find, or what to put there if that is known."""
        self._unfold.setChecked(True)
        self.open_with(text)
        if text:
            self._replacement.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._replacement.selectAll()

    def show_replaceable(self, *, any_match: bool) -> None:
        """Say whether there is something to replace."""
        self._one.setEnabled(any_match)
        self._all.setEnabled(any_match)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._replacement.hasFocus():
            self.replace_requested.emit()
        elif enter and (self._one.hasFocus() or self._all.hasFocus()):
            (self._one if self._one.hasFocus() else self._all).click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_unfolded(self) -> None:
        shown = self._unfold.isChecked()
        for widget in (self._replacement, self._one, self._all):
            widget.setVisible(shown)

    def _retranslate(self) -> None:
        super()._retranslate()
        self._replacement.setPlaceholderText(tr("Replace with"))
        self._replacement.setAccessibleName(tr("Replace with"))
        self._replacement.setToolTip(tr("In a pattern $1 stands for the first group, $0 for the whole match"))
        self._one.setText(tr("Replace"))
        self._all.setText(tr("Replace all"))
        for button, text in (
            (self._unfold, tr("Replace (Ctrl+H)")),
            (self._word, tr("Whole words")),
            (self._pattern, tr("Regular expression")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
