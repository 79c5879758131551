"""Which service a request belongs to, before its URL: a button with a menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.text.plain_tip import plain_tip

_WIDEST_PX = 150


class ServiceButton(QToolButton):
    """Not there while the workspace has no service: then there is nothing to choose."""

    chosen = Signal(str)
    """Name of a service; empty: none."""
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("serviceButton")
        self.setIconSize(QSize(16, 16))
        self._names: tuple[str, ...] = ()
        self._chosen = ""
        self._narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._on_clicked)
        self._show()

    def show_names(self, names: tuple[str, ...]) -> None:
        """Offer these services."""
        if names != self._names:
            self._names = names
            self._show()

    def show_chosen(self, name: str) -> None:
        """Say which one it is; empty: none."""
        if name != self._chosen:
            self._chosen = name
            self._show()

    def show_narrow(self, narrow: bool) -> None:
        """Show only the picture; the tooltip has the name."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._names or self._chosen))
        known = not self._chosen or self._chosen in self._names
        self.setIcon(icon("service", "accent" if self._chosen and known else "error" if not known else "text_muted"))
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        named = self._chosen and not self._narrow
        self.setToolButtonStyle(beside if named else Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setText(QFontMetrics(self.font()).elidedText(self._chosen, Qt.TextElideMode.ElideRight, _WIDEST_PX))
        words = tr("Service: {name}", name=self._chosen or tr("none, the request has a full URL"))
        if not known:
            words = tr("There is no service “{name}” in this workspace.", name=self._chosen)
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(words)

    def _on_clicked(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("serviceMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill(self, menu: QMenu) -> None:
        none = menu.addAction(tr("No service: full URL"), lambda: self.chosen.emit(""))
        none.setCheckable(True)
        none.setChecked(not self._chosen)
        menu.addSeparator()
        for name in self._names:
            action = menu.addAction(name.replace("&", "&&"), partial(self.chosen.emit, name))
            action.setCheckable(True)
            action.setChecked(name == self._chosen)
        menu.addSeparator()
        menu.addAction(icon("plus"), tr("New service…"), self.new_requested.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
