"""The bar in a tab whose file changed outside while something was unsaved: nothing is overwritten silently."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from firstlight.texts import N_, Phrase, tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import SPACE

Case: TypeAlias = Literal["", "changed", "broken", "gone"]

_TEXTS = {
    "changed": N_("This file changed on disk, and the tab holds unsaved changes."),
    "broken": N_("This file changed on disk and cannot be read now: {problem}"),
    "gone": N_("This file was deleted on disk. Save makes it again."),
}
_ICON = QSize(16, 16)


class OutsideBar(QFrame):
    """Says what happened to the file and offers the ways out."""

    differences_requested = Signal()
    keep_requested = Signal()
    load_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outsideBar")
        self.setProperty("kind", "warnBar")
        self._case: Case = ""
        self._problem = Phrase()
        self._picture = QLabel(self)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setObjectName("outsideLabel")
        self._text.setWordWrap(True)
        self._differences = self._button("differencesButton", self.differences_requested)
        self._keep = self._button("keepMineButton", self.keep_requested)
        self._load = self._button("loadTheirsButton", self.load_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self._picture)
        row.addWidget(self._text, 1)
        for button in (self._differences, self._keep, self._load):
            row.addWidget(button)
        self.show_case("")

    def _button(self, name: str, then: object) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.clicked.connect(then)
        return button

    @property
    def case(self) -> Case:
        """What is being told; empty: nothing, the bar is hidden."""
        return self._case

    def show_case(self, case: Case, problem: Phrase | None = None) -> None:
        """Tell another case, or nothing."""
        self._case, self._problem = case, problem or Phrase()
        self._differences.setVisible(case in ("changed", "broken"))
        self._keep.setVisible(case in ("changed", "broken"))
        self._load.setVisible(case == "changed")
        self._retranslate()
        self.setVisible(bool(case))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._picture.setPixmap(icon("alert", "warn").pixmap(_ICON))  # in the colour of the theme now in use
        text = _TEXTS.get(self._case, "")
        self._text.setText(tr(text, problem=tr(self._problem)) if self._case == "broken" else tr(text))
        self._differences.setText(tr("Show differences"))
        self._keep.setText(tr("Keep mine"))
        self._keep.setToolTip(tr("Go on with what stands here; saving replaces the file."))
        self._load.setText(tr("Load theirs"))
        self._load.setToolTip(tr("Show what the file holds now; what was typed here is lost."))
