"""Every way to a service tried from its page: with what is on the page, told in place, told to the Console."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTabBar, QTabWidget, QTreeWidget, QWidget
from until import until
from window_screen import WindowScreen, demo_window

from demo_server import RunningDemo
from firstlight.ui.preferences import apply_language

TRY = 5


@asynccontextmanager
async def page_of(demo: RunningDemo, file: str) -> AsyncIterator[WindowScreen]:
    """Show the part of a service's page where its ways are tried."""
    async with demo_window(demo) as screen:
        screen.work.library.start("open", screen.work.library.open, f"services/{file}.yaml")
        parts = await until(lambda: screen.window.findChild(QTabWidget, "serviceTabs"))
        bar = parts.tabBar()
        screen.click(bar, bar.tabRect(TRY).center())
        await until(lambda: screen.find(QComboBox, "tryRequest").count())
        yield screen


def rows(screen: WindowScreen) -> list[tuple[str, str, str]]:
    """Channel, credential and result of every way."""
    shown = screen.find(QTreeWidget, "wayList")
    items = [shown.topLevelItem(row) for row in range(shown.topLevelItemCount())]
    return [(item.text(0), item.text(1), item.text(2)) for item in items]


def is_idle(screen: WindowScreen) -> bool:
    return not screen.find(QWidget, "tryRequest").parentWidget().findChild(QPushButton, "stopTryingButton").isVisible()


async def tried(screen: WindowScreen, name: str) -> None:
    screen.press(name)
    assert not is_idle(screen)
    await until(lambda: is_idle(screen))


async def test_all_ways_are_tried_and_each_tells_its_result_in_place(demo: RunningDemo) -> None:
    async with page_of(demo, "iris") as screen:
        assert len(rows(screen)) == 9 + 9 + 1
        assert {result for *_, result in rows(screen)} == {""}
        await tried(screen, "tryAllButton")
        assert {result for *_, result in rows(screen)} == {"200 OK"}
        assert screen.text("trySummary") == "19 of 19 answer"
        assert rows(screen)[-1] == ("VPC high-speed", "No credential", "200 OK")
        shown = screen.find(QTreeWidget, "wayList")
        assert all(shown.topLevelItem(row).text(3).endswith("s") for row in range(19))


async def test_a_way_that_is_refused_says_why_and_what_to_do(demo: RunningDemo) -> None:
    async with page_of(demo, "pangu") as screen:
        await tried(screen, "tryAllButton")
        told = {(channel, credential): result for channel, credential, result in rows(screen)}
        assert told[("V1", "IAM token")] == told[("V2", "API key for V2")] == "200 OK"
        assert told[("V2", "IAM token")] == "401 · PANGU.0012"
        shown = screen.find(QTreeWidget, "wayList")
        screen.keys("Home", shown)
        assert screen.text("tryDetail") == "The service answers over “V1” with “IAM token”."
        while shown.currentItem().text(2) == "200 OK":
            screen.keys("Down", shown)
        assert "Next: " in screen.text("tryDetail")


async def test_what_is_typed_and_not_saved_is_what_is_tried_and_makes_the_old_result_vanish(demo: RunningDemo) -> None:
    async with page_of(demo, "maas-chat") as screen:
        await tried(screen, "tryOneButton")
        assert rows(screen) == [("Public", "API key", "200 OK")]
        parts = screen.find(QTabWidget, "serviceTabs")
        parts.setCurrentIndex(1)
        key = screen.find(QLineEdit, "token")
        key.selectAll()
        screen.type("wrong-key", key)
        parts.setCurrentIndex(TRY)
        assert rows(screen) == [("Public", "API key", "")]
        await tried(screen, "tryOneButton")
        assert rows(screen) == [("Public", "API key", "401 · ModelArts.81003")]
        assert screen.window.tabs.current().unsaved()


async def test_a_websocket_is_opened_and_closed_again_and_a_way_can_be_opened(demo: RunningDemo) -> None:
    async with page_of(demo, "eas-chat") as screen:
        requests = screen.find(QComboBox, "tryRequest")
        screen.keys("End", requests)
        assert requests.currentText() == "Chat behind PAI-EAS"
        await tried(screen, "tryAllButton")
        opened = {(channel, credential) for channel, credential, result in rows(screen) if result.startswith("101 ")}
        every = {(channel, credential) for channel, credential, _ in rows(screen)}
        others = {way for way in every if not any(word.startswith("Group") for word in way)}
        assert opened == others | {("Group", "Group token")}, "a group has a token of its own"
        screen.keys("End", screen.find(QTreeWidget, "wayList"))
        channel, credential, _ = rows(screen)[-1]
        screen.press("openWayButton")
        tab = await until(lambda: screen.window.tabs.requests() and screen.tab)
        await until(lambda: screen.find(QComboBox, "channelCombo", tab).currentText() == channel)
        assert screen.find(QComboBox, "credentialCombo", tab).currentText() == credential
        assert not tab.unsaved()


async def test_trying_stops_when_it_is_told_to_and_when_the_page_closes(demo: RunningDemo) -> None:
    async with page_of(demo, "iris") as screen:
        screen.press("tryAllButton")
        screen.press("stopTryingButton")
        await until(lambda: is_idle(screen))
        assert any(result == "" for *_, result in rows(screen))
        screen.press("tryAllButton")
        bar = screen.find(QTabBar, "tabBar")
        screen.keys("Ctrl+W", screen.window)
        await until(lambda: not bar.isVisible())


async def test_the_words_follow_the_language(demo: RunningDemo, dressed_app: object) -> None:
    async with page_of(demo, "pangu") as screen:
        await tried(screen, "tryAllButton")
        apply_language(dressed_app, "zh_CN")
        try:
            await until(lambda: "下一步" in screen.text("tryDetail") or "响应" in screen.text("tryDetail"))
            shown = screen.find(QTreeWidget, "wayList")
            assert shown.headerItem().text(0) == "通道"
            assert screen.find(QLabel, "trySummary").text() == "8 条中 5 条有响应"
        finally:
            apply_language(dressed_app, "en")
