"""Introduces the viewport of a scroll area to PySide6.

Asked for a widget that it has not seen before, PySide6 makes all seventy of its widget classes to find out what
that widget is: 2 MB and 10 ms for the first `viewport()`. `findChild` says what it is.
"""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def know_viewport(area: QAbstractScrollArea) -> None:
    """Make `area.viewport()` cheap; for constructors."""
    area.findChild(QWidget, "qt_scrollarea_viewport")
