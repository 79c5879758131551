"""Client certificates in the Settings dialog: added, tried against a server that demands one, edited, deleted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest
from client_files import PASSPHRASE, Files, pkcs12, two_files
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTabWidget,
    QTreeWidget,
)
from servers import Authority
from tls_server import tls_serving
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.model.service import Channel, Service
from firstlight.store.client_certificates import secret_name
from firstlight.store.workspace import Workspace
from firstlight.ui.preferences import apply_language
from firstlight.ui.settings.dialog import SettingsDialog


async def open_settings(screen: WindowScreen) -> SettingsDialog:
    screen.keys("Ctrl+,", screen.window)
    return cast(SettingsDialog, await screen.dialog("settingsDialog"))


def table(screen: WindowScreen, dialog: SettingsDialog) -> QTreeWidget:
    return screen.find(QTreeWidget, "clientCertificatesTable", dialog)


def cells(shown: QTreeWidget) -> list[list[str]]:
    rows = (shown.topLevelItem(position) for position in range(shown.topLevelItemCount()))
    return [[row.text(column) for column in range(3)] for row in rows if row]


async def type_certificate(screen: WindowScreen, **texts: str) -> QLabel:
    form = await screen.dialog("certificateDialog")
    for name, text in texts.items():
        edit = screen.find(QLineEdit, f"certificate{name}", form)
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, text)
    return screen.find(QLabel, "certificateState", form)


def shown(screen: WindowScreen, name: str) -> str:
    return next((label.text() for label in screen.window.findChildren(QLabel, name) if label.isVisible()), "")


def keep(home: Path, *entries: dict[str, object]) -> None:
    home.mkdir(exist_ok=True)
    (home / "settings.json").write_text(json.dumps({"client_certificates": entries}), "utf-8")


def saved(home: Path) -> list[dict[str, object]]:
    file = home / "settings.json"
    return list(json.loads(file.read_text("utf-8"))["client_certificates"]) if file.exists() else []


async def test_a_certificate_is_added_and_a_service_that_demands_one_answers(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    client = pkcs12(Files(tmp_path, authority))
    with tls_serving(authority.demanding_context("localhost")) as port:
        async with shown_window(make_workspace(tmp_path / "ws")) as screen:
            screen.keys("Ctrl+T")
            screen.type_url(f"https://localhost:{port}/")
            screen.keys("Ctrl+Return")
            await until(lambda: "wants a client certificate" in shown(screen, "errorMessage"))
            dialog = await open_settings(screen)
            screen.press("addCertificateButton", dialog)
            state = await type_certificate(screen, Host="localhost", File=client.file)
            await until(lambda: "no passphrase is known" in state.text())
            await type_certificate(screen, Passphrase=PASSPHRASE)
            await until(lambda: state.text().startswith("CN=client"))
            screen.press("certificateKeepButton")
            await until(lambda: [row[:2] for row in cells(table(screen, dialog))] == [["localhost", "client.p12"]])
            await until(lambda: "days left" in cells(table(screen, dialog))[0][2])
            assert saved(home) == [{"host": "localhost", "file": client.file, "passphrase": True}]
            assert PASSPHRASE not in (home / "settings.json").read_text("utf-8")
            transport = await screen.session.transport()
            await until(lambda: transport.network.client_certificates == (
                type(client)(host="localhost", file=client.file, passphrase=PASSPHRASE),
            ))  # fmt: skip
            screen.keys("Esc", dialog)
            await screen.back(dialog)
            screen.type_url(f"https://localhost:{port}/again")
            screen.keys("Ctrl+Return")
            await until(lambda: shown(screen, "statusLabel") == "200 OK")


async def test_one_is_edited_and_deleted_and_its_passphrase_with_it(tmp_path: Path, home: Path) -> None:
    files = Files(tmp_path, Authority(tmp_path))
    locked, open_one = pkcs12(files), two_files(files)
    entries = [
        {"host": "a.example", "file": locked.file, "passphrase": True},
        {"host": "b.example", "file": open_one.file, "key_file": "/nowhere.key"},
    ]
    keep(home, *entries)
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        secrets = screen.session.secrets
        secrets.set(secret_name("a.example"), PASSPHRASE)
        dialog = await open_settings(screen)
        rows = table(screen, dialog)
        await until(lambda: len(cells(rows)) == 2 and "cannot be read" in cells(rows)[1][2])
        assert "days left" in cells(rows)[0][2]
        screen.press("editCertificateButton", dialog)
        await type_certificate(screen, Host="B.example")
        assert not screen.find(QPushButton, "certificateKeepButton").isEnabled()
        state = await type_certificate(screen, Host="https://a.example/")
        assert "is no host" in state.text()
        await type_certificate(screen, Host="c.example:8443")
        screen.press("certificateKeepButton")
        await until(lambda: [row[0] for row in cells(rows)] == ["c.example:8443", "b.example"])
        assert secrets.get(secret_name("a.example")) is None
        assert secrets.get(secret_name("c.example:8443")) == PASSPHRASE
        screen.press("deleteCertificateButton", dialog)
        box = await until(lambda: screen.window.findChild(QMessageBox))
        screen.click(next(button for button in box.buttons() if button.text() == "Delete"))
        await until(lambda: [row[0] for row in cells(rows)] == ["b.example"])
        assert secrets.get(secret_name("c.example:8443")) is None
        await until(lambda: saved(home) == entries[1:])
        screen.keys("Esc", dialog)
        await screen.back(dialog)


async def test_a_passphrase_behind_a_lock_is_not_forgotten(tmp_path: Path, home: Path) -> None:
    entry = {"host": "a.example", "file": "/nowhere.p12", "passphrase": True}
    keep(home, entry)
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        dialog = await open_settings(screen)
        await until(lambda: len(cells(table(screen, dialog))) == 1)
        screen.press("editCertificateButton", dialog)
        await type_certificate(screen, File="/elsewhere.p12")
        screen.press("certificateKeepButton")
        await until(lambda: saved(home) == [{**entry, "file": "/elsewhere.p12"}])
        screen.keys("Esc", dialog)
        await screen.back(dialog)


async def test_the_group_is_found_and_speaks_chinese(tmp_path: Path, dressed_app: QApplication) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        dialog = await open_settings(screen)
        screen.type("mutual", screen.find(QLineEdit, "settingsSearch", dialog))
        assert table(screen, dialog).isVisible()
        assert not [name for name, row in dialog.rows.items() if row.isVisible()]
        screen.find(QLineEdit, "settingsSearch", dialog).clear()
        apply_language(dressed_app, "zh_CN")
        await until(lambda: table(screen, dialog).headerItem().text(0) == "主机")
        apply_language(dressed_app, "en")
        screen.keys("Esc", dialog)
        await screen.back(dialog)


def settings_tab(screen: WindowScreen) -> QLabel:
    """Click on the Settings tab of the request in front; return the line about its client certificate."""
    bar = screen.find(QTabWidget, "requestTabs").tabBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(4).center())
    return screen.find(QLabel, "clientCertificateState")


async def test_the_settings_of_a_request_say_which_certificate_its_host_gets(tmp_path: Path, home: Path) -> None:
    keep(home, {"host": "*.example.com", "file": "/keys/own.p12", "passphrase": True})
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        screen.keys("Ctrl+T")
        state = settings_tab(screen)
        await until(lambda: state.text().startswith("Which one it is depends on the host"))
        screen.type_url("http://api.example.com/v1")
        await until(lambda: state.text() == "None: this URL is reached without TLS.")
        screen.type_url("https://other.test/v1")
        await until(lambda: state.text() == "None is meant for other.test.")
        screen.type_url("https://api.example.com:8443/v1")
        await until(lambda: state.text().startswith("own.p12, meant for *.example.com"))
        assert state.toolTip() == "/keys/own.p12"

        screen.press("clientCertificateButton")
        dialog = cast(SettingsDialog, await screen.dialog("settingsDialog"))
        listed = table(screen, dialog)
        await until(lambda: cells(listed) != [])
        assert not listed.visibleRegion().isEmpty()  # scrolled to
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton,
                         pos=listed.visualItemRect(listed.topLevelItem(0)).center())  # fmt: skip
        screen.press("deleteCertificateButton", dialog)
        box = await until(lambda: screen.window.findChild(QMessageBox))
        screen.click(next(button for button in box.buttons() if button.text() == "Delete"))
        await until(lambda: state.text() == "None is meant for api.example.com.")
        screen.keys("Esc", dialog)
        await until(lambda: not dialog.isVisible())


async def test_the_certificate_of_a_services_channel_is_told_and_in_chinese(tmp_path: Path, home: Path) -> None:
    keep(home, {"host": "h.test", "file": "own.crt", "key_file": "own.key"})
    folder = make_workspace(tmp_path / "ws")
    service = Service(name="Iris", channels=(Channel(name="public", url="https://h.test/v1"),))
    Workspace.open(folder).services.add(service)
    (folder / "collections" / "Chat" / "over.yaml").write_text("service: Iris\nurl: /infer\n", "utf-8")
    async with shown_window(folder) as screen:
        await screen.open("collections/Chat/over.yaml")
        state = settings_tab(screen)
        await until(lambda: state.text().startswith("own.crt, meant for h.test"))
        apply_language(cast(QApplication, QApplication.instance()), "zh_CN")
        try:
            await until(lambda: state.text() == "own.crt（用于 h.test）：h.test 要求时出示。")
        finally:
            apply_language(cast(QApplication, QApplication.instance()), "en")
