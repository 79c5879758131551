"""What assistive technology learns of the views that we paint ourselves; Qt tells it about everything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

_told: WeakKeyDictionary[QObject, QAccessibleInterface] = WeakKeyDictionary()
"""Qt keeps no reference to what Python returns."""


def install() -> None:
    """Answer for our views from now on. Qt asks only once assistive technology is there."""
    QAccessible.installFactory(_make)


def _make(_class_name: str, widget: QObject) -> QAccessibleInterface | None:
    maker = _makers().get(type(widget).__name__)
    if maker is None:
        return None
    if widget not in _told:
        _told[widget] = maker(widget)
    return _told[widget]


def _makers() -> dict[str, Callable[[Any], QAccessibleInterface]]:
    from firstlight.ui.accessible.message_list import AccessibleMessages
    from firstlight.ui.accessible.text import AccessibleText

    return {
        "TextView": AccessibleText,
        "MessageTable": AccessibleMessages,
        "TimingTab": partial(QAccessibleWidget, r=QAccessible.Role.Pane),
        "Waterfall": partial(QAccessibleWidget, r=QAccessible.Role.Chart),
    }
