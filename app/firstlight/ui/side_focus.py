"""A side of the window that is hidden gives the focus back to who had it when the side was shown."""

from __future__ import annotations

import weakref

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget


class SideSwitch(QObject):
    """Shows and hides `side` as `action` says. Left to itself, Qt would give the focus to whatever stands next."""

    def __init__(self, action: QAction, side: QWidget, otherwise: QWidget) -> None:
        """`otherwise` takes the focus when who had it is no longer seen."""
        super().__init__(side)
        self._side = side
        self._otherwise = otherwise
        self._before: weakref.ref[QWidget] | None = None
        side.setVisible(action.isChecked())
        action.toggled.connect(self._on_toggled)

    def _on_toggled(self, shown: bool) -> None:
        focused = QApplication.focusWidget()
        if shown:
            self._before = weakref.ref(focused) if focused else None
        elif focused is not None and self._side.isAncestorOf(focused):
            before = self._before() if self._before else None
            seen = before is not None and shiboken6.isValid(before) and before.isVisible()
            (before if before and seen else self._otherwise).setFocus(Qt.FocusReason.OtherFocusReason)
        self._side.setVisible(shown)
