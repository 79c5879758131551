"""Keeps the order of a collection or folder when entries come, go and are renamed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from firstlight.model.failure import ExchangeError
from firstlight.store import pages

Change: TypeAlias = Callable[[list[str]], list[str]]


def page_of(folder: Path, collections: Path) -> Path:
    """Return the page of a folder: collection.yaml right below `collections`, otherwise folder.yaml.

    A folder that was moved by hand keeps the page it came with.
    """
    wanted, other = pages.COLLECTION, pages.FOLDER
    if folder.parent != collections:
        wanted, other = other, wanted
    moved = not (folder / wanted).exists() and (folder / other).exists()
    return folder / (other if moved else wanted)


def appended(shown: Sequence[str], name: str) -> Change:
    """Put `name` last, behind everything that is shown now: the order that was implied becomes written."""

    def change(order: list[str]) -> list[str]:
        rest = [entry for entry in shown if entry not in order and entry != name]
        return [*order, *rest, name]

    return change


def renamed(old: str, new: str) -> Change:
    """Let `new` stand where `old` stood."""
    return lambda order: [new if name == old else name for name in order]


def removed(*names: str) -> Change:
    """Take names out."""
    gone = frozenset(names)
    return lambda order: [entry for entry in order if entry not in gone]


def placed(shown: Sequence[str], name: str, before: str) -> Change:
    """Put `name` in front of `before` (empty: last) in what is shown: the order that was implied becomes written."""

    def change(_order: list[str]) -> list[str]:
        rest = [entry for entry in shown if entry != name]
        position = rest.index(before) if before in rest else len(rest)
        return [*rest[:position], name, *rest[position:]]

    return change


def restored(name: str, now: str, before: Sequence[str]) -> Change:
    """Put `now` where `name` stood in the order `before`; what was sorted by name then is so again."""

    def change(order: list[str]) -> list[str]:
        if name not in before or now in order:
            return order
        behind = before[before.index(name) + 1 :]
        position = next((order.index(entry) for entry in behind if entry in order), len(order))
        return [*order[:position], now, *order[position:]]

    return change


def reorder_folder(page: Path, change: Change) -> None:
    """Apply `change` to the order that a collection's or folder's page gives.

    A broken page stays as it is: its entries are shown in their sorted order until somebody repairs it.
    """
    try:
        collection = pages.read_collection(page)
    except ExchangeError as error:
        if error.failure.kind != "broken-file":
            raise
        return
    order = tuple(change(list(collection.order)))
    if order != collection.order:
        name = collection.name or page.parent.name
        pages.write_collection(page, replace(collection, name=name, order=order))


def reorder_workspace(page: Path, change: Change, *, always: bool = False) -> None:
    """Apply `change` to the order of the collections, if one was ever written, or `always`; else they stay sorted."""
    workspace = pages.read_workspace(page)
    order = tuple(change(list(workspace.order))) if workspace.order or always else ()
    if order != workspace.order:
        pages.write_workspace(page, replace(workspace, order=order))
