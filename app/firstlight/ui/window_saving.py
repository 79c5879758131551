"""Saves tabs: to their file, to a place that is asked for, and before they close. Secrets go to the secret store."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from firstlight.model.request import Request
from firstlight.model.shown_url import shown_url
from firstlight.store.secret_fields import names_in, stash
from firstlight.texts import N_, Phrase, tr
from firstlight.ui.dialogs import finished
from firstlight.ui.icons import icon
from firstlight.ui.secrets.words import REFUSED
from firstlight.ui.tabs_page import TabPage, is_request
from firstlight.ui.tabs_request import RequestTab
from firstlight.ui.window import MainWindow
from firstlight.ui.window_library import Library
from firstlight.ui.window_outside import Outside
from firstlight.ui.window_secrets import SecretKeeper
from firstlight.ui.window_session import Session

if TYPE_CHECKING:
    from firstlight.ui.window_save_dialog import Place

_MOVED = {
    "keyring": N_("Saved. Secrets were moved to the system keyring; the file only points to them."),
    "vault": N_("Saved. Secrets were moved to the vault; the file only points to them."),
    "session": N_("Saved. Secrets stay out of the file; they are kept for this session only."),
}
_MOVED_WORST_FIRST = ("session", "vault", "keyring")


_MOST_LISTED = 10


async def _as_it_is(page: TabPage) -> TabPage | None:
    return page


class Saver(QObject):
    """Every way a request gets to the disk."""

    def __init__(
        self, window: MainWindow, session: Session, library: Library, secrets: SecretKeeper, outside: Outside
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._secrets = secrets
        self._outside = outside
        self.awake: Callable[[TabPage], Awaitable[TabPage | None]] = _as_it_is
        """Returns the page of a tab that nobody has looked at yet."""
        self.others: dict[str, Callable[[Any], Awaitable[bool]]] = {}
        """Kind of a tab → what saves it, where it is no request."""

    async def save(self, tab: RequestTab) -> bool:
        """Save `tab` to its file, or ask where; False: it was not saved."""
        tab.editor.give_command()  # with its token it would be saved as a URL
        if not tab.path:
            return await self.save_as(tab)
        async with self._library.telling(tr("Cannot save")):
            given, was_unsaved = tab.request(), tab.unsaved()
            if not await self._outside.may_save(tab):
                return False
            if not was_unsaved:  # it may have loaded what is new on the disk
                given = tab.request()
            workspace, path = self._library.workspace, tab.path
            request = await self._without_secrets(given, path)
            await self._session.disk(workspace.save_request, path, request, over=workspace.versions.taken(path))
            await self._saved(tab, given, request, path)
            await self._outside.compare(tab)
            return True
        return False

    async def save_any(self, tab: TabPage) -> bool:
        """Save a tab of any kind; False: it was not saved."""
        return await self.save(tab) if is_request(tab) else await self.others[tab.kind](tab)

    async def save_as(self, tab: RequestTab) -> bool:
        """Ask for a name and a place, and save a new request there; False: it was not saved."""
        tab.editor.give_command()
        place = await self._ask_where(tab)
        if place is None:
            return False
        async with self._library.telling(tr("Cannot save")):
            disk, workspace = self._session.disk, self._library.workspace
            parent = place.parent or await disk(workspace.add_collection, place.new_collection)
            given = tab.request()
            request = await self._without_secrets(replace(given, name=place.name), f"{parent}/{place.name}")
            path = await disk(workspace.add_request, parent, request)
            await self._saved(tab, given, request, path)
            return True
        return False

    async def _saved(self, tab: RequestTab, given: Request, request: Request, path: str) -> None:
        moved = names_in(request) - names_in(given)
        tab.mark_saved(given, request, path)
        self._window.tabs.keep(tab)
        await self._library.refresh()
        self._window.sidebar.tree.select(path)
        self._window.footer.show_message(Phrase(await self.said_of(moved) if moved else N_("Saved.")))

    async def said_of(self, moved: frozenset[str]) -> str:
        """Say where the secrets went: what the keyring does not take may be elsewhere."""
        where = await asyncio.to_thread(lambda: {self._session.secrets.where(name) for name in moved})
        self._secrets.tell()
        place = next(place for place in _MOVED_WORST_FIRST if place in where)
        return REFUSED[place] if place != self._session.secrets.place() else _MOVED[place]

    async def _without_secrets(self, request: Request, path: str) -> Request:
        await self._secrets.before_keeping(request)
        return await self._session.disk(stash, request, path, self._session.secrets)

    async def _ask_where(self, tab: RequestTab) -> Place | None:
        from firstlight.ui.window_save_dialog import SaveDialog

        nodes = await self._session.disk(self._library.workspace.tree)
        name = tab.name or shown_url(tab.request()) or tr("New request")
        dialog = SaveDialog(name, nodes, self._window.sidebar.target(), self._window)
        return dialog.place() if await finished(dialog) else None

    def new_request(self) -> Request:
        """Return what a new tab begins with."""
        return self._session.new_request()

    async def save_all(self, tabs: Iterable[TabPage]) -> bool:
        """Save every one of `tabs` that is unsaved; False: one of them was not, and those behind it."""
        for tab in [tab for tab in tabs if tab.unsaved()]:
            page = await self.awake(tab)
            if is_request(page) and not page.path:
                self._window.tabs.select(page)  # it is asked where to: the person sees what
            if page is not None and not await self.save_any(page):
                return False
        return True

    async def may_lose(self, tabs: Sequence[TabPage], *, why: str = "") -> bool:
        """Ask what to do with the unsaved changes of `tabs`, and say `why` it is asked; True: they may go."""
        if len(tabs) == 1:
            self._window.tabs.select(tabs[0])
        box = QMessageBox(self._window)
        box.setObjectName("unsavedDialog")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIconPixmap(icon("save", "accent").pixmap(32, 32))
        box.setWindowTitle(tr("Unsaved changes"))
        if len(tabs) == 1:
            box.setText(tr("Save the changes to “{name}”?", name=tabs[0].title()))
        else:
            box.setText(tr("Save the changes to {count} requests?", count=len(tabs)))
        box.setInformativeText("\n\n".join(filter(None, (_listed(tabs) if len(tabs) > 1 else "", why))))
        save = box.addButton(tr("Save") if len(tabs) == 1 else tr("Save all"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("Don't save"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(cancel)
        await finished(box)
        if box.clickedButton() is save:
            return await self.save_all(tabs)
        return box.clickedButton() is discard


def _listed(tabs: Sequence[TabPage]) -> str:
    names = [f"• {tab.title()}" for tab in tabs[:_MOST_LISTED]]
    if len(tabs) > _MOST_LISTED:
        names.append(tr("and {count} more", count=len(tabs) - _MOST_LISTED))
    return "\n".join(names)
