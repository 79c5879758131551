"""The Hex view: the bytes themselves."""

from __future__ import annotations

from firstlight.model.response import Response
from firstlight.texts import N_
from firstlight.views.content import content_of
from firstlight.views.hex_rows import HexRows
from firstlight.views.view import View


def _priority(response: Response) -> int:
    return 70 if content_of(response) == "binary" else 1


def _render(response: Response) -> HexRows:
    return HexRows(response.body)


VIEW = View(name="hex", label=N_("Hex"), priority=_priority, render=_render)
