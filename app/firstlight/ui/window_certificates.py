"""Keeps the client certificates of the settings: shows them, asks for new ones, looks at their files in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLineEdit

from firstlight.model.client_certificate import ClientCertificate
from firstlight.model.failure import ExchangeError
from firstlight.store import client_certificates
from firstlight.texts import tr
from firstlight.ui import dialogs
from firstlight.ui.settings.certificates import Looked
from firstlight.ui.window import MainWindow
from firstlight.ui.window_session import Session

if TYPE_CHECKING:
    from firstlight.ui.settings.certificate_dialog import CertificateDialog
    from firstlight.ui.settings.dialog import SettingsDialog


class CertificateWork(QObject):
    """Answers the panel of one Settings dialog."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        dialog: SettingsDialog,
        keep: Callable[[str, Any], None],
        keep_secret: Callable[[str, str], Awaitable[None]],
    ) -> None:
        """`keep` keeps a setting, `keep_secret` a secret; an empty value forgets it."""
        super().__init__(dialog)
        self._window = window
        self._session = session
        self._dialog = dialog
        self._keep_setting = keep
        self._keep_secret = keep_secret
        self._over = False
        dialog.finished.connect(self._on_finished)
        panel = dialog.certificates
        panel.add_requested.connect(lambda: self._run(self._ask(None)))
        panel.edit_requested.connect(lambda position: self._run(self._ask(position)))
        panel.delete_requested.connect(lambda position: self._run(self._delete(position)))
        self._run(self.show())

    def _run(self, work: Any) -> None:
        self._window.tasks.start(work, name="client certificates")

    async def show(self) -> None:
        """Show what the settings hold, and then what is in the files."""
        known, panel = await self._known(), self._dialog.certificates
        if self._over:
            return
        panel.show_certificates(known, ())
        looked = [await asyncio.to_thread(look, one) for one in known]
        if not self._over:  # a key on a slow drive takes its time
            panel.show_certificates(known, looked)

    @Slot()
    def _on_finished(self) -> None:
        self._over = True

    async def _known(self) -> tuple[ClientCertificate, ...]:
        secrets = self._session.secrets
        return await asyncio.to_thread(
            client_certificates.read, self._session.settings.client_certificates, secrets.get
        )

    async def _ask(self, position: int | None) -> None:
        from firstlight.ui.settings.certificate_dialog import CertificateDialog

        known = await self._known()
        before = None if position is None else known[position]
        taken = [one.host for one in known if one is not before]
        dialog = CertificateDialog(before, taken, self._dialog)
        dialog.look_requested.connect(lambda client: self._run(self._look(dialog, client)))
        dialog.file_requested.connect(lambda edit: self._run(self._choose_file(dialog, edit)))
        if await dialogs.finished(dialog):
            await self._keep(position, before, dialog.client())

    async def _look(self, dialog: CertificateDialog, client: ClientCertificate) -> None:
        looked = await asyncio.to_thread(look, client)
        if dialog.isVisible():
            dialog.show_look(client, looked)

    async def _choose_file(self, dialog: CertificateDialog, edit: QLineEdit) -> None:
        chosen = await dialogs.choose_files(dialog, edit.accessibleName())
        if chosen:
            edit.setText(chosen[0])

    async def _keep(self, position: int | None, before: ClientCertificate | None, after: ClientCertificate) -> None:
        name = client_certificates.secret_name
        if before is not None and before.passphrase and (before.host != after.host or not after.passphrase):
            await self._keep_secret(name(before.host), "")
        if after.passphrase and (before is None or (before.host, before.passphrase) != (after.host, after.passphrase)):
            self._session.used_secrets.add(after.passphrase)
            await self._keep_secret(name(after.host), after.passphrase)
        entries = client_certificates.entries(self._session.settings.client_certificates)
        place = len(entries) if position is None else position
        written = client_certificates.written(after)
        if (
            before is not None
            and not before.passphrase
            and before.host == after.host
            and entries[place].get("passphrase")
        ):
            written["passphrase"] = True  # it lies in a vault that is locked
        entries[place : place + 1] = [written]
        await self._use(entries)

    async def _delete(self, position: int) -> None:
        entries = client_certificates.entries(self._session.settings.client_certificates)
        gone = entries.pop(position)
        title, text = tr("Delete the client certificate"), tr("Nothing is shown to {host} any more. The files stay.",
                                                              host=gone["host"])  # fmt: skip
        if not await dialogs.confirm(self._dialog, title, text, action=tr("Delete")):
            return
        if gone.get("passphrase"):
            await self._keep_secret(client_certificates.secret_name(gone["host"]), "")
        await self._use(entries)

    async def _use(self, entries: list[dict[str, Any]]) -> None:
        self._keep_setting("client_certificates", entries)
        await self.show()


def look(client: ClientCertificate) -> Looked:
    """Look at the files. For a thread."""
    from firstlight.transport.client_certificates import inspect

    try:
        return Looked(inspect(client))
    except ExchangeError as error:
        return Looked(problem=error.failure.message)
