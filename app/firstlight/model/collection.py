"""Collections, folders, environments and the workspace's own page, exactly as their files keep them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from firstlight.model.request import Authorization


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A Collection or a Folder: what its Requests have in common, and the order they are shown in."""

    name: str = ""
    description: str = ""
    authorization: Authorization = field(default_factory=Authorization)
    variables: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    """File and folder names; what is not listed comes after, sorted."""
    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """Keys of the file that this version does not know; they survive a load and a save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """A named set of Variables that is chosen while sending."""

    name: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """As in Collection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspacePage:
    """What `firstlight.yaml`, the file that makes a folder a workspace, says."""

    name: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    """Names of the collections' folders, as in Collection."""
    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """As in Collection."""
