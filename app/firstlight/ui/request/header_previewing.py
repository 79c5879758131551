"""Keeps the greyed headers up to date: a moment after the last key, and only while somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from firstlight.model.request import Request

if TYPE_CHECKING:
    from firstlight.model.exchange import Scope
    from firstlight.ui.request.headers_page import HeadersPage

_PAUSE_MS = 150


class HeaderPreviewing(QObject):
    """Asks for the request, works the headers out, shows them on the page."""

    def __init__(self, page: Callable[[], HeadersPage | None], request: Callable[[], Request], parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._request = request
        self._scope: Scope | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.now)

    def set_scope(self, scope: Scope) -> None:
        """Say what variables there are."""
        self._scope = scope
        self.later()

    def scope(self) -> Scope:
        """Return what variables there are."""
        from firstlight.model.exchange import Scope

        return self._scope or Scope(variables={}, secret=lambda _name: None)

    def later(self) -> None:
        """Work them out when the user pauses."""
        page = self._page()
        if page is not None and page.isVisible():
            self._timer.start()

    def now(self) -> None:
        """Work them out at once: somebody begins to look."""
        self._timer.stop()
        page = self._page()
        if page is not None and page.isVisible():
            from firstlight.runner.preview import preview

            page.show_preview(preview(self._request(), self.scope()))
