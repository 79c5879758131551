"""The way from a reference to its value: Ctrl+click, or an entry of the field's menu."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.variables.entries import entry_of
from firstlight.ui.variables.references import Reference


def follow(known: KnownVariables | None, found: Reference | None) -> None:
    """Ask for the value behind a reference to be shown, unless it is one that makes its value itself."""
    if known is not None and found is not None and _has_value(known, found.name):
        known.edit_requested.emit(found.name)


def add_entries(menu: QMenu, known: KnownVariables | None, found: Reference | None) -> None:
    """Put what can be done with a reference on top of the menu of a field."""
    if known is None or found is None or not _has_value(known, found.name):
        return
    shown = f"{{{{{found.name}}}}}"
    text = tr("Set {name}…", name=shown) if entry_of(known, found.name) is None else tr("Edit {name}…", name=shown)
    action = QAction(icon("pencil"), text, menu)
    action.setObjectName("editVariable")
    action.triggered.connect(lambda: follow(known, found))
    first = menu.actions()[0]
    menu.insertAction(first, action)
    menu.insertSeparator(first)


def _has_value(known: KnownVariables, name: str) -> bool:
    return known.lookup(name) is not None or not name.startswith("$")
