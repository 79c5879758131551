"""The Console shows the heads of a real exchange byte for byte as a bare socket server got and gave them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QTreeWidget
from pytestqt.qtbot import QtBot
from servers import Peer, collect, response, run, serving

from firstlight.model.events import Event
from firstlight.model.request import Body, Header, Request, RequestSettings
from firstlight.ui.console import ConsoleView

ANSWERS = {
    "words of its own": b"HTTP/1.1 200 Fine by me\r\nserver: x\r\nX-ODD-case: 1\r\nX-Odd-Case: 2\r\nContent-Length: 0",
    "no words": b"HTTP/1.1 200\r\nDate: now\r\nContent-Length: 0",
    "a status nobody names": b"HTTP/1.1 450\r\nContent-Length: 0",
    "old": b'HTTP/1.0 404 Not Found\r\nX-Empty:\r\nX-Text: a, b;c="d"',
    "a hint before it": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 204 No Content\r\nX-End: 1",
}


def shown(qtbot: QtBot, request: Request, answers: list[bytes]) -> tuple[str, str]:
    """Send `request`; return what stands in the Console, a line each, and what the server got, decoded."""
    got: list[bytes] = []

    async def handler(peer: Peer) -> None:
        for answer in answers:
            got.append(await peer.reader.readuntil(b"\r\n\r\n"))
            await peer.send(answer)

    async def work() -> list[Event]:
        async with serving(handler) as server:
            return (await collect(replace(request, url=server.url + request.url)))[1]

    view = ConsoleView()
    qtbot.addWidget(view)
    for event in run(work()):
        view.feed(1, "Request", event)
    tree = view.findChild(QTreeWidget, "consoleTree")
    assert tree is not None
    row = tree.topLevelItem(0)
    row.setExpanded(True)
    lines = [row.child(number).text(0) for number in range(row.childCount())]
    return "".join(f"{line}\r\n" for line in lines), b"".join(got).decode()


@pytest.mark.parametrize("answer", list(ANSWERS))
def test_the_answers_head_stands_there_as_it_came(answer: str, qtbot: QtBot) -> None:
    said = ANSWERS[answer]
    told, _ = shown(qtbot, Request(url="/a"), [said + b"\r\n\r\n"])
    heads = said.decode().replace("X-Empty:\r\n", "X-Empty: \r\n").split("\r\n\r\n")
    for head in heads:
        assert f"\r\n{head}\r\n" in told


def test_the_requests_head_stands_there_as_it_went(qtbot: QtBot) -> None:
    headers = (
        Header(name="x-ODD-case", value="1"),
        Header(name="X-Odd-Case", value="2"),
        Header(name="Accept", value=""),
    )
    request = Request(method="pURGE", url="/a/../b?q=%e4&q=a+b", headers=headers, body=Body(kind="raw", text="abc"))
    told, got = shown(qtbot, request, [response()])
    assert got.startswith("pURGE /a/../b?q=%e4&q=a+b HTTP/1.1\r\nHost: ")
    assert got.removesuffix("\r\n") in told


def test_both_heads_of_a_redirect_stand_there_as_they_went(qtbot: QtBot) -> None:
    settings = RequestSettings(follow_redirects=True)
    moved = b"HTTP/1.1 302\r\nlocation: /there\r\nContent-Length: 0\r\n\r\n"
    told, got = shown(qtbot, Request(url="/here", settings=settings), [moved, response()])
    first, second = got.removesuffix("\r\n\r\n").split("\r\n\r\n")
    places = [
        told.index(part) for part in (first, "HTTP/1.1 302\r\nlocation: /there\r\n", second, "HTTP/1.1 200 OK\r\n")
    ]
    assert places == sorted(places)
