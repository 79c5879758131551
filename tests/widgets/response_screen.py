"""The response pane as a user sees it, fed with the events of a real exchange's shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import perf_counter_ns
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from firstlight.inference.media_types import stream_kind
from firstlight.model.events import (
    BodyReceived,
    Connected,
    Event,
    Failed,
    Finished,
    HeadersReceived,
    Resolved,
    Sent,
    ServerEvent,
    Started,
    TlsEstablished,
    Token,
)
from firstlight.model.failure import Failure
from firstlight.model.response import InterTokenLatency, StreamSummary, Timings, reason_phrase
from firstlight.texts import Phrase
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.response.message_table import MessageTable
from firstlight.ui.response.pane import ResponsePane
from firstlight.ui.text.text_view import TextView

W = TypeVar("W", bound=QWidget)
TIMINGS = Timings(
    dns_ms=1.0, connect_ms=2.0, tls_ms=12.0, send_ms=0.5, wait_ms=80.0, first_byte_ms=95.5, download_ms=30.0,
    total_ms=125.5,
)  # fmt: skip
BODY, STREAM, HEADERS, COOKIES, TIMING = range(5)


def started(method: str = "POST", url: str = "http://127.0.0.1:8000/v1/iris") -> Started:
    headers = (("Content-Type", "application/json"), ("X-Auth-Token", "••••••"))
    return Started(at_ns=perf_counter_ns(), method=method, url=url, headers=headers, body_bytes=213)


def connection(*, verified: bool = True) -> list[Event]:
    now = perf_counter_ns()
    return [
        Resolved(at_ns=now, host="localhost", address="127.0.0.1", port=8000),
        Connected(at_ns=now, address="127.0.0.1", port=8000, local_address="127.0.0.1", local_port=51234),
        TlsEstablished(at_ns=now, version="TLSv1.3", cipher="AES", protocol="http/1.1", verified=verified),
        Sent(at_ns=now, body_bytes=213),
    ]


def head(status: int = 200, kind: str = "application/json", *more: tuple[str, str]) -> HeadersReceived:
    headers = (("Content-Type", kind), *more)
    return HeadersReceived(
        at_ns=perf_counter_ns(),
        status=status,
        reason=reason_phrase(status),
        http_version="HTTP/1.1",
        headers=headers,
        stream=stream_kind(kind) or "",
    )


def body(data: bytes) -> BodyReceived:
    return BodyReceived(at_ns=perf_counter_ns(), data=data)


def finished(size: int = 0, stream: StreamSummary | None = None) -> Finished:
    return Finished(at_ns=perf_counter_ns(), body_bytes=size, timings=TIMINGS, stream=stream)


def failed(layer: str = "connect", size: int = 0, stream: StreamSummary | None = None) -> Failed:
    failure = Failure(
        layer=layer,  # type: ignore[arg-type] # a parameter of tests
        kind="seen",
        message=Phrase("{address} refused the connection.", address="127.0.0.1:9"),
        hint=Phrase("Check that the service is running."),
    )
    return Failed(at_ns=perf_counter_ns(), failure=failure, body_bytes=size, timings=TIMINGS, stream=stream)


def chunk(text: str, *, reasoning: bool = False, choice: int = 0) -> list[Event]:
    """Return what one message of a chat stream becomes."""
    now = perf_counter_ns()
    delta = {"reasoning_content" if reasoning else "content": text}
    data = json.dumps({"choices": [{"index": choice, "delta": delta}]}, ensure_ascii=False)
    token = Token(at_ns=now, reasoning=text, choice=choice) if reasoning else Token(at_ns=now, text=text, choice=choice)
    return [body(f"data: {data}\n\n".encode()), ServerEvent(at_ns=now, type="message", data=data), token]


def summary(*, truncated: bool = False) -> StreamSummary:
    return StreamSummary(
        kind="sse",
        events=3,
        finish_reason="stop",
        usage={"prompt_tokens": 12, "completion_tokens": 340, "total_tokens": 352},
        ttft_ms=83.0,
        first_answer_ms=140.0,
        itl_ms=InterTokenLatency(p50=12.0, p95=30.0, p99=44.0),
        tokens_per_s=81.25,
        truncated=truncated,
    )


class ResponseScreen:
    """What the tests see and do."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.pane = ResponsePane()
        for tab in (BODY, STREAM):  # as a tab does before it sends
            cast(LazyPage[QWidget], self.tabs.widget(tab)).page()
        qtbot.addWidget(self.pane)
        self.pane.resize(1000, 500)
        with qtbot.waitExposed(self.pane):
            self.pane.show()

    def feed(self, *events: Event) -> None:
        for event in events:
            self.pane.feed(event)

    def child(self, kind: type[W], name: str) -> W:
        found = self.pane.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def tabs(self) -> QTabWidget:
        return self.child(QTabWidget, "responseTabs")

    @property
    def table(self) -> MessageTable:
        return self.child(MessageTable, "messageTable")

    def label(self, name: str) -> str:
        """Return the text of a visible label; empty when it is hidden."""
        label = self.child(QLabel, name)
        return label.text() if label.isVisible() else ""

    def text(self, name: str = "bodyView") -> str:
        return self.child(TextView, name).text()

    def shows(self, name: str) -> bool:
        return self.child(QWidget, name).isVisible()

    def open_tab(self, number: int) -> None:
        """Click on a tab."""
        bar = self.tabs.tabBar()
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(number).center())

    def click(self, name: str) -> None:
        """Click on a button, once it stands where it is seen."""
        button = self.child(QToolButton, name)
        self.wait(lambda: self.pane.childAt(button.mapTo(self.pane, button.rect().center())) is button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def wait_status(self, text: str) -> None:
        self.wait(lambda: self.label("statusLabel") == text)


def clipboard() -> str:
    return QApplication.clipboard().text()
