"""Which keys do what: the ACTIONS table's own, or what the user put in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from firstlight.ui.actions import ACTIONS, ActionSpec

Custom = Mapping[str, Sequence[str]]
"""Action → keys in Qt's portable form, for the actions that differ from the table; no keys: none at all."""

_in_use: dict[str, tuple[str, ...]] = {spec.name: spec.shortcuts for spec in ACTIONS}


def rebindable() -> tuple[ActionSpec, ...]:
    """Return the actions whose keys may be changed: not those that every text field answers by itself."""
    return tuple(spec for spec in ACTIONS if not spec.shown_only)


def read_custom(saved: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return what `saved` (the field of Settings) says about actions there are; anything else in it is left out."""
    names = {spec.name for spec in rebindable()}
    return {
        name: tuple(key for key in keys if isinstance(key, str) and not QKeySequence(key).isEmpty())
        for name, keys in saved.items()
        if name in names and isinstance(keys, list | tuple)
    }


def bind(actions: Mapping[str, QAction], custom: Custom) -> None:
    """Let every action answer to its keys from now on."""
    for spec in ACTIONS:
        keys = tuple(custom.get(spec.name, spec.shortcuts)) if not spec.shown_only else spec.shortcuts
        _in_use[spec.name] = keys
        actions[spec.name].setShortcuts([QKeySequence(key) for key in keys])


def keys_of(name: str) -> tuple[str, ...]:
    """Return the keys of an action in Qt's portable form, the first being the one to show."""
    return _in_use[name]


def shown_keys(name: str) -> str:
    """Return the keys of an action as this system writes them; empty when it has none."""
    keys = keys_of(name)
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def with_keys(text: str, name: str) -> str:
    """Return a tooltip that ends with the keys of an action: `Save this request (Ctrl+S)`."""
    keys = shown_keys(name)
    return f"{text} ({keys})" if keys else text


def leaves_to_actions(event: QEvent) -> bool:
    """Let an action of the window have the key that a text field asks for, such as Ctrl+E: true if one wants it.

    On X11 the field would move its cursor with Ctrl+E, as Emacs does, and no menu would ever hear of it.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    key = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
    if not any(key in _in_use[spec.name] for spec in rebindable()):
        return False
    event.ignore()
    return True


def owner_of(key: str, *, besides: str) -> ActionSpec | None:
    """Return the action, other than `besides`, that answers to `key` now."""
    return next((spec for spec in ACTIONS if spec.name != besides and key in _in_use[spec.name]), None)
