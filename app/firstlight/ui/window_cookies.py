"""Shows and changes the cookies of the workspace, and sees to it that they are read and written in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from firstlight.model.cookies import Cookie, CookieKey
from firstlight.model.failure import ExchangeError
from firstlight.texts import tr
from firstlight.ui import dialogs
from firstlight.ui.tabs_request import RequestTab
from firstlight.ui.window import MainWindow
from firstlight.ui.window_session import Session

if TYPE_CHECKING:
    from firstlight.ui.cookies.dialog import CookiesDialog


class CookieWork(QObject):
    """One per window."""

    changed = Signal()
    """The cookies may be others now."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._dialog: CookiesDialog | None = None

    def attach(self, tab: RequestTab) -> None:
        """Open the dialog when the Cookies tab of an answer asks for it."""
        tab.pane.cookies_requested.connect(self.open)

    def open(self) -> None:
        """Show the dialog."""
        if self._dialog is None:
            self._window.tasks.start(self._show(), name="cookies")

    async def keep(self) -> None:
        """Write what an exchange has changed, and let everything that shows cookies follow."""
        try:
            jar = await self._session.cookies()
        except ExchangeError as error:  # they stay in memory, and are tried again with the next request
            self._window.footer.show_message(error.failure.message)
            return
        if self._dialog is not None and jar is not None:
            self._dialog.show_cookies(jar.cookies())
        for tab in self._window.tabs.requests():
            tab.editor.preview_again()
        self.changed.emit()

    async def _show(self) -> None:
        from firstlight.ui.cookies.dialog import CookiesDialog

        self._dialog = dialog = CookiesDialog(self._window)
        dialog.add_requested.connect(lambda domain: self._run(self._ask(None, domain)))
        dialog.edit_requested.connect(lambda cookie: self._run(self._ask(cookie, "")))
        dialog.delete_requested.connect(lambda keys: self._run(self._delete(keys)))
        self._run(self.keep())
        try:
            await dialogs.finished(dialog)
        finally:
            self._dialog = None

    def _run(self, work: object) -> None:
        self._window.tasks.start(work, name="cookies")  # type: ignore[arg-type]

    async def _ask(self, cookie: Cookie | None, domain: str) -> None:
        from firstlight.ui.cookies.edit_dialog import CookieDialog

        form = CookieDialog(cookie, domain, self._dialog or self._window)
        if await dialogs.finished(form):
            typed = form.cookie()
            moved = (cookie.key,) if cookie is not None and cookie.key != typed.key else ()
            await self._change((typed,), moved)
            if self._dialog is not None:
                self._dialog.choose(typed.key)

    async def _delete(self, keys: tuple[CookieKey, ...]) -> None:
        if len(keys) > 1:
            text = tr("The services will not know this workspace any more until they set new ones.")
            if not await dialogs.confirm(
                self._dialog or self._window,
                tr("Delete cookies"),
                text,
                action=tr("Delete {count} cookies", count=len(keys)),
            ):
                return
        await self._change((), keys)

    async def _change(self, put: tuple[Cookie, ...], drop: tuple[CookieKey, ...]) -> None:
        try:
            jar = await self._session.cookies()
        except ExchangeError as error:
            await dialogs.tell(self._dialog or self._window, tr("Cookies"), tr(error.failure.message))
            return
        if jar is not None:
            jar.change(put, drop)
            await self.keep()
