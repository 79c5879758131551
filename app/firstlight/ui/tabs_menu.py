"""The menus of the strip of tabs: what can be done with one, and the list of all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from firstlight.texts import tr

if TYPE_CHECKING:
    from firstlight.ui.tabs import TabArea
    from firstlight.ui.window import MainWindow

_GROUPS = (
    ("keep_tab", "duplicate_tab", "copy_url"),
    ("close_tab", "close_other_tabs", "close_tabs_right", "close_all_tabs"),
    ("reopen_tab",),
    ("move_tab_left", "move_tab_right"),
)
"""Actions of the window, which act on the tab that was asked for and not on the one in front."""


def show_tab_menu(window: MainWindow, where: QPoint, possible: set[str], wish: Callable[[str], object]) -> None:
    """Show the menu of a tab; `wish` is called with the name of what was chosen."""
    menu = QMenu(window)
    menu.setObjectName("tabMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in _GROUPS:
        for name in group:
            if name == "keep_tab" and name not in possible:  # of no use to a tab that is no preview
                continue
            action = window.action(name)
            line = menu.addAction(action.icon(), action.text())
            line.setObjectName(name)
            line.setShortcut(action.shortcut())
            line.setEnabled(action.isEnabled() if name == "reopen_tab" else name in possible)
            line.triggered.connect(lambda _checked=False, chosen=name: wish(chosen))
        menu.addSeparator()
    menu.popup(where)


def show_tab_list(area: TabArea, below: QWidget) -> None:
    """Show every open tab as a line, below the right end of a widget; the one in front is chosen."""
    menu = QMenu(area)
    menu.setObjectName("tabList")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for tab in area.tabs():
        text = tab.title().replace("&", "&&")
        name = tr("{name} (unsaved)", name=text) if tab.unsaved() else text
        line = menu.addAction(f"{name}\t{tab.method()}")
        line.triggered.connect(lambda _checked=False, chosen=tab: area.select(chosen))
        if tab is area.current():
            menu.setActiveAction(line)
    corner = below.mapToGlobal(below.rect().bottomRight())
    menu.popup(corner - QPoint(min(menu.sizeHint().width(), area.width()), 0))
