"""Every way into every vendor's service in one window: picked in the request bar, sent, answered; refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from until import until
from window_screen import WindowScreen, demo_window

from demo_server import RunningDemo, running_demo
from firstlight.ui.preferences import apply_language
from firstlight.ui.response.record import ExchangeRecord
from ways_in import WAYS, Way, damaged

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SERVICES = {way.service: [other for other in WAYS if other.service == way.service] for way in WAYS}


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningDemo]:
    """Give a demo of this module alone: here keys are refused again and again."""
    with running_demo() as running:
        yield running


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest, dressed_app: QApplication) -> Iterator[str]:
    apply_language(dressed_app, request.param)
    yield request.param
    apply_language(dressed_app, "en")


@pytest.mark.parametrize("service", SERVICES)
async def test_every_way_is_chosen_answers_and_refuses_a_wrong_secret(
    demo: RunningDemo, language: str, service: str
) -> None:
    async with demo_window(demo) as screen:
        screen.tree.expandAll()
        for path, ways in groupby(SERVICES[service], lambda way: way.path):
            await screen.open(path)
            for way in ways:
                pick(screen, way)
                if language == "en":
                    await answered(screen, way)
                if way.sign_in.secret:
                    await refused(screen, way, language)


def pick(screen: WindowScreen, way: Way) -> None:
    """Choose channel and credential in the request bar, with the keyboard."""
    for name, wanted in (("channelCombo", way.sign_in.channel), ("credentialCombo", way.sign_in.credential)):
        box = screen.find(QComboBox, name, screen.tab)
        if box.currentData() == wanted:
            continue
        box.setFocus()
        screen.keys("Down", box)
        screen.keys("Home", box.view())
        while box.view().currentIndex().data(Qt.ItemDataRole.UserRole) != wanted:
            before = box.view().currentIndex().row()
            screen.keys("Down", box.view())
            assert box.view().currentIndex().row() > before, (way, wanted)
        screen.keys("Return", box.view())
        assert box.currentData() == wanted


async def send(screen: WindowScreen) -> None:
    """Press Send and wait for the end of what begins."""
    before = record(screen).number
    screen.press("sendButton", screen.tab)
    await until(lambda: record(screen).number != before and record(screen).end)
    await until(lambda: not screen.work.sending.is_sending(screen.tab))


async def answered(screen: WindowScreen, way: Way) -> None:
    if way.protocol != "WebSocket":
        await send(screen)
        assert record(screen).head.status == 200, way
        assert record(screen).body()
        await until(lambda: status(screen) == "200 OK")
        return
    screen.press("sendButton", screen.tab)
    await until(lambda: status(screen) == "Connected")
    screen.press("sendMessageButton", screen.tab)
    await until(lambda: record(screen).answers and record(screen).answers[0].text)
    screen.press("sendButton", screen.tab)
    await until(lambda: status(screen) == "Closed · 1000")
    await until(lambda: not screen.work.sending.is_sending(screen.tab))


async def refused(screen: WindowScreen, way: Way, language: str) -> None:
    """Send with a wrong secret: what failed has a name, a meaning and a next step, in the language of the window."""
    lent = screen.session.secrets.lent
    right = lent[way.sign_in.secret]
    lent[way.sign_in.secret] = damaged(right)
    await send(screen)
    lent[way.sign_in.secret] = right
    if way.sign_in.refused.startswith("iam-"):
        assert record(screen).end.failure.kind == way.sign_in.refused, way
        parts = ("errorTitle", "errorMessage", "errorHint")
    else:
        await until(lambda: shown(screen, "explanationCode") == way.sign_in.refused)
        assert str(way.sign_in.status) in status(screen)
        parts = ("explanationMeaning", "explanationRemedy")
    told = await until(lambda: all(texts := [shown(screen, name) for name in parts]) and texts)
    assert all(bool(CHINESE.search(text)) == (language == "zh_CN") for text in told), (way, told)


def record(screen: WindowScreen) -> ExchangeRecord:
    return screen.tab.pane._record


def shown(screen: WindowScreen, name: str) -> str:
    """Return the text of a label; "" while it is not there."""
    return next((label.text() for label in screen.tab.findChildren(QLabel, name) if label.isVisible()), "")


def status(screen: WindowScreen) -> str:
    return shown(screen, "statusLabel")
