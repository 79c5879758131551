"""Leads the person at the window through a sign-in in the system's browser."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from firstlight.model.failure import failed
from firstlight.runner.consenting import consented
from firstlight.texts import Phrase, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from firstlight.model.access_token import TokenRequest
    from firstlight.model.prepared import PreparedRequest
    from firstlight.ui.consent_dialog import ConsentDialog


class BrowserSignIn:
    """Opens the page and waits, with a dialog that says so (runner.tokens.AskPerson)."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    async def __call__(self, wanted: TokenRequest) -> PreparedRequest:
        """Return the call that the person's answer leads to.

        Raises:
            ExchangeError: they stopped it, said no, or did not answer.
        """
        from firstlight.transport.redirect_listener import listen_for_redirect

        waiting = _Waiting(self._window, wanted)
        try:
            return await consented(wanted, listen_for_redirect, waiting.browse)
        except asyncio.CancelledError:
            if not waiting.stopped:
                raise
            waiting.task.uncancel()
            raise failed(
                "service",
                "sign-in-stopped",
                Phrase("{what}: you stopped the sign-in.", what=wanted.name),
                Phrase("Send again, and sign in on the page that opens in the browser."),
            ) from None
        finally:
            waiting.end()


class _Waiting:
    """The dialog of one sign-in; closing it stops the task that waits."""

    def __init__(self, window: QWidget, wanted: TokenRequest) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - tokens are fetched in a task
        self.task = task
        self.stopped = False
        self._window = window
        self._wanted = wanted
        self._dialog: ConsentDialog | None = None

    def browse(self, page: str) -> None:
        """Show the dialog, then the page."""
        from firstlight.ui.consent_dialog import ConsentDialog
        from firstlight.ui.dialogs import open_on_screen

        self._dialog = ConsentDialog(tr(self._wanted.name), page, self._window)
        self._dialog.rejected.connect(self._stop)
        open_on_screen(self._dialog)
        self._dialog.open_page()

    def end(self) -> None:
        """Take the dialog away."""
        if self._dialog is not None:
            self._dialog.rejected.disconnect(self._stop)
            self._dialog.close()
            self._dialog.deleteLater()

    def _stop(self) -> None:
        self.stopped = True
        self.task.cancel()
