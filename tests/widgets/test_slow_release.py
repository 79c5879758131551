"""Long lists that nobody needs any more go piece by piece; who still shows one is not disturbed."""

from __future__ import annotations

import weakref

from pytestqt.qtbot import QtBot
from response_screen import STREAM, ResponseScreen, finished, head, started

from firstlight.model.events import ServerEvent
from firstlight.ui.response.message_table import MessageTable
from firstlight.ui.response.slow_release import SlowRelease


class Item:
    """Something whose end can be seen."""


def test_a_long_list_is_let_go_in_steps_and_to_its_end(qtbot: QtBot) -> None:
    release, items = SlowRelease(), [Item() for _ in range(50_000)]
    first, last = weakref.ref(items[0]), weakref.ref(items[-1])
    release.take(items)
    assert len(items) == 50_000, "the list itself is not touched"
    del items
    assert first(), "nothing is freed at once"
    assert last()
    qtbot.waitUntil(lambda: 0 < release.held < 50_000)
    assert first()
    assert not last()
    qtbot.waitUntil(lambda: not release.held)
    assert not first()


def test_a_short_list_needs_no_help() -> None:
    release = SlowRelease()
    release.take([1, 2, 3])
    assert not release.held


def test_the_messages_of_the_stream_before_go_in_steps_whichever_tab_is_seen(qtbot: QtBot) -> None:
    screen = ResponseScreen(qtbot)
    many = [ServerEvent(at_ns=at, type="message", data="{}") for at in range(60_000)]
    screen.feed(started(), head(200, "text/event-stream"), *many, finished())
    screen.wait(lambda: screen.child(MessageTable, "messageTable").count == 60_000)
    screen.tabs.setCurrentIndex(STREAM + 1)
    screen.feed(started(), head(200, "text/event-stream"), *many[:3])
    screen.wait(lambda: screen.pane.message_count() == 3)
    release = screen.pane.findChild(SlowRelease)
    assert release is not None
    assert release.held
    screen.wait(lambda: not release.held)
    screen.tabs.setCurrentIndex(STREAM)
    screen.wait(lambda: screen.child(MessageTable, "messageTable").count == 3)
