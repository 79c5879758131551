"""Keeps secrets for the window: asks for the vault's password when one is needed, and answers the Secrets dialog."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from firstlight.model.failure import ExchangeError
from firstlight.model.request import Request
from firstlight.store.secret_fields import holds_secrets
from firstlight.store.settings_use import secrets_in_use
from firstlight.texts import Phrase, tr
from firstlight.ui import dialogs
from firstlight.ui.secrets.words import REFUSED
from firstlight.ui.window import MainWindow
from firstlight.ui.window_library import Library
from firstlight.ui.window_session import Session

if TYPE_CHECKING:
    from firstlight.ui.secrets.dialog import SecretsDialog
    from firstlight.ui.secrets.list import SecretRow
    from firstlight.ui.secrets.password_dialog import PasswordDialog, Purpose
    from firstlight.ui.secrets.standing_card import StandingShown


class SecretKeeper(QObject):
    """One per window. Whatever may block runs in a thread."""

    changed = Signal()
    """A secret is known that was not, or the other way round."""

    def __init__(self, window: MainWindow, session: Session, library: Library) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._store = session.secrets
        self._declined = False
        self._dialog: SecretsDialog | None = None
        self._asking = asyncio.Lock()
        session.unlock = self.unlock_for_use
        window.footer.secrets_requested.connect(lambda: window.tasks.start(self.show(), name="secrets"))

    def tell(self) -> None:
        """Let the footer say where secrets are kept, as far as is known."""
        self._window.footer.show_secret_standing(self._store.standing())

    async def look(self) -> None:
        """Find out where secrets are kept, without asking for a password, and say so."""
        await asyncio.to_thread(self._store.load)
        self.tell()

    async def unlock_for_use(self) -> bool:
        """Ask for the vault's password, once; True: the vault is open now."""
        from firstlight.ui.secrets.password_dialog import UNLOCK

        async with self._asking:
            if self._store.vault.state != "locked" or self._declined or self._store.session_only:
                return self._store.vault.state == "open"
            opened = await self._ask(UNLOCK)
            self._declined = not opened
            return opened

    async def before_keeping(self, request: Request) -> None:
        """See to it that there is a place for the secrets that `request` holds."""
        if holds_secrets(request):
            await self.find_place()

    async def find_place(self) -> None:
        """See to it that there is a place for secrets."""
        if self._store.session_only:
            return
        opened = await asyncio.to_thread(self._store.keyring.open)
        if not opened and await asyncio.to_thread(self._store.vault.look) == "locked":
            await self.unlock_for_use()
        self.tell()

    async def show(self) -> None:
        """Show the Secrets dialog until it is closed."""
        from firstlight.ui.secrets.dialog import SecretsDialog

        if self._dialog is not None:
            return
        await self.look()
        self._dialog = dialog = SecretsDialog(self._window)
        dialog.wished.connect(self._on_wished)
        dialog.list.opened.connect(partial(self._open, dialog))
        self._window.tasks.start(self._refresh(), name="list the secrets")
        try:
            await dialogs.finished(dialog)
        finally:
            self._dialog = None

    def _open(self, dialog: SecretsDialog, path: str) -> None:
        dialog.accept()
        self._library.start("open", self._library.open, path)

    def _on_wished(self, wish: str, name: str) -> None:
        answers: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
            "set": partial(self.set_secret, name),
            "new": partial(self.set_secret, ""),
            "reveal": partial(self._reveal, name),
            "delete": partial(self._delete, name),
            "create": self._create,
            "renew": self._create,
            "unlock": self._unlock,
            "change": self._change,
            "lock": partial(self._do, self._store.vault.lock),
            "ask_keyring": partial(self._do, self._store.keyring.look_again),
            "find_keyring": partial(self._do, self._store.keyring.look_again),
            "session_only": partial(self._only_session, True),
            "keep_again": partial(self._only_session, False),
            "move": partial(self._do, lambda: self._store.keep(tuple(self._store.session))),
        }
        self._window.tasks.start(answers[wish](), name=f"secrets: {wish}")

    async def _do(self, work: Callable[[], object]) -> None:
        async with self._library.telling(tr("Cannot change the secrets")):
            await asyncio.to_thread(work)
        await self._refresh()

    async def _only_session(self, wanted: bool) -> None:
        self._store.session_only = wanted
        await self._refresh()

    async def _create(self) -> None:
        from firstlight.ui.secrets.password_dialog import CREATE

        if await self._ask(CREATE):
            self._store.session_only = False
            await self._do(lambda: self._store.keep(tuple(self._store.session)))

    async def _unlock(self) -> None:
        from firstlight.ui.secrets.password_dialog import UNLOCK

        await self._ask(UNLOCK)
        await self._refresh()

    async def _change(self) -> None:
        from firstlight.ui.secrets.password_dialog import CHANGE

        if await self._ask(CHANGE):
            self._window.footer.show_message(Phrase("The master password was changed."))

    async def _ask(self, purpose: Purpose) -> bool:
        """Ask for a password until it is the right one, or the person thinks better of it."""
        from firstlight.ui.secrets.password_dialog import PasswordDialog

        dialog = PasswordDialog(purpose, str(self._store.vault.path), self._dialog or self._window)
        trials: list[asyncio.Task[None]] = []
        start = self._window.tasks.start
        dialog.tried.connect(lambda old, new: trials.append(start(self._try(dialog, old, new), name="try a password")))
        done = bool(await dialogs.finished(dialog))
        for trial in trials:  # one that is still at it must not speak to a dialog that has gone
            trial.cancel()
        if done:
            await self._now_open()
        return done

    async def _try(self, dialog: PasswordDialog, old: str, new: str) -> None:
        vault = self._store.vault
        try:
            if old and new:
                right = await self._session.disk(vault.change_password, old, new)
            elif old:
                right = await self._session.disk(vault.unlock, old)
            else:
                await self._session.disk(vault.create, new)
                right = True
        except ExchangeError as error:
            failure = error.failure
            dialog.refuse(tr("{message} {hint}", message=tr(failure.message), hint=tr(failure.hint)))
            return
        if right:
            dialog.accept()
        else:
            dialog.refuse(tr("This is not the master password. Nothing was changed."))

    async def _now_open(self) -> None:
        self.tell()
        self.changed.emit()
        if secrets_in_use(self._session.settings):  # they may have been in the vault
            await self._session.reach_network_anew()

    async def set_secret(self, name: str) -> None:
        """Ask for the value of a secret and keep it; an empty name is asked for, too."""
        from firstlight.ui.secrets.value_dialog import ValueDialog

        dialog = ValueDialog(name, self._dialog or self._window)
        if not await dialogs.finished(dialog):
            return
        self._session.used_secrets.add(dialog.value())
        async with self._library.telling(tr("Cannot keep the secret")):
            place = await asyncio.to_thread(self._store.set, dialog.name(), dialog.value())
            self._tell_kept(place)
        await self._refresh()

    def _tell_kept(self, place: str) -> None:
        if place != self._store.place():
            self._window.footer.show_message(Phrase(REFUSED[place]))

    async def _reveal(self, name: str) -> None:
        value = await asyncio.to_thread(self._store.get, name)
        if self._dialog is not None and value is not None:
            self._session.used_secrets.add(value)
            self._dialog.reveal(name, value)

    async def _delete(self, name: str) -> None:
        text = tr("Requests that refer to “{name}” cannot be sent until it is set again.", name=name)
        if await dialogs.confirm(self._dialog or self._window, tr("Delete the secret?"), text, action=tr("Delete")):
            await self._do(partial(self._store.delete, name))

    async def _refresh(self) -> None:
        """Show how things stand now, in the footer and in the dialog."""
        self.tell()
        self.changed.emit()
        if self._dialog is None:
            return
        rows, problem = await self._session.disk(self._rows)
        if self._dialog is not None:
            self._dialog.show_secrets(self._standing(problem), rows)

    def _standing(self, problem: str) -> StandingShown:
        from firstlight.ui.secrets.standing_card import StandingShown

        store = self._store
        return StandingShown(
            standing=store.standing(),
            keyring=store.keyring.state,
            vault=store.vault.state,
            waiting=len(store.session),
            problem=problem,
        )

    def _rows(self) -> tuple[list[SecretRow], str]:
        """Read every name in use and where it is; in a thread."""
        from firstlight.store.kept_tokens import is_token_name
        from firstlight.store.secret_uses import SecretUser, secret_uses
        from firstlight.ui.secrets.list import SecretRow

        workspace = self._session.workspace
        uses = secret_uses(workspace) if workspace is not None else {}
        for name in secrets_in_use(self._session.settings):
            uses[name] = (SecretUser(kind="settings", name=tr("Settings"), path=""),)
        kept = (name for name in self._store.vault.names() if not is_token_name(name))
        names = dict.fromkeys((*uses, *self._store.session, *kept))
        missing = "hidden" if "locked" in (self._store.keyring.state, self._store.vault.state) else ""
        rows = [
            SecretRow(name=name, place=self._store.where(name) or missing, users=uses.get(name, ()))
            for name in sorted(names, key=str.casefold)
        ]
        problem = self._store.vault.problem()
        return rows, tr(problem.failure.message) if problem is not None else ""
