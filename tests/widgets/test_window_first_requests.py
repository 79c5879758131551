"""The wizard from the first paste to the answer, once for every edition, in one window."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QPushButton, QRadioButton
from until import until
from window_screen import make_workspace, shown_window
from wizard_screen import Wizard, answered, opened

from demo_server import RunningDemo
from first_requests import FIRSTS, First, credentials
from firstlight.auth import method
from firstlight.editions import edition

PICTURE = Path(__file__).parents[2] / "resources/demo/workspace/files/rose.jpg"
KINDS = {
    "modelarts-json": "huawei-iam", "modelarts-file": "x-auth-token", "modelarts-chat": "aksk",
    "modelarts-app-json": "app-signature", "modelarts-endpoint-json": "app-secret", "modelarts-v2-chat": "bearer",
    "pangu-v1-chat": "appcode", "pangu-pool-chat": "aksk", "eas-vpc-chat": "eas-signature",
    "eas-gateway-chat": "bearer", "openai-chat": "bearer", "azure-openai-chat": "apikey", "custom-json": "basic",
}  # fmt: skip
"""How one signs in, where it is not the usual way: every kind is sent once."""


@asynccontextmanager
async def leading_to(demo: RunningDemo) -> AsyncIterator[str]:
    """Run a proxy for which every host is the demo: private addresses are its node, all others its gateways."""
    node = {first.host for first in FIRSTS if first.on_node}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, _, rest = head.partition("\r\n")
        verb, url, version = line.split(" ")
        host, _, path = url.removeprefix("http://").partition("/")
        here = demo.addresses["demo_node_url"] if host in node else demo.url
        there = await asyncio.open_connection("127.0.0.1", int(here.rpartition(":")[2]))
        rest = "".join(f"{row}\r\n" for row in rest.split("\r\n") if row and not row.lower().startswith("connection:"))
        there[1].write(f"{verb} /{path} {version}\r\nConnection: close\r\n{rest}\r\n".encode("latin-1"))
        asking = asyncio.get_running_loop().create_task(pump(reader, there[1]))
        await pump(there[0], writer)
        asking.cancel()
        for end in (writer, there[1]):
            end.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65536):
        writer.write(piece)
        await writer.drain()


async def test_every_edition_ends_with_an_answer(demo: RunningDemo, tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws", demo.url)
    async with leading_to(demo) as proxy, shown_window(folder) as screen:
        await screen.session.change_settings(proxy_mode="custom", proxy_url=proxy, no_proxy="")
        for number, first in enumerate(FIRSTS):
            wizard = await opened(screen)
            say_what_it_is(wizard, first, demo)
            wizard.next()
            assert not wizard.says("wizardProblem"), first
            wizard.next()
            sign_in(wizard, first, demo)
            wizard.next()
            choose_request(wizard, first)
            wizard.field("wizardServiceName", f"{number} {first.name}")
            await wizard.finish()
            await answered(screen)
            assert screen.tab.request().service == f"{number} {first.name}"
            screen.keys("Ctrl+W")
            await until(lambda: not screen.window.tabs.tabs())


def say_what_it_is(wizard: Wizard, first: First, demo: RunningDemo) -> None:
    if first.paste:
        wizard.paste(first.paste)
        twins = [twin for twin in wizard.dialog.findChildren(QRadioButton) if twin.isVisible()]
        if twins:
            wizard.screen.click(twins[["modelarts", "modelarts-app"].index(first.edition)])
    else:
        wizard.choose("wizardEdition", first.edition)
    assert wizard.chosen("wizardEdition") == first.edition, first
    for name, value in first.parts.items():
        wizard.field(f"part-{name}", value.replace("{demo}", demo.url.removeprefix("http://")))


def sign_in(wizard: Wizard, first: First, demo: RunningDemo) -> None:
    """Tick one way to sign in, and only that; fill it in."""
    offered = edition(first.edition).credentials
    if not offered:
        return
    kind = KINDS.get(first.name, offered[0])
    ways = wizard.screen.find(QListWidget, "wizardCredentials", wizard.dialog)
    wanted = wizard.ways().index(method(kind).label)
    for row in (*(row for row in range(ways.count()) if row != wanted), wanted):
        if (ways.item(row).checkState() == Qt.CheckState.Checked) != (row == wanted):
            wizard.tick(row)
    ways.setCurrentRow(wanted)
    for name, value in credentials(demo, first)[kind].items():
        wizard.field(name, value)


def choose_request(wizard: Wizard, first: First) -> None:
    wizard.choose("wizardTrialKind", first.trial)
    if first.trial == "file":
        wizard.field("wizardFile", str(PICTURE))
    elif first.model:
        box = wizard.screen.find(QComboBox, "wizardModel", wizard.dialog)
        box.lineEdit().selectAll()
        wizard.screen.type(first.model, box.lineEdit())


async def test_after_finishing_enter_sends(demo: RunningDemo, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        wizard = await opened(screen)
        wizard.paste(f"{demo.addresses['demo_node_url']}/predictions/iris")
        screen.keys("Return", screen.find(QLineEdit, "part-model", wizard.dialog))
        screen.keys("Return", wizard.dialog)
        wizard.field("token", demo["demo_api_key"])
        screen.keys("Return", screen.find(QLineEdit, "token", wizard.dialog))
        wizard.choose("wizardTrialKind", "json")
        await wizard.finish("wizardNext")
        await until(lambda: screen.tab is not None and screen.tab.request().service == "iris")
        button = screen.find(QPushButton, "sendButton", screen.tab)
        await until(button.hasFocus)
        section = screen.work.services._section
        assert section.made.tree.currentItem().text(0) == "iris"
        screen.keys("Return", button)
        await answered(screen)
