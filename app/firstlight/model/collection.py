"""Collections, folders, environments and the workspace's own page, exactly as their files keep them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from firstlight.model.request import INHERIT, Authorization


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableRow:
    """One row of a table of variables. A later row of the same name wins, unless it is unticked."""

    name: str
    value: str = ""
    enabled: bool = True
    """Unticked rows are saved and count for nothing."""
    description: str = ""
    secret: bool = False
    """Masked on screen and in every output; the file holds a reference into the secret store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A Collection or a Folder: what its Requests have in common, and the order they are shown in."""

    name: str = ""
    description: str = ""
    authorization: Authorization = INHERIT
    """What Requests inherit. A page that says nothing passes on what is above; above a Collection is nothing."""
    variables: tuple[VariableRow, ...] = ()
    order: tuple[str, ...] = ()
    """File and folder names; what is not listed comes after, sorted."""
    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """Keys of the file that this version does not know; they survive a load and a save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """A named set of Variables that is chosen while sending."""

    name: str = ""
    variables: tuple[VariableRow, ...] = ()
    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """As in Collection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspacePage:
    """What `firstlight.yaml`, the file that makes a folder a workspace, says."""

    name: str = ""
    variables: tuple[VariableRow, ...] = ()
    order: tuple[str, ...] = ()
    """Names of the collections' folders, as in Collection."""
    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """As in Collection."""
