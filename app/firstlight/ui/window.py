"""The main window: sidebar, tabs, Console, footer, menus. It arranges and reports wishes; work happens elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui import actions as action_table
from firstlight.ui import menus as menu_table
from firstlight.ui import window_placement
from firstlight.ui.environments.bar import EnvironmentBar
from firstlight.ui.side_focus import SideSwitch
from firstlight.ui.side_splitter import SideSplitter
from firstlight.ui.sidebar.panel import Sidebar
from firstlight.ui.tabs import TabArea
from firstlight.ui.tabs_page import TabPage, is_request
from firstlight.ui.tasks import Tasks
from firstlight.ui.window_footer import Footer

if TYPE_CHECKING:
    from firstlight.ui.tabs_request import RequestTab

_SIZE = QSize(1360, 860)
_SMALLEST = QSize(720, 520)
_SIDEBAR, _CODE, _CONSOLE = 0, 2, 1
"""Where they stand: left and right of the tabs, below them."""
_SIDEBAR_PX = 272
_CODE_PX = 440
_CODE_SMALLEST_PX = 244
_TABS_SMALLEST_PX = 466
_CONSOLE_PX = 220
_CONSOLE_SMALLEST_PX = 100


class MainWindow(QMainWindow):
    """One window, one workspace."""

    layout_changed = Signal()
    """The sidebar or the Console was shown, hidden or resized."""
    painted = Signal()
    """The first paint is over: the network and asyncio may be loaded now."""
    network_ready = Signal()
    """The first request will not wait for imports."""
    activated = Signal()
    """The user came back from another program."""
    leave_requested = Signal()
    """Closing would lose unsaved changes; leave() closes."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._was_painted = False
        self._leaving = False
        self.tasks = Tasks(self)
        self.actions_by_name = action_table.make_actions(self)
        self.choices = menu_table.Choices(self)
        self.sidebar = Sidebar(self)
        self.tabs = TabArea(self)
        self.environments = EnvironmentBar(self)
        self.tabs.add_corner(self.environments)
        self.tabs.narrowed.connect(self.environments.show_narrow)
        self.footer = Footer(self.choices, self)
        self._menus = menu_table.fill_menu_bar(self.menuBar(), self.actions_by_name, self.choices)
        self._columns = SideSplitter(Qt.Orientation.Horizontal, 1, {_SIDEBAR: _SIDEBAR_PX, _CODE: _CODE_PX}, self)
        self._rows = SideSplitter(Qt.Orientation.Vertical, 0, {_CONSOLE: _CONSOLE_PX}, self)
        self._lay_out()
        self._connect()
        self._retranslate()
        self.resize(_SIZE)
        self.setMinimumSize(_SMALLEST)

    def _lay_out(self) -> None:
        self._rows.addWidget(self.tabs)
        self._columns.addWidget(self.sidebar)
        self._columns.addWidget(self._rows)
        for splitter in (self._columns, self._rows):
            splitter.splitterMoved.connect(self.layout_changed)
        self._columns.setStretchFactor(1, 1)
        self.sidebar.setMinimumWidth(180)
        self._rows.setMinimumWidth(_TABS_SMALLEST_PX)  # the request bar needs as much
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._columns, 1)
        column.addWidget(self.footer)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        for name, slot in {
            "quit": self.close,
            "environments": self.environments.open,
        }.items():
            self.actions_by_name[name].triggered.connect(lambda _checked=False, call=slot: call())
        for name in ("undo", "redo", "cut", "copy", "paste", "select_all", "open_find", "open_replace"):
            self.actions_by_name[name].triggered.connect(self._on_edit)
        self.actions_by_name["sidebar"].setChecked(True)
        SideSwitch(self.actions_by_name["sidebar"], self.sidebar, self.tabs.bar)
        self._join("console", self.footer.console)
        self._join("side_by_side", self.footer.side_by_side)
        self._join("presentation", self.footer.presentation)
        self.actions_by_name["side_by_side"].toggled.connect(self._on_side_by_side)
        for name in window_placement.SWITCHES:
            self.actions_by_name[name].toggled.connect(self.layout_changed)
        self.addActions(list(self.actions_by_name.values()))

    def _join(self, name: str, button: QWidget) -> None:
        action = self.actions_by_name[name]
        action.toggled.connect(button.setChecked)  # type: ignore[attr-defined]
        button.toggled.connect(action.setChecked)  # type: ignore[attr-defined]

    def layout_state(self) -> dict[str, Any]:
        """Return how the window is laid out now; `lay_out_as` does it again."""
        return {
            "geometry": window_placement.geometry_of(self),
            "sidebar_px": self._columns.given_px(_SIDEBAR),
            "console_px": self._rows.given_px(_CONSOLE),
            "code_px": self._columns.given_px(_CODE),
        } | {name: self.actions_by_name[name].isChecked() for name in window_placement.SWITCHES}

    def lay_out_as(self, layout: Mapping[str, Any]) -> None:
        """Lay the window out as `layout` says; what it does not say stays."""
        window_placement.put_back(self, layout.get("geometry"))
        self._columns.give(_SIDEBAR, window_placement.size_in(layout, "sidebar_px", _SIDEBAR_PX))
        self._rows.give(_CONSOLE, window_placement.size_in(layout, "console_px", _CONSOLE_PX))
        self._columns.give(_CODE, window_placement.size_in(layout, "code_px", _CODE_PX))
        for name in window_placement.SWITCHES:
            action = self.actions_by_name[name]
            action.setChecked(layout.get(name, action.isChecked()) is True)

    def action(self, name: str) -> QAction:
        """Return an action of the ACTIONS table."""
        return self.actions_by_name[name]

    def add_to_file_menu(self, menu: QMenu, *, before: str) -> None:
        """Put a menu into the File menu, in front of the action called `before`."""
        self._menus["file"].insertMenu(self.actions_by_name[before], menu)

    def add_console(self, console: QWidget) -> None:
        """Put the Console below the tabs; it is made after the first paint."""
        console.setMinimumHeight(_CONSOLE_SMALLEST_PX)
        console.hide()  # a splitter shows what it is given, and showing builds it
        self._rows.addWidget(console)
        self._rows.setStretchFactor(0, 1)
        SideSwitch(self.action("console"), console, self.tabs.bar)

    def add_code_panel(self, panel: QWidget) -> None:
        """Put the Code panel right of the tabs; it is built when it is first opened."""
        panel.setMinimumWidth(_CODE_SMALLEST_PX)
        panel.hide()
        self._columns.addWidget(panel)
        SideSwitch(self.action("code"), panel, self.tabs.bar)

    def add_tab(self, tab: TabPage, position: int | None = None, *, front: bool = True, preview: bool = False) -> None:
        """Open `tab`, split like the others, in front unless told otherwise."""
        if is_request(tab):
            self._split(tab)
        self.tabs.add(tab, position, front=front, preview=preview)

    def replace_tab(self, old: TabPage, new: TabPage) -> None:
        """Put `new` where `old` is."""
        if is_request(new):
            self._split(new)
        self.tabs.replace(old, new)

    def leave(self) -> None:
        """Close without asking."""
        self._leaving = True
        self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._leaving and any(tab.unsaved() for tab in self.tabs.tabs()):
            event.ignore()
            self.leave_requested.emit()
            return
        self.closed.emit()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.isVisible():
            self.activated.emit()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        action_table.retranslate(self.actions_by_name)
        menu_table.retranslate(self._menus)
        self.choices.retranslate()
        self.setWindowTitle(tr("First Light"))

    def _split(self, tab: RequestTab) -> None:
        beside = self.actions_by_name["side_by_side"].isChecked()
        tab.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    @Slot()
    def _on_side_by_side(self) -> None:
        for tab in self.tabs.requests():
            self._split(tab)

    @Slot()
    def _on_edit(self) -> None:
        """Hand an Edit entry to the focused widget, if it knows it; Find to the nearest one around that does."""
        name = self.sender().objectName()
        words, widget = name.split("_"), QApplication.focusWidget()
        qt_name = words[0] + "".join(word.title() for word in words[1:])
        while widget is not None:
            method = getattr(widget, qt_name, None) or getattr(widget, name, None)
            if method is not None:
                method()
                return
            widget = widget.parentWidget() if name == "open_find" else None
