"""What a screen reader finds in a window: every control with its role and name, walked through QAccessible."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QScrollBar,
    QWidget,
)

_Role = QAccessible.Role
CONTROLS = {
    _Role.Button, _Role.CheckBox, _Role.ComboBox, _Role.EditableText, _Role.SpinBox, _Role.Table, _Role.Tree,
    _Role.List, _Role.PageTabList, _Role.RadioButton, _Role.Slider, _Role.ButtonMenu, _Role.ButtonDropDown,
    _Role.Document, _Role.HotkeyField, _Role.MenuItem, _Role.PageTab,
}  # fmt: skip
_NO_ROLE = {_Role.NoRole, _Role.Client}
"""What Qt says of a widget that it knows nothing about."""


def walk(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Yield the interfaces of `widget` and of everything below it that is on screen, cells left out."""
    yield from _walk(QAccessible.queryAccessibleInterface(widget))


def _walk(interface: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    yield interface
    thing = interface.object()
    if isinstance(thing, QAbstractItemView | QHeaderView | QScrollBar):
        return
    for number in range(interface.childCount()):
        yield from _walk(interface.child(number))


def faults(widget: QWidget) -> list[str]:
    """Return every control below `widget` that has no name or no role, and what takes the keys without a role."""
    found = []
    for interface in walk(widget):
        thing = interface.object()
        name = interface.text(QAccessible.Text.Name).strip()
        where = f"{type(thing).__name__}#{thing.objectName() if thing else ''} {interface.role().name}"
        if interface.role() in CONTROLS and not name and not _is_part(thing):
            found.append(f"no name: {where}")
        elif interface.state().focusable and interface.role() in _NO_ROLE and not _is_part(thing):
            found.append(f"no role: {where} {name!r}")
    return found


def _is_part(thing: object) -> bool:
    """Tell whether `thing` is a piece of a named control: the picture in a line edit, Qt's own arrows."""
    if not isinstance(thing, QWidget):
        return False
    if thing.objectName().startswith("qt_") or thing.objectName() in ("ScrollLeftButton", "ScrollRightButton"):
        return True
    passes_on = thing.focusProxy() is not None or isinstance(thing, QKeySequenceEdit)
    return passes_on or isinstance(thing.parent(), QLineEdit)


def stops(widget: QWidget, most: int = 400) -> list[QWidget]:
    """Press Tab until the focus comes round; return where it stopped."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    seen: list[QWidget] = []
    for _ in range(most):
        QTest.keyClick(QApplication.focusWidget() or widget, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is None or focus in seen[:-1]:
            break
        if focus not in seen:  # a table whose cells it walks through
            seen.append(focus)
    return seen
