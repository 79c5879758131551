"""Secrets in the window: where they are kept, the vault's password, and the list of those in use."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QWidget,
)
from until import until
from window_screen import HELLO, WindowScreen, make_workspace, shown_window

from demo_server import RunningDemo
from firstlight.model.request import Header, Request
from firstlight.store.vault import Vault
from firstlight.store.workspace import Workspace
from firstlight.ui.preferences import apply_language

TOKEN = "very+secret/tökén-1234"
PATH = "collections/Chat/needs-a-secret.yaml"


def workspace_with(folder: Path, value: str, demo_url: str = "http://127.0.0.1:9") -> Path:
    make_workspace(folder, demo_url)
    request = Request(name="Needs a secret", url=HELLO.url, headers=(Header(name="X-Auth-Token", value=value),))
    Workspace.open(folder).add_request("collections/Chat", request)
    return folder


def vault_with(home: Path, **entries: str) -> Vault:
    vault = Vault(home / "secrets.vault")
    vault.create("correct horse")
    for name, value in entries.items():
        vault.set(name, value)
    return vault


async def open_secrets(screen: WindowScreen) -> QDialog:
    screen.click(screen.find(QToolButton, "secretsButton"))
    dialog = await screen.dialog("secretsDialog")
    await until(lambda: dialog.findChild(QLabel, "secretsHeading").text())
    return dialog


async def type_passwords(screen: WindowScreen, **passwords: str) -> QDialog:
    """Type into the password dialog and press Enter in its last field."""
    dialog = await screen.dialog("passwordDialog")
    for name, text in passwords.items():
        edit = screen.find(QLineEdit, f"{name}Password", dialog)
        edit.setFocus()
        screen.keys("Ctrl+A", edit)
        screen.type(text, edit)
    screen.keys("Return", edit)
    return dialog


def rows(dialog: QWidget) -> dict[str, list[str]]:
    tree = dialog.findChild(QTreeWidget, "secretList")
    tops = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    return {top.text(0): [top.text(column) for column in (1, 2, 3)] for top in tops}


def heading(dialog: QWidget) -> str:
    return dialog.findChild(QLabel, "secretsHeading").text()


def status(screen: WindowScreen) -> str:
    strip = screen.tab.pane.findChild(QWidget, "statusLabel")
    return " ".join(label.text() for label in (strip, *strip.findChildren(QLabel)) if isinstance(label, QLabel))


def failure(screen: WindowScreen) -> str:
    return " ".join(label.text() for label in screen.tab.pane.findChildren(QLabel) if label.isVisible())


def assert_nowhere(folder: Path, secret: str) -> None:
    """No file holds the secret, in any form in which it could be found."""
    forms = {secret, quote(secret), quote(secret, safe=""), json.dumps(secret)[1:-1]}
    forms |= {base64.b64encode(secret.encode()).decode(), secret.encode().hex()}
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        assert not [form for form in forms if form.encode() in data], path


async def test_a_token_saved_without_a_keyring_can_be_kept_in_a_vault(tmp_path: Path, home: Path) -> None:
    folder = workspace_with(tmp_path / "ws", TOKEN)
    async with shown_window(folder) as screen:
        await screen.open(PATH)
        screen.type_url("http://127.0.0.1/changed")
        screen.keys("Ctrl+S")
        await until(lambda: "for this session only" in screen.text("messageLabel"))
        assert screen.window.footer.secrets_text() == "Secrets: this session only"

        dialog = await open_secrets(screen)
        await until(lambda: rows(dialog))
        (name,) = rows(dialog).keys() - {"demo_api_key"}
        assert rows(dialog)[name] == ["••••••", "This session", "1 place"]
        screen.press("createButton", dialog)
        asked = await type_passwords(screen, new="correct horse", again="correct hose")
        assert "differ" in screen.find(QLabel, "passwordProblem", asked).text()
        await type_passwords(screen, new="correct horse", again="correct horse")
        await until(lambda: rows(dialog).get(name) == ["••••••", "Vault", "1 place"])
        assert heading(dialog) == "Secrets are kept in the vault"
        assert screen.window.footer.secrets_text() == "Secrets: vault"
        screen.keys("Esc", dialog)
        await screen.back(dialog)
    assert_nowhere(tmp_path, TOKEN)
    later = Vault(home / "secrets.vault")
    assert later.unlock("correct horse")
    assert later.get(name) == TOKEN


async def test_a_send_asks_for_the_password_until_it_is_right_and_only_once(
    tmp_path: Path, home: Path, demo: RunningDemo
) -> None:
    vault_with(home, kept=TOKEN)
    async with shown_window(workspace_with(tmp_path / "ws", "{{secret:kept}}", demo.url)) as screen:
        await screen.open(PATH)
        screen.keys("Ctrl+Return", screen.window)
        dialog = await type_passwords(screen, old="wrong")
        await until(lambda: "not the master password" in screen.find(QLabel, "passwordProblem", dialog).text())
        assert screen.find(QLineEdit, "oldPassword", dialog).selectedText() == "wrong", "ready to be typed over"
        await type_passwords(screen, old="correct horse")
        await until(lambda: "200" in status(screen))
        assert screen.window.footer.secrets_text() == "Secrets: vault"

        screen.keys("Ctrl+Return", screen.window)
        await screen.answered()
        assert "200" in status(screen)
    assert_nowhere(tmp_path, TOKEN)


async def test_whoever_does_not_unlock_the_vault_is_told_why_and_not_asked_again(
    tmp_path: Path, home: Path, demo: RunningDemo
) -> None:
    vault_with(home, kept=TOKEN)
    async with shown_window(workspace_with(tmp_path / "ws", "{{secret:kept}}", demo.url)) as screen:
        await screen.open(PATH)
        screen.keys("Ctrl+Return", screen.window)
        dialog = await screen.dialog("passwordDialog")
        screen.keys("Esc", dialog)
        await screen.back(dialog)
        await until(lambda: "while the vault is locked" in failure(screen))
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: screen.work.sending.is_sending(screen.tab))
        await screen.answered()
        assert not [dialog for dialog in screen.window.findChildren(QDialog) if dialog.isVisible()]

        manager = await open_secrets(screen)
        await until(lambda: rows(manager))
        assert rows(manager)["kept"] == ["", "Unknown while locked", "1 place"]
        screen.press("unlockButton", manager)
        await type_passwords(screen, old="correct horse")
        await until(lambda: rows(manager)["kept"][1] == "Vault")
        screen.press("closeButton", manager)
        await screen.back(manager)
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: "200" in status(screen))


async def test_a_request_without_secrets_asks_for_nothing(tmp_path: Path, home: Path, demo: RunningDemo) -> None:
    vault_with(home, kept=TOKEN)
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        await screen.open("collections/Chat/hello.yaml")
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: "200" in status(screen))


async def test_saving_a_token_unlocks_the_vault_first(tmp_path: Path, home: Path) -> None:
    vault = vault_with(home)
    async with shown_window(workspace_with(tmp_path / "ws", TOKEN)) as screen:
        await screen.open(PATH)
        screen.type_url("http://127.0.0.1/changed")
        screen.keys("Ctrl+S")
        await type_passwords(screen, old="correct horse")
        await until(lambda: "moved to the vault" in screen.text("messageLabel"))
        assert screen.session.secrets.session == {}
    vault.unlock("correct horse")
    assert [vault.get(name) for name in vault.names()] == [TOKEN]


async def test_missing_secrets_are_marked_and_can_be_set_revealed_and_deleted(tmp_path: Path) -> None:
    async with shown_window(workspace_with(tmp_path / "ws", "{{secret:iris-token}}")) as screen:
        dialog = await open_secrets(screen)
        await until(lambda: "iris-token" in rows(dialog))
        assert rows(dialog)["iris-token"] == ["", "Not set", "1 place"]
        assert rows(dialog)["demo_api_key"] == ["", "Not set", "1 place"]
        tree = screen.find(QTreeWidget, "secretList", dialog)
        tree.setFocus()
        screen.keys("Down", tree)
        assert not screen.find(QPushButton, "revealSecretButton", dialog).isEnabled()
        assert not screen.find(QPushButton, "deleteSecretButton", dialog).isEnabled()

        screen.press("setSecretButton", dialog)
        asked = await screen.dialog("secretValueDialog")
        value = screen.find(QLineEdit, "secretValueEdit", asked)
        screen.type("sk-1234", value)
        assert value.echoMode() == QLineEdit.EchoMode.Password
        screen.keys("Return", value)
        await until(lambda: rows(dialog)["iris-token"] == ["••••••", "This session", "1 place"])

        screen.press("revealSecretButton", dialog)
        await until(lambda: rows(dialog)["iris-token"][0] == "sk-1234")
        screen.press("revealSecretButton", dialog)
        assert rows(dialog)["iris-token"][0] == "••••••"

        screen.press("deleteSecretButton", dialog)
        box = await until(lambda: next(iter(dialog.findChildren(QMessageBox)), None))
        screen.click(next(button for button in box.buttons() if button.text() == "Delete"))
        await until(lambda: rows(dialog)["iris-token"][1] == "Not set")
        screen.keys("Esc", dialog)
        await screen.back(dialog)


async def test_the_requests_that_use_a_secret_are_listed_and_open(tmp_path: Path) -> None:
    async with shown_window(workspace_with(tmp_path / "ws", "{{secret:iris-token}}")) as screen:
        screen.window.action("secrets").trigger()
        dialog = await screen.dialog("secretsDialog")
        await until(lambda: "iris-token" in rows(dialog))
        tree = screen.find(QTreeWidget, "secretList", dialog)
        tree.setFocus()
        for key in ("Down", "Right", "Down"):
            screen.keys(key, tree)
        assert tree.currentItem().text(0) == "Chat / Needs a secret"
        screen.keys("Return", tree)
        await until(lambda: screen.tab is not None and screen.tab.path == PATH)


async def test_the_password_of_the_proxy_is_listed_when_there_is_one(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.session.change_settings(proxy_user="me")
        dialog = await open_secrets(screen)
        await until(lambda: rows(dialog).get("proxy-password") == ["", "Not set", "1 place"])
        screen.keys("Esc", dialog)
        await screen.back(dialog)


async def test_a_damaged_vault_is_named_and_a_new_one_leaves_it_alone(tmp_path: Path, home: Path) -> None:
    vault_with(home, kept=TOKEN)
    file = home / "secrets.vault"
    file.write_bytes(file.read_bytes()[:50])
    damaged = file.read_bytes()
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        dialog = await open_secrets(screen)
        await until(lambda: heading(dialog) == "The vault is damaged")
        assert str(file) in screen.find(QLabel, "secretsExplanation", dialog).text()
        assert screen.window.footer.secrets_text() == "Secrets: vault damaged"
        screen.press("renewButton", dialog)
        await type_passwords(screen, new="a", again="a")
        await until(lambda: heading(dialog) == "Secrets are kept in the vault")
        screen.keys("Esc", dialog)
        await screen.back(dialog)
    assert (home / "secrets.broken.vault").read_bytes() == damaged


async def test_the_vault_can_be_locked_and_its_password_changed(tmp_path: Path, home: Path) -> None:
    vault_with(home, kept=TOKEN)
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        dialog = await open_secrets(screen)
        await until(lambda: heading(dialog) == "The vault is locked")
        screen.press("unlockButton", dialog)
        await type_passwords(screen, old="correct horse")
        await until(lambda: rows(dialog).get("kept") == ["••••••", "Vault", "Not used here"])
        screen.press("changeButton", dialog)
        await type_passwords(screen, old="correct horse", new="battery", again="battery")
        await until(lambda: "was changed" in screen.text("messageLabel"))
        screen.press("lockButton", dialog)
        await until(lambda: heading(dialog) == "The vault is locked")
        assert rows(dialog)["demo_api_key"][1] == "Unknown while locked"
        screen.keys("Esc", dialog)
        await screen.back(dialog)
    assert Vault(home / "secrets.vault").unlock("battery")


async def test_whoever_wants_nothing_kept_says_so_once(tmp_path: Path, home: Path) -> None:
    vault = vault_with(home)
    async with shown_window(workspace_with(tmp_path / "ws", TOKEN)) as screen:
        dialog = await open_secrets(screen)
        await until(lambda: heading(dialog) == "The vault is locked")
        screen.press("unlockButton", dialog)
        await type_passwords(screen, old="correct horse")
        await until(lambda: heading(dialog) == "Secrets are kept in the vault")
        screen.press("session_onlyButton", dialog)
        await until(lambda: screen.window.footer.secrets_text() == "Secrets: this session only")
        screen.keys("Esc", dialog)
        await screen.back(dialog)
        await screen.open(PATH)
        screen.type_url("http://127.0.0.1/changed")
        screen.keys("Ctrl+S")
        await until(lambda: "for this session only" in screen.text("messageLabel"))
    assert vault.names() == ()


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_open_dialog_follows_the_language(tmp_path: Path, theme: str, dressed_app: QApplication) -> None:
    async with shown_window(workspace_with(tmp_path / "ws", "{{secret:iris-token}}")) as screen:
        dialog = await open_secrets(screen)
        await until(lambda: rows(dialog))
        screen.window.choices.theme_chosen.emit(theme)
        try:
            screen.window.choices.language_chosen.emit("zh_CN")
            await until(lambda: heading(dialog) == "机密仅在本次会话中保留")
            assert rows(dialog)["iris-token"][1:] == ["未设置", "1 处"]
        finally:
            apply_language(dressed_app, "en")
            screen.window.choices.theme_chosen.emit("light")
        screen.keys("Esc", dialog)
        await screen.back(dialog)
