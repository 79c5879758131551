"""Leads from a reference to its value, and finds the names of secrets that can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from firstlight.model.secrets import REFERENCE
from firstlight.store.variable_places import VariablePlace, set_variable, variable_places
from firstlight.texts import Phrase, tr
from firstlight.ui import dialogs
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.tabs_page import Knowing
from firstlight.ui.variables.entries import SECRET
from firstlight.ui.window import MainWindow
from firstlight.ui.window_library import Library
from firstlight.ui.window_secrets import SecretKeeper
from firstlight.ui.window_session import Session


class VariableFollowing(QObject):
    """One per window."""

    def __init__(self, window: MainWindow, session: Session, library: Library, secrets: SecretKeeper) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._secrets = secrets

    def attach(self, page: Knowing) -> None:
        """Answer what the fields of `page` ask for."""
        start = self._window.tasks.start
        known = page.known
        known.names_asked.connect(lambda: start(self._offer_secrets(known), name="look for names of secrets"))
        known.edit_requested.connect(lambda name: start(self._edit(page, name), name="edit a variable"))

    async def _offer_secrets(self, known: KnownVariables) -> None:
        """Offer the secrets that anything in the workspace refers to, and those that are here."""
        from firstlight.store.secret_uses import secret_uses

        workspace, store = self._session.workspace, self._session.secrets
        used = await self._session.disk(secret_uses, workspace) if workspace is not None else {}
        known.offer_secrets({*used, *store.session, *store.lent, *await self._session.disk(store.vault.names)})

    async def _edit(self, page: Knowing, name: str) -> None:
        variable = page.known.lookup(name)
        if variable is not None and variable.secret and (found := REFERENCE.fullmatch(variable.value.strip())):
            name = SECRET + found[1]  # its page only points to the value
        if name.startswith(SECRET):
            await self._secrets.set_secret(name.removeprefix(SECRET).strip())
        elif self._session.workspace is not None:
            await self._edit_variable(page, name)

    async def _edit_variable(self, page: Knowing, name: str) -> None:
        from firstlight.ui.variables.dialog import VariableDialog

        workspace = self._library.workspace
        async with self._library.telling(tr("Cannot set the variable")):
            places = await self._session.disk(variable_places, workspace, page.lookup_path(), name)
            chosen = _first_choice(places, self._session.environment)
            dialog = VariableDialog(name, places, chosen, page.known, self._window)
            if await dialogs.finished(dialog):
                await self._session.disk(
                    set_variable, workspace, dialog.place(), name, dialog.value(), self._session.secrets
                )
                self._window.footer.show_message(Phrase("Saved."))
                await self._library.refresh()


def _first_choice(places: Sequence[VariablePlace], environment: str) -> int:
    """Return the place that is offered first: the strongest that counts and holds it, else the strongest that counts.

    Of the environments only the chosen one counts.
    """
    counting = [n for n, place in enumerate(places) if place.kind != "environment" or place.name == environment]
    holding = [number for number in counting if places[number].value is not None]
    return (holding or counting)[-1]
