"""Asks the guards about the request on screen: a moment after the last key, and only while it is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from firstlight.model.request import Request

if TYPE_CHECKING:
    from firstlight.model.caution import Caution
    from firstlight.model.exchange import Scope
    from firstlight.ui.tasks import Tasks

_PAUSE_MS = 400
_MOST_ON_THE_LOOP = 100_000
"""Characters of a body up to which the guards are asked at once, in 2 ms; a longer one in a thread."""


class GuardWatching(QTimer):
    """Tells `show` what the guards say, once it knows what variables there are."""

    def __init__(
        self, request: Callable[[], Request], show: Callable[[Sequence[Caution]], object], tasks: Tasks, seen: QWidget
    ) -> None:
        super().__init__(seen)
        self._request, self._show, self._tasks, self._seen = request, show, tasks, seen
        self._scope: Scope | None = None
        self._folder = ""
        self._asking: asyncio.Task[None] | None = None
        self.setSingleShot(True)
        self.setInterval(_PAUSE_MS)
        self.timeout.connect(self._ask)

    def set_scope(self, scope: Scope) -> None:
        """Say what variables there are."""
        self._scope = scope
        self.later()

    def set_folder(self, folder: str) -> None:
        """Say where the workspace is."""
        self._folder = folder

    def later(self) -> None:
        """Ask when the user pauses."""
        if self._scope is not None:
            self.start()

    def _ask(self) -> None:
        from firstlight.runner.prepare import takes_long

        if self._scope is None or not self._seen.isVisible():
            return
        request, scope = self._request(), replace(self._scope, folder=self._folder)
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        if takes_long(request, scope) or len(request.body.text) > _MOST_ON_THE_LOOP:
            self._asking = self._tasks.start(self._ask_in_thread(request, scope), name="ask the guards")
        else:
            self._show(_told(request, scope))

    async def _ask_in_thread(self, request: Request, scope: Scope) -> None:
        self._show(await asyncio.to_thread(_told, request, scope))


def _told(request: Request, scope: Scope) -> Sequence[Caution]:
    """Return what is worth saying before it is sent; nothing while it is not complete."""
    from firstlight.model.failure import ExchangeError
    from firstlight.runner.prepare import rehearse

    with suppress(ExchangeError):
        return [caution for caution in rehearse(request, scope, sized=True).cautions if not caution.afterwards]
    return ()
