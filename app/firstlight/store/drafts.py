"""DRAFTS: what is unsaved in a tab, by the tab's kind: its type, and how secrets get out of it and back.

A new kind of tab that can hold unsaved changes is one line here and one in ui.tabs_kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from firstlight.model.secrets import REFERENCE
from firstlight.store.secret_fields import Keeper, stash, stash_page
from firstlight.store.session_state import EnvironmentDraft, GroupDraft, RequestDraft, ServiceDraft, WorkspaceDraft

PREFIX = "open-tab-"
"""Secrets of unsaved tabs are named so, and then after their tab: nothing else may refer to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftKind:
    """One line of the table."""

    kind: str
    type: type[Any]
    hide: Callable[[Any, str, Keeper], Any]
    """(draft, the name its secrets begin with, store) → the draft with references."""


def _hide_in_request(draft: RequestDraft, key: str, secrets: Keeper) -> RequestDraft:
    return replace(draft, request=stash(draft.request, key, secrets), loaded=stash(draft.loaded, key, secrets))


def _hide_in_page(draft: Any, key: str, secrets: Keeper) -> Any:
    value, loaded = (stash_page(page, key, secrets) for page in (draft.value, draft.loaded))
    return replace(draft, value=value, loaded=loaded)


DRAFTS = {
    entry.kind: entry
    for entry in (
        DraftKind(kind="request", type=RequestDraft, hide=_hide_in_request),
        DraftKind(kind="group", type=GroupDraft, hide=_hide_in_page),
        DraftKind(kind="environment", type=EnvironmentDraft, hide=_hide_in_page),
        DraftKind(kind="workspace", type=WorkspaceDraft, hide=_hide_in_page),
        DraftKind(kind="service", type=ServiceDraft, hide=_hide_in_page),
    )
}


class _Collected:
    """Stands in for the store while secrets are collected; it keeps nothing beyond that."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def set(self, name: str, value: str) -> None:
        self.values[name] = value


def without_secrets(kind: str, draft: Any, tab_id: str) -> tuple[Any, dict[str, str]]:
    """Return `draft` with references instead of the secrets typed into it, and those secrets by name."""
    collected = _Collected()
    hidden = DRAFTS[kind].hide(draft, PREFIX + tab_id, collected)
    return hidden, collected.values


def with_secrets(value: Any, secrets: Mapping[str, str | None]) -> Any:
    """Return a value of the model in which the references named in `secrets` are their values; None empties them."""
    if isinstance(value, str):
        return REFERENCE.sub(lambda m: (secrets[m[1]] or "") if m[1] in secrets else m[0], value)
    if isinstance(value, Mapping):
        return {key: with_secrets(part, secrets) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(with_secrets(part, secrets) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {entry.name: with_secrets(getattr(value, entry.name), secrets) for entry in fields(value)}
        return replace(value, **changed)
    return value
