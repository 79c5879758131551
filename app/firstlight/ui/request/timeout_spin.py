"""An amount of seconds or megabytes, or no limit."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from firstlight.texts import N_, tr
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, SPACE

_LONGEST_S = 86_400.0


class TimeoutSpin(QDoubleSpinBox):
    """0 reads "No limit", or what else it means, and is None."""

    def __init__(self, parent: QWidget | None = None, *, unit: str = N_("s"), nothing: str = "") -> None:
        """Count in `unit`; `nothing` is what 0 reads. Both are N_() texts."""
        super().__init__(parent)
        self._unit = unit
        self._nothing = nothing or N_("No limit")
        self.setLocale(QLocale.c())
        self.setRange(0.0, _LONGEST_S)
        self.setDecimals(3)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(CONTROL_HEIGHT)  # its arrows would ask for more than its neighbours have
        self.lineEdit().setTextMargins(SPACE, 0, 0, 0)
        self.retranslate()

    def show_seconds(self, seconds: float | None) -> None:
        """Show a time; None is no limit."""
        self.setValue(seconds or 0.0)

    def seconds(self) -> float | None:
        """Return the time; None is no limit."""
        return self.value() or None

    def retranslate(self) -> None:
        """Show the unit in the language now in use."""
        self.setSpecialValueText(tr(self._nothing))
        self.setSuffix(" " + tr(self._unit))

    def textFromValue(self, value: float) -> str:
        return f"{value:.3f}".rstrip("0").rstrip(".")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page unless the user is in this box."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
