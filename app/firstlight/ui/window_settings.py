"""Opens the Settings dialog, keeps what is changed there and makes it count at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from firstlight.store import portable
from firstlight.store.settings_use import PROXY_PASSWORD
from firstlight.texts import Phrase, language, tr
from firstlight.ui import dialogs
from firstlight.ui.keys.bindings import bind, read_custom
from firstlight.ui.preferences import apply_language, tell_widgets
from firstlight.ui.theme.apply import apply_theme
from firstlight.ui.window import MainWindow
from firstlight.ui.window_library import Library
from firstlight.ui.window_session import Session

if TYPE_CHECKING:
    from firstlight.ui.console import ConsoleView
    from firstlight.ui.keys.dialog import ShortcutsDialog
    from firstlight.ui.lazy_page import LazyPage
    from firstlight.ui.settings.dialog import SettingsDialog
    from firstlight.ui.settings.row import SettingRow
    from firstlight.ui.settings.table import Setting
    from firstlight.ui.window_certificates import CertificateWork

_LOOKS = ("theme", "language", "console", "keys")


class SettingsWork(QObject):
    """The window's settings while it runs."""

    network_changed = Signal()
    """The network is reached in another way from now on."""

    def __init__(self, window: MainWindow, session: Session, library: Library, console: LazyPage[ConsoleView]) -> None:
        super().__init__(window)
        self._console = console
        self._window = window
        self._session = session
        self._library = library
        self._dialog: SettingsDialog | None = None
        window.choices.theme_chosen.connect(self._on_theme_chosen)
        window.choices.language_chosen.connect(self._on_language_chosen)

    def open_at(self, name: str) -> None:
        """Show the dialog with the row of one setting in view."""
        self._run(self.show(name))

    async def show_shortcuts(self) -> None:
        """Show the sheet of shortcuts until it is closed."""
        from firstlight.ui.keys.dialog import ShortcutsDialog

        dialog = ShortcutsDialog(self._window)
        dialog.changed.connect(lambda name, keys: self._rebind(dialog, name, keys))
        await dialogs.finished(dialog)

    def _rebind(self, dialog: ShortcutsDialog, name: str, keys: tuple[str, ...] | None) -> None:
        custom = {other: list(bound) for other, bound in self._session.settings.shortcuts.items() if other != name}
        if keys is not None:
            custom[name] = list(keys)
        self._keep("shortcuts", custom, "keys")
        dialog.refresh()

    async def show(self, name: str = "") -> None:
        """Show the dialog until it is closed; the row of the setting `name` has the keyboard."""
        from firstlight.ui.settings.dialog import SettingsDialog
        from firstlight.ui.window_certificates import CertificateWork

        if self.is_shown():
            return
        secrets = {PROXY_PASSWORD: await self._proxy_password()}
        self._dialog = dialog = SettingsDialog(self._session.settings, secrets, self._window)
        dialog.changed.connect(self._on_changed)
        dialog.file_requested.connect(lambda row: self._run(self._choose_file(dialog, row)))
        dialog.storage.portable_requested.connect(lambda: self._run(self._make_portable()))
        dialog.storage.export_requested.connect(lambda: self._run(self._export(dialog)))
        keep = partial(self._keep, effect="network")
        certificates = CertificateWork(self._window, self._session, dialog, keep, self._keep_secret)
        dialog.storage.import_requested.connect(lambda: self._run(self._import(dialog, certificates)))
        if name:
            dialog.go_to(name)
        try:
            await dialogs.finished(dialog)
        finally:
            self._dialog = None

    def is_shown(self) -> bool:
        """Tell whether the dialog is open."""
        return self._dialog is not None

    async def _proxy_password(self) -> str:
        if not self._session.settings.proxy_user:
            return ""  # the keyring is not asked in vain
        return await self._session.disk(self._session.secrets.get, PROXY_PASSWORD) or ""

    @Slot(str)
    def _on_theme_chosen(self, name: str) -> None:
        self._keep("theme", name, "theme")

    @Slot(str)
    def _on_language_chosen(self, code: str) -> None:
        self._keep("language", code, "language")

    @Slot(object, object)
    def _on_changed(self, setting: Setting, value: Any) -> None:
        if setting.kind == "secret":
            self._run(self._keep_secret(setting.name, value))
        else:
            self._keep(setting.name, value, setting.effect)
        if setting.check is not None:
            self._run(self._check(setting, setting.check, value))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._window.tasks.start(work, name="settings")

    async def _check(self, setting: Setting, check: Callable[[str], Phrase], value: str) -> None:
        problem = await asyncio.to_thread(check, value)  # a file may lie on a slow drive
        row = self._dialog.rows[setting.name] if self._dialog else None
        if row is not None and row.value == value:
            row.show_problem(problem)

    async def _choose_file(self, dialog: SettingsDialog, row: SettingRow) -> None:
        chosen = await dialogs.choose_files(dialog, tr(row.setting.label))
        if chosen:
            row.take(chosen[0])

    def _keep(self, name: str, value: Any, effect: str) -> None:
        self._session.choose(**{name: value})
        self._show({effect})
        if effect == "network":
            self.network_changed.emit()
        self._run(self._remember(name, value, effect))

    async def _remember(self, name: str, value: Any, effect: str) -> None:
        await self._library.remember(**{name: value})
        if effect == "network":
            await self._session.reach_network_anew()

    async def _keep_secret(self, name: str, value: str) -> None:
        secrets = self._session.secrets
        async with self._library.telling(tr("Cannot keep the secret")):
            await (self._session.disk(secrets.set, name, value) if value else self._session.disk(secrets.delete, name))
        await self._session.reach_network_anew()

    def _show(self, effects: Collection[str]) -> None:
        """Let the look of the window follow the settings at once."""
        settings, app = self._session.settings, cast(QApplication, QApplication.instance())
        if "theme" in effects:
            apply_theme(app, settings.theme, settings.font_size)
        if "language" in effects:
            apply_language(app, settings.language)
            apply_theme(app, settings.theme, settings.font_size)  # each language has its typeface
        if "keys" in effects:
            bind(self._window.actions_by_name, read_custom(settings.shortcuts))
            tell_widgets(app)  # tooltips name the keys
        self._window.choices.tick(settings.theme, language())
        if "console" in effects and self._console.made is not None:
            self._console.made.keep(settings.console_entries)

    async def _make_portable(self) -> None:
        async with self._library.telling(tr("Cannot make the program portable")):
            folder = await self._session.disk(portable.make_portable)
            self._say(Phrase("Copied to {folder}. It is used from the next start on.", folder=folder))

    async def _export(self, dialog: SettingsDialog) -> None:
        path = await dialogs.choose_save_path(dialog, tr("Export settings"), suggested="firstlight-settings.json")
        if path is None:
            return
        async with self._library.telling(tr("Cannot export the settings")):
            await self._session.disk(portable.export_settings, self._session.settings, path)
            self._say(Phrase("Exported to {path}. Secrets are not in it.", path=path))

    async def _import(self, dialog: SettingsDialog, certificates: CertificateWork) -> None:
        chosen = await dialogs.choose_files(dialog, tr("Import settings"))
        if not chosen:
            return
        async with self._library.telling(tr("Cannot import the settings")):
            settings = await self._session.disk(portable.import_settings, self._session.settings, Path(chosen[0]))
            await self._session.use_settings(settings)
            self.network_changed.emit()
            self._show(_LOOKS)
            await self._session.reach_network_anew()
            dialog.show_settings(settings, {PROXY_PASSWORD: await self._proxy_password()})
            await certificates.show()
            self._say(Phrase("The settings in {path} count now.", path=chosen[0]))

    def _say(self, done: Phrase) -> None:
        if self._dialog is not None:
            self._dialog.storage.say(done)
