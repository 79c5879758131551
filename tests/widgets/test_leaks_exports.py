"""What is exported from the answer is what the service said (docs/adr/0042); our own messages are written masked."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from leaks_screen import PATH, lab_with, send
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QToolButton
from until import until
from window_screen import WindowScreen, shown_window

from demo_server import RunningDemo
from firstlight.model.events import WebSocketMessage
from firstlight.model.request import Authorization, Message, Param, Request
from firstlight.model.secrets import MASK
from planted import Plants
from planted.peer import gossiping

FORM = "p+/{}="


async def exported(screen: WindowScreen, file: Path) -> list[dict[str, Any]]:
    """Export the messages on screen and return the lines of the file."""
    screen.click(screen.find(QToolButton, "messageExport", screen.tab))
    dialog = await until(lambda: next((d for d in screen.tab.findChildren(QFileDialog) if d.isVisible()), None))
    name = dialog.findChild(QLineEdit)
    name.setText(str(file))
    QTest.keyClick(name, Qt.Key.Key_Return)
    await until(lambda: not any(task.get_name() == "export messages" for task in asyncio.all_tasks()))
    text = await asyncio.to_thread(file.read_text, "utf-8")
    return [json.loads(line) for line in text.splitlines()]


async def test_an_exported_stream_is_what_the_service_said_and_nothing_else(tmp_path: Path) -> None:
    plants = Plants()
    with gossiping() as peer:
        token, never_quoted = plants.plant("token", FORM), plants.plant("in the URL", FORM)
        peer.knows, peer.issues = (token,), {}
        request = Request(
            name="Planted", url=f"{peer.base}/stream", params=(Param(name="key", value=never_quoted),),
            authorization=Authorization(kind="bearer", values={"token": token}),
        )  # fmt: skip
        async with shown_window(lab_with(Request(name="Planted"), tmp_path / "ws")) as screen:
            await screen.open(PATH)
            await send(screen, request)
            file = tmp_path / "out.jsonl"
            lines = await exported(screen, file)
            assert screen.text("messageLabel") == f"Saved to {file}"
            assert [line["data"] for line in lines[:-1]] == peer.quoted(), "as received"
            assert json.loads(lines[-1]["data"])["error_msg"] == "Not with " + "\n".join(peer.quoted())
            for line in lines[:-1]:
                del line["data"]
            assert plants.found(json.dumps(lines[:-1])) == []
            as_received = {file: frozenset(plants.secrets)}
            assert plants.found_below(tmp_path, but=as_received) == []


async def test_an_exported_timeline_has_our_messages_masked_and_those_of_the_service_as_they_came(
    demo: RunningDemo, tmp_path: Path
) -> None:
    plants = Plants()
    handshake, referred = plants.plant("handshake", FORM), plants.plant("referred", FORM)
    request = Request(
        name="Planted", protocol="websocket", url=f"{demo.url}/api/predict/echo",
        params=(Param(name="token", value=handshake),),
        authorization=Authorization(kind="eas-token", values={"token": "{{secret:demo_eas_token}}"}),
        messages=(Message(name="1", text=f"{{{{secret:mine}}}} and {handshake}"),),
    )  # fmt: skip
    folder, lent = lab_with(request, tmp_path / "ws"), {**demo.credentials, "mine": referred}
    async with shown_window(folder, lent.items()) as screen:
        await screen.open(PATH)
        screen.press("sendButton", screen.tab)
        record = screen.tab.pane._record
        await until(lambda: record.is_open)
        await until(screen.find(QPushButton, "sendMessageButton").isEnabled)
        screen.press("sendMessageButton")
        await until(lambda: sum(isinstance(one, WebSocketMessage) for one in record.timeline.entries) == 2)
        file = tmp_path / "out.jsonl"
        lines = [line for line in await exported(screen, file) if line["kind"] == "message"]
        ours = [line["text"] for line in lines if line["direction"] == "out"]
        theirs = [line["text"] for line in lines if line["direction"] == "in"]
        assert ours == [f"{MASK} and {MASK}"]
        assert theirs == [f"{referred} and {handshake}"], "as received"
        screen.press("sendButton", screen.tab)
        await until(lambda: not screen.work.sending.is_sending(screen.tab))
        kept = {file: frozenset(plants.secrets), tmp_path / "ws" / PATH: frozenset({"handshake"})}
        assert plants.found_below(tmp_path, but=kept) == []
