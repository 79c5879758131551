"""The Settings dialog by keyboard and mouse: every row of the table works, counts at once and is kept."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QListWidget, QMessageBox, QWidget
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.store.settings import Settings
from firstlight.texts import language, use_language
from firstlight.ui.preferences import apply_language
from firstlight.ui.settings.dialog import SettingsDialog
from firstlight.ui.settings.table import GROUPS
from firstlight.ui.theme.apply import apply_theme
from firstlight.ui.theme.current import tokens

ROWS = [setting for group in GROUPS for setting in group.settings]


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[WindowScreen, SettingsDialog]]:
    """Open the dialog by its shortcut."""
    async with shown_window(make_workspace(folder)) as screen:
        screen.keys("Ctrl+,", screen.window)
        dialog = cast(SettingsDialog, await screen.dialog("settingsDialog"))
        yield screen, dialog
        if screen.work.settings.is_shown():
            screen.keys("Esc", dialog)
            await until(lambda: not screen.work.settings.is_shown())


def saved(home: Path, name: str) -> object:
    file = home / "settings.json"
    return json.loads(file.read_text("utf-8")).get(name) if file.exists() else None


def write(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Tab)


@pytest.mark.parametrize("setting", ROWS, ids=lambda setting: setting.name)
def test_every_row_has_a_field_a_default_and_a_name(dressed_app: QApplication, setting) -> None:
    assert setting.kind == "secret" or hasattr(Settings(), setting.name)
    assert setting.label


async def test_rows_show_what_is_set_and_can_be_changed(tmp_path: Path, home: Path, dressed_app: QApplication) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        combo = screen.find(QComboBox, "theme", dialog)
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_End)
        await until(lambda: saved(home, "theme") == "dark")
        assert tokens().name == "dark"
        screen.click(screen.find(QCheckBox, "follow_redirects", dialog))
        await until(lambda: saved(home, "follow_redirects") is True)
        write(screen.find(QWidget, "idle_timeout_s", dialog).findChildren(QLineEdit)[0], "7.5")
        await until(lambda: saved(home, "idle_timeout_s") == 7.5)
        write(screen.find(QWidget, "largest_body_mb", dialog).findChildren(QLineEdit)[0], "20")
        await until(lambda: saved(home, "largest_body_mb") == 20)
        transport = await screen.session.transport()
        await until(lambda: transport.network.largest_body_bytes == 20_000_000)
        made = screen.session.new_request()
        assert (made.settings.follow_redirects, made.settings.idle_timeout_s) == (True, 7.5)
    apply_theme(dressed_app, "light")


async def test_a_row_goes_back_to_its_default(tmp_path: Path, home: Path) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        row = dialog.rows["follow_redirects"]
        assert not row._reset.isVisible()
        screen.click(screen.find(QCheckBox, "follow_redirects", dialog))
        assert row._reset.isVisible()
        screen.click(row._reset)
        await until(lambda: saved(home, "follow_redirects") is False)
        assert not screen.find(QCheckBox, "follow_redirects", dialog).isChecked()


async def test_a_proxy_is_typed_and_used_and_its_password_is_in_no_file(tmp_path: Path, home: Path) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        address = screen.find(QLineEdit, "proxy_url", dialog)
        assert not address.isEnabled()
        combo = screen.find(QComboBox, "proxy_mode", dialog)
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_End)
        assert address.isEnabled()
        write(address, "proxy.example:3128")
        write(screen.find(QLineEdit, "proxy_user", dialog), "ada")
        write(screen.find(QLineEdit, "proxy-password", dialog), "hunter2-hunter2")
        transport = await screen.session.transport()
        await until(lambda: transport.network.proxy_url == "http://ada:hunter2-hunter2@proxy.example:3128")
        assert saved(home, "proxy_user") == "ada"
        assert "hunter2" not in (home / "settings.json").read_text("utf-8")


async def test_a_password_that_cannot_be_kept_is_told_and_used_all_the_same(tmp_path: Path) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        vault = screen.session.secrets.vault
        vault.create("a password")
        lock = vault.path.with_name(vault.path.name + ".lock")
        lock.unlink()
        lock.mkdir()  # as good as a full disk
        combo = screen.find(QComboBox, "proxy_mode", dialog)
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_End)
        write(screen.find(QLineEdit, "proxy_url", dialog), "proxy.example:3128")
        write(screen.find(QLineEdit, "proxy_user", dialog), "ada")
        write(screen.find(QLineEdit, "proxy-password", dialog), "hunter2-hunter2")
        await until(lambda: screen.window.findChild(QMessageBox) is not None)
        screen.window.findChild(QMessageBox).reject()
        transport = await screen.session.transport()
        await until(lambda: "hunter2" in transport.network.proxy_url)


async def test_what_cannot_be_used_is_said_below_the_field(tmp_path: Path) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        dialog.rows["proxy_mode"].take("custom")
        write(screen.find(QLineEdit, "proxy_url", dialog), "gopher://x")
        problem = await until(lambda: next((x for x in dialog.findChildren(QLabel, "proxy_urlProblem") if x.text()), 0))
        assert "not a usable URL" in problem.text()
        write(screen.find(QLineEdit, "proxy_url", dialog), "http://x")
        await until(lambda: not problem.text())
        write(screen.find(QLineEdit, "ca_file", dialog), "/nowhere/ca.pem")
        await until(lambda: "it does not exist" in dialog.findChildren(QLabel, "ca_fileProblem")[0].text())


async def test_search_finds_by_label_help_and_group_in_either_language(
    tmp_path: Path, dressed_app: QApplication
) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        search = screen.find(QLineEdit, "settingsSearch", dialog)
        screen.type("silence", search)
        assert [name for name, row in dialog.rows.items() if row.isVisible()] == ["idle_timeout_s"]
        groups = screen.find(QListWidget, "settingsGroups", dialog)
        assert [groups.item(i).text() for i in range(groups.count()) if not groups.item(i).isHidden()] == [
            "New requests"
        ]
        search.selectAll()
        screen.type("no such thing", search)
        assert not any(row.isVisible() for row in dialog.rows.values())
        assert any(label.text() == "No setting is called so." and label.isVisible() for label in _labels(dialog))
        search.clear()
        apply_language(dressed_app, "zh_CN")
        await until(lambda: dialog.windowTitle() == "设置")
        search.setText("字号")
        assert [name for name, row in dialog.rows.items() if row.isVisible()] == ["font_size"]
        apply_language(dressed_app, "en")
    use_language("en")
    assert language() == "en"


async def test_a_group_scrolls_into_view(tmp_path: Path) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        groups = screen.find(QListWidget, "settingsGroups", dialog)
        groups.setFocus()
        QTest.keyClick(groups, Qt.Key.Key_End)
        assert not screen.find(QWidget, "portableButton", dialog).visibleRegion().isEmpty()


async def test_what_is_typed_counts_when_the_dialog_is_closed_by_esc(tmp_path: Path, home: Path) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        edit = screen.find(QLineEdit, "ca_file", dialog)
        edit.setFocus()
        screen.type("/tmp/x.pem", edit)
        screen.keys("Esc", dialog)
        await until(lambda: not screen.work.settings.is_shown())
        await until(lambda: saved(home, "ca_file") == "/tmp/x.pem")


async def chooser_of(dialog: SettingsDialog) -> QWidget:
    return await until(lambda: next((d for d in dialog.findChildren(QWidget, "QFileDialog") if d.isVisible()), None))


async def test_settings_are_exported_and_imported(tmp_path: Path, home: Path) -> None:
    given = tmp_path / "given.json"
    given.write_text('{"console_entries": 77, "connect_timeout_s": 4}')
    async with opened(tmp_path / "ws") as (screen, dialog):
        screen.press("importSettingsButton", dialog)
        chooser = await until(
            lambda: next((d for d in dialog.findChildren(QWidget, "QFileDialog") if d.isVisible()), 0)
        )
        write(chooser.findChildren(QLineEdit)[0], str(given))
        QTest.keyClick(chooser, Qt.Key.Key_Return)
        await until(lambda: saved(home, "console_entries") == 77)
        await until(lambda: dialog.rows["connect_timeout_s"].input.target.property("value") == 4.0)
        await until(dialog.storage._said.text)
        assert "given.json" in screen.find(QLabel, "storageSaid", dialog).text()

        screen.press("exportSettingsButton", dialog)
        chooser = await until(
            lambda: next((d for d in dialog.findChildren(QWidget, "QFileDialog") if d.isVisible()), 0)
        )
        write(chooser.findChildren(QLineEdit)[0], str(tmp_path / "out.json"))
        QTest.keyClick(chooser, Qt.Key.Key_Return)
        await until((tmp_path / "out.json").exists)
        assert json.loads((tmp_path / "out.json").read_text())["console_entries"] == 77


def _labels(dialog: SettingsDialog) -> list[QLabel]:
    return dialog.findChildren(QLabel)
