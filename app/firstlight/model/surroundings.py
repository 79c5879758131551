"""What a request, folder or collection finds in the places around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from firstlight.model.exchange import Variable
from firstlight.model.request import NO_AUTHORIZATION, Authorization


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Put together by the store; a Scope is made of it."""

    variables: Mapping[str, Variable] = field(default_factory=dict)
    """workspace < collection < folder < environment: the nearest one counts."""
    authorization: Authorization = NO_AUTHORIZATION
    """What it gets if it inherits its authorization."""
    authorization_path: str = ""
    """The collection or folder that says so; empty: none does."""
    authorization_from: str = ""
    """What that is called."""
