"""The menu bar, drawn from the ACTIONS table, with the theme and language choices in View."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from firstlight.texts import LANGUAGES, tr
from firstlight.ui.actions import ACTIONS, MENUS
from firstlight.ui.icons import icon
from firstlight.ui.theme.apply import THEMES


class Choices(QObject):
    """The theme and the language as menus of one ticked entry each; shown in View and in the footer."""

    theme_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.theme_menu, self._themes = self._menu([name for name, _label in THEMES])
        self.language_menu, self._languages = self._menu([code for code, _name in LANGUAGES])
        self._themes.triggered.connect(lambda action: self.theme_chosen.emit(action.objectName()))
        self._languages.triggered.connect(lambda action: self.language_chosen.emit(action.objectName()))
        self.theme_menu.setIcon(icon("sun"))
        self.language_menu.setIcon(icon("language"))

    def _menu(self, names: Iterable[str]) -> tuple[QMenu, QActionGroup]:
        menu = QMenu(self._window)
        group = QActionGroup(self)
        for name in names:
            action = QAction(self)
            action.setObjectName(name)
            action.setCheckable(True)
            group.addAction(action)
            menu.addAction(action)
        return menu, group

    def tick(self, theme: str, language: str) -> None:
        """Show which theme and language are in use."""
        for group, name in ((self._themes, theme), (self._languages, language)):
            for action in group.actions():
                action.setChecked(action.objectName() == name)

    def retranslate(self) -> None:
        """Give the entries their texts; a language is always named in itself."""
        self.theme_menu.setTitle(tr("Theme"))
        self.language_menu.setTitle(tr("Language"))
        labels = {name: tr(label) for name, label in THEMES} | dict(LANGUAGES)
        for action in (*self._themes.actions(), *self._languages.actions()):
            action.setText(labels[action.objectName()])


def fill_menu_bar(bar: QMenuBar, actions: dict[str, QAction], choices: Choices) -> dict[str, QMenu]:
    """Put the actions into their menus, in the order of the table; return the menus by name."""
    menus = {name: bar.addMenu("") for name, _title in MENUS}
    groups = dict.fromkeys(menus, 0)
    for spec in (spec for spec in ACTIONS if spec.listed):
        menu = menus[spec.menu]
        if spec.group != groups[spec.menu]:
            groups[spec.menu] = spec.group
            menu.addSeparator()
        menu.addAction(actions[spec.name])
    menus["view"].addSeparator()
    for choice in (choices.theme_menu, choices.language_menu):
        menus["view"].addMenu(choice)
    return menus


def retranslate(menus: dict[str, QMenu]) -> None:
    """Give the menus their titles."""
    for name, title in MENUS:
        menus[name].setTitle(tr(title))
