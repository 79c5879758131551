"""SECTIONS: what the sidebar can show, and the switch between them. A new section is one line here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from firstlight.texts import N_, tr


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One entry of the switch."""

    name: str
    title: str
    """Marked for translation."""
    filter: str
    """What the filter above it is called; marked for translation."""


SECTIONS = (
    Section(
        name="collections", title=N_("Collections"), filter=N_("Filter collections")
    ),
    Section(
        name="services", title=N_("Services"), filter=N_("Filter services")
    ),
    Section(
        name="environments", title=N_("Environments"), filter=N_("Filter environments")
    ),
)  # fmt: skip


class SectionBar(QTabBar):
    """The switch."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sectionBar")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)  # in a narrow sidebar the words are shortened; pictures would take their room
        self.setElideMode(Qt.TextElideMode.ElideRight)
        for section in SECTIONS:
            self.addTab(tr(section.title))
        self.currentChanged.connect(self.chosen)
        self._retranslate()

    def show_section(self, name: str) -> None:
        """Bring a section to the front."""
        self.setCurrentIndex(next(place for place, section in enumerate(SECTIONS) if section.name == name))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("Parts of the workspace"))
        for place, section in enumerate(SECTIONS):
            self.setTabText(place, tr(section.title))
            self.setTabToolTip(place, tr(section.title))
