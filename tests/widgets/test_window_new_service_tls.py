"""The wizard at addresses whose certificate no computer trusts: an edge node, a command with -k."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit
from servers import Authority, replies, response, serving
from window_screen import make_workspace, shown_window
from wizard_screen import Wizard, answered, opened, saved

ANSWER = response(json.dumps({"data": {"resp_data": [{"predictresult": "setosa"}]}}).encode())


def toggle(wizard: Wizard) -> QCheckBox:
    box = wizard.screen.find(QCheckBox, "wizardVerify", wizard.dialog)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    return box


def alarms(wizard: Wizard) -> str:
    labels = wizard.dialog.channels.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible() and label.property("kind") == "error")


@pytest.mark.parametrize("trusted", [True, False])
async def test_an_edge_node_with_a_certificate_of_its_own_answers(tmp_path: Path, trusted: bool) -> None:
    authority = Authority(tmp_path)
    context = authority.server_context("127.0.0.1")
    async with serving(replies(ANSWER), context) as server, shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        wizard.choose("wizardEdition", "modelarts-edge")
        wizard.field("part-origin", f"https://127.0.0.1:{server.port}")
        wizard.next()
        assert wizard.dialog.channels.list.currentItem().text() == "Edge node"
        assert alarms(wizard) == ""
        if trusted:
            wizard.field("wizardCaFile", str(authority.path))
        else:
            assert not toggle(wizard).isChecked()
            assert "anyone on the way" in alarms(wizard)
        wizard.next()
        wizard.next()
        await wizard.finish()
        await answered(screen)
        (channel,) = saved(screen).channels
        assert (channel.verify_tls, channel.ca_file) == (trusted, str(authority.path) if trusted else "")
        assert b"req_data" in server.received[0].body


async def test_a_command_with_k_makes_a_channel_that_says_so_in_red(tmp_path: Path) -> None:
    context = Authority(tmp_path).server_context("models.example.com")
    async with serving(replies(ANSWER), context) as server, shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        url = f"https://models.example.com:{server.port}/v1/chat/completions"
        wizard.paste(f"""curl -k --connect-to ::127.0.0.1:{server.port} {url} -d '{{"model": "m"}}'""")
        assert "-k" in wizard.says("wizardRemarks")
        wizard.next()
        assert "anyone on the way" in alarms(wizard)
        assert not screen.find(QCheckBox, "wizardVerify", wizard.dialog).isChecked()
        wizard.next()
        wizard.next()
        await wizard.finish()
        await answered(screen)
        assert not saved(screen).channels[0].verify_tls
        assert json.loads(server.received[0].body) == {"model": "m"}


async def test_a_public_gateway_is_not_asked_about(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        wizard.paste("https://api.example.com/v1")
        wizard.next()
        for name in ("wizardVerify", "wizardCaFile"):
            entry = wizard.dialog.findChild((QCheckBox if name == "wizardVerify" else QLineEdit), name)
            assert entry is not None
            assert not entry.isVisible()
        wizard.press("wizardCancel")
        await screen.back(wizard.dialog)
