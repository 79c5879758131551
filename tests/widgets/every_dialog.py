"""Opens every dialog of the window; the tests of names, tab order and language walk through them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QDialog, QWidget
from until import until
from window_screen import WindowScreen

from firstlight.model.signing import Signing
from firstlight.store.variable_places import VariablePlace
from firstlight.ui.consent_dialog import ConsentDialog
from firstlight.ui.cookies.edit_dialog import CookieDialog
from firstlight.ui.crash_dialog import CrashDialog
from firstlight.ui.dialogs import open_on_screen
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.outside.dialog import DifferenceDialog
from firstlight.ui.response.value_dialog import ValueDialog as HeaderValueDialog
from firstlight.ui.secrets.password_dialog import CHANGE, CREATE, UNLOCK, PasswordDialog
from firstlight.ui.secrets.value_dialog import ValueDialog
from firstlight.ui.settings.certificate_dialog import CertificateDialog
from firstlight.ui.signing.dialog import SigningDialog
from firstlight.ui.talk.close_dialog import CloseDialog
from firstlight.ui.variables.dialog import VariableDialog

Open = Callable[[WindowScreen], Awaitable[QDialog]]
PLACE = VariablePlace(kind="environment", name="staging", path="environments/staging.yaml", value=None)
SIGNING = Signing(
    algorithm="SDK-HMAC-SHA256",
    at="20190126T033427Z",
    tolerance_s=900,
    canonical_request="GET\n/\n",
    string_to_sign="SDK-HMAC-SHA256\n20190126T033427Z\n",
    authorization="SDK-HMAC-SHA256 Signature=…",
)


def by_action(action: str, name: str, ready: str = "") -> Open:
    """Return what opens the dialog `name` from the menu and waits until its part `ready` is shown."""

    async def opens(screen: WindowScreen) -> QDialog:
        screen.window.action(action).trigger()
        dialog = await screen.dialog(name)
        await until(lambda: not ready or dialog.findChild(QWidget, ready).isVisible())
        return dialog

    return opens


def made(make: Callable[[WindowScreen], QDialog]) -> Open:
    """Return what opens a dialog that asks for more than a menu entry."""

    async def opens(screen: WindowScreen) -> QDialog:
        dialog = make(screen)
        open_on_screen(dialog)
        return dialog

    return opens


async def open_save(screen: WindowScreen) -> QDialog:
    screen.keys("Ctrl+T")
    screen.type_url("http://127.0.0.1/")
    screen.keys("Ctrl+S")
    return await screen.dialog("saveDialog")


DIALOGS: dict[str, Open] = {
    "Palette": by_action("palette", "palette"),
    "SettingsDialog": by_action("settings", "settingsDialog"),
    "ShortcutsDialog": by_action("shortcuts", "shortcutsDialog"),
    "AboutDialog": by_action("about", "aboutDialog"),
    "ImportDialog": by_action("import", "importDialog"),
    "SecretsDialog": by_action("secrets", "secretsDialog", "createButton"),
    "CookiesDialog": by_action("cookies", "cookiesDialog"),
    "NewServiceDialog": by_action("new_service", "newServiceDialog"),
    "SaveDialog": open_save,
    "CrashDialog": made(lambda screen: CrashDialog("", screen.window)),
    "DifferenceDialog": made(lambda screen: DifferenceDialog("a.yaml", ["--- a", "+++ b"], screen.window)),
    "PasswordDialog (create)": made(lambda screen: PasswordDialog(CREATE, "secrets.vault", screen.window)),
    "PasswordDialog (unlock)": made(lambda screen: PasswordDialog(UNLOCK, "secrets.vault", screen.window)),
    "PasswordDialog": made(lambda screen: PasswordDialog(CHANGE, "secrets.vault", screen.window)),
    "ValueDialog": made(lambda screen: ValueDialog("", screen.window)),
    "ValueDialog (header)": made(lambda screen: HeaderValueDialog("Host", "127.0.0.1", screen.window)),
    "VariableDialog": made(
        lambda screen: VariableDialog("host", [PLACE], 0, KnownVariables(screen.window), screen.window)
    ),
    "CookieDialog": made(lambda screen: CookieDialog(None, "127.0.0.1", screen.window)),
    "CertificateDialog": made(lambda screen: CertificateDialog(None, (), screen.window)),
    "ConsentDialog": made(lambda screen: ConsentDialog("OAuth 2.0", "http://127.0.0.1:9/authorize", screen.window)),
    "CloseDialog": made(lambda screen: CloseDialog(screen.window)),
    "SigningDialog": made(lambda screen: SigningDialog(SIGNING, screen.window, sent=True)),
    "SigningDialog (before)": made(lambda screen: SigningDialog(SIGNING, screen.window, sent=False)),
}
"""What is opened, by the name of its class; what follows in brackets is another look of it."""
