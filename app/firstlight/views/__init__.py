"""VIEWS: the ways an answer is shown in the Body tab, in the order of their buttons. No Qt."""

from __future__ import annotations

from firstlight.model.response import Response
from firstlight.views import hex_dump, pretty, raw
from firstlight.views.hex_rows import HexRows
from firstlight.views.view import Text, View

VIEWS: tuple[View, ...] = (
    pretty.VIEW,
    raw.VIEW,
    hex_dump.VIEW,
)


def best_view(response: Response) -> View:
    """Return the view that is shown first for this answer."""
    return max(VIEWS, key=lambda view: view.priority(response))


def view_named(name: str) -> View:
    """Return the view of that name, or the first one for a name that is none."""
    return next((view for view in VIEWS if view.name == name), VIEWS[0])


__all__ = ["VIEWS", "HexRows", "Text", "View", "best_view", "view_named"]
