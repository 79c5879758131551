"""What is pasted and typed into the New Service wizard is readable nowhere: not in it, behind it, or in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from leaks_screen import PATH, answered, lab_with, read_everything, read_texts, read_timing
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget
from until import until
from window_screen import WindowScreen, shown_window
from wizard_screen import Wizard, opened

from firstlight.auth import METHODS
from firstlight.editions import EDITIONS, edition
from firstlight.model.request import Request
from planted import Plants
from planted.peer import Gossip, gossiping

IRIS = "e4f6a9b2-5d1c-4c7e-9a83-0b2d7f61c5a8"
PARTS = {
    "custom": {"path": "/gossip"},
    "sagemaker": {"path": "/gossip"},
    "eas": {"service": "gossip"},
    "modelarts-endpoint": {"connect_to": "127.0.0.1", "service_id": IRIS, "path": "/gossip"},
}
"""Kinds of service that together offer every way to sign in, and what their address is made of beside the host."""
SECRETS = {method.kind: tuple(field.name for field in method.fields if field.secret) for method in METHODS}
IN_ADDRESS = "an address shows its parameters while it is edited, as the URL of a request does"
PASTED = {
    "X-Auth-Token": "curl -X POST {url} -H 'X-Auth-Token: {a}' -d '{{\"key\": 1}}'",
    "Bearer": "curl {url} -H 'Authorization: Bearer {a}'",
    "raw token": "curl {url} -H 'Authorization: {a}'",
    "AppCode": "URL: {url}\nX-Apig-AppCode: {a}\n",
    "apikey": "curl {url} -H 'apikey: {a}'",
    "-u": "curl -u 'ada:{a}' {url}",
    "below its name": "Endpoint\n{url}\nToken\n{a}\n",
    "JSON": '{{"endpoint": "{url}", "api_key": "{a}"}}',
    "AK/SK": "{url}\nAK: AKOPEN\nSK: {a}\n",
    "app": "{url}\nAppKey: app-open\nAppSecret: {a}",
    IN_ADDRESS: "{url}?token={a}",
}
"""Texts of consoles and manuals, with a secret."""


@pytest.fixture(scope="module")
def peer() -> Iterator[Gossip]:
    with gossiping() as running:
        yield running


def read_wizard(wizard: Wizard, plants: Plants, when: str) -> None:
    """Look at every text of the dialog and at the clipboard, which holds nothing by the wizard."""
    read_texts(wizard.dialog, plants, when)
    assert plants.found(QApplication.clipboard().text()) == [], when


def fill_in(screen: WindowScreen, wizard: Wizard, plants: Plants, kinds: tuple[str, ...], where: str) -> None:
    """Type a secret into every secret field of every way to sign in that is offered; that ticks it."""
    shown = screen.find(QListWidget, "wizardCredentials", wizard.dialog)
    for row, kind in enumerate(kinds):
        shown.setCurrentRow(row)
        for name in SECRETS[kind]:
            for edit in wizard.dialog.findChildren(QLineEdit, name):
                if edit.isVisible():
                    screen.type(plants.plant(f"{where} {kind}.{name}", "p+/{}="), edit)
        read_wizard(wizard, plants, kind)


async def finish(screen: WindowScreen, wizard: Wizard) -> None:
    """Send some JSON, which needs no model and no file."""
    if screen.find(QComboBox, "wizardTrialKind", wizard.dialog).findData("json") >= 0:
        wizard.choose("wizardTrialKind", "json")
    assert wizard.says("wizardProblem") == ""
    await wizard.finish()


async def kept_safely(screen: WindowScreen, plants: Plants, tmp_path: Path, when: str) -> None:
    """Look at everything after the wizard has sent: the window, the page of the service, drafts, every file."""
    await until(lambda: not QApplication.activeModalWidget())
    await answered(screen)
    read_timing(screen)
    read_everything(screen, plants, when)
    await screen.work.keeping.keep()
    assert plants.found_below(tmp_path) == [], when


async def test_what_is_typed_for_every_way_to_sign_in_is_readable_nowhere(peer: Gossip, tmp_path: Path) -> None:
    offered = {kind for entry in EDITIONS for kind in entry.credentials}
    assert {kind for name in PARTS for kind in edition(name).credentials} == offered, "so that every way is typed"
    async with shown_window(lab_with(Request(name="Planted", url=peer.base), tmp_path / "ws")) as screen:
        screen.session.secrets.vault.create("the vault's own")
        await screen.open(PATH)
        screen.window.action("console").trigger()
        plants = Plants()
        for kind, parts in PARTS.items():
            wizard = await opened(screen)
            wizard.choose("wizardEdition", kind)
            wizard.field("part-origin", peer.base)
            for name, text in parts.items():
                wizard.field(f"part-{name}", text)
            wizard.next()
            wizard.next()
            fill_in(screen, wizard, plants, edition(kind).credentials, kind)
            peer.knows = tuple(plants.secrets.values())
            wizard.next()
            read_wizard(wizard, plants, "request")
            wizard.field("wizardServiceName", f"Planted {kind}")
            await finish(screen, wizard)
            await until(lambda kind=kind: screen.tab.request().service == f"Planted {kind}")
            await kept_safely(screen, plants, tmp_path, kind)
            assert kind != "custom" or plants.found(screen.tab.pane._record.body()), "so the search can find"
        written = "".join(page.read_text("utf-8") for page in (tmp_path / "ws" / "services").glob("*.yaml"))
        assert written.count("{{secret:") == sum(name != "passcode" for name in plants.secrets)


async def test_a_secret_in_a_pasted_text_is_readable_nowhere(peer: Gossip, tmp_path: Path) -> None:
    async with shown_window(lab_with(Request(name="Planted", url=peer.base), tmp_path / "ws")) as screen:
        screen.session.secrets.vault.create("the vault's own")
        await screen.open(PATH)
        screen.window.action("console").trigger()
        plants = Plants()
        for place, text in PASTED.items():
            wizard = await opened(screen)
            wizard.paste(text.format(url=f"{peer.base}/api/predict/gossip", a=plants.plant(place, "MII{}x")))
            QApplication.clipboard().clear()  # what a person put there
            peer.knows = (plants.secrets[place],)
            for step in range(4):
                if place != IN_ADDRESS:
                    read_wizard(wizard, plants, f"{place}, step {step}")
                if step < 3:
                    wizard.next()
            wizard.field("wizardServiceName", f"Planted {place}")
            await finish(screen, wizard)
            await until(lambda place=place: screen.tab.request().service == f"Planted {place}")
            await kept_safely(screen, plants, tmp_path, place)
