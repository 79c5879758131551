"""What a window has open, as values: its tabs in order, what is unsaved in each, and what was chosen beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from firstlight.model.collection import Collection, Environment, WorkspacePage
from firstlight.model.request import Request
from firstlight.model.service import Service


def new_tab_id() -> str:
    """Return a name for a tab that no other tab of any window has."""
    return token_hex(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A request as it stands in a tab, unsaved."""

    request: Request
    loaded: Request
    """What the file held when it was last read; without a file what the tab began with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDraft:
    """The page of a collection or folder as it stands in a tab, unsaved. Keys of other versions stay in its file."""

    value: Collection
    loaded: Collection
    """What the file held when it was last read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentDraft:
    """An environment; as in GroupDraft."""

    value: Environment
    loaded: Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceDraft:
    """The workspace's own page; as in GroupDraft."""

    value: WorkspacePage
    loaded: WorkspacePage


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDraft:
    """A service; as in GroupDraft."""

    value: Service
    loaded: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class TabState:
    """One tab: enough to show its header, and to build its page when somebody looks at it."""

    id: str = field(default_factory=new_tab_id)
    kind: str = "request"
    """Which entry of the table of tab kinds builds its page."""
    path: str = ""
    method: str = ""
    title: str = ""
    unsaved: bool = False
    preview: bool = False
    view: Mapping[str, Any] = field(default_factory=dict)
    """Which parts are in front, how the page is split, where the cursor stands: numbers and lists of numbers."""
    draft: Any = None
    """What is unsaved: a value of the type that store.drafts has for `kind`; None: nothing."""
    lost: tuple[str, ...] = ()
    """Purposes of the secrets that were typed into the draft and could not be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionState:
    """The tabs of one window on one workspace."""

    tabs: tuple[TabState, ...] = ()
    front: str = ""
    """The id of the tab in front."""
