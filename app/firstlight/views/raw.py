"""The Raw view: the answer as it came, as text."""

from __future__ import annotations

from firstlight.model.response import Response
from firstlight.texts import N_
from firstlight.views.content import content_of
from firstlight.views.view import Text, View


def _priority(response: Response) -> int:
    return 5 if content_of(response) == "binary" else 50


def _render(response: Response) -> Text:
    from firstlight.views.charset import to_utf8

    return Text(data=to_utf8(response))


VIEW = View(name="raw", label=N_("Raw"), priority=_priority, render=_render)
