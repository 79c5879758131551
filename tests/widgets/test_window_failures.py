"""The window names every failure of the matrix, in English and Chinese, and shows what came before it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from response_screen import BODY
from until import until
from window_screen import WindowScreen, shown_window

from causes import CAUSES, Cause, Stage
from firstlight.store.settings import Settings, save_settings
from firstlight.store.workspace import Workspace
from firstlight.texts import tr
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.preferences import apply_language
from firstlight.ui.response.failure_text import LAYER_NAMES
from firstlight.ui.text.text_view import TextView

ENGLISH_SENTENCE = re.compile(r"[a-z]+(?: [a-z]+){3}")


@asynccontextmanager
async def failed_window(
    cause: Cause, stage: Stage, folder: Path, patch: pytest.MonkeyPatch
) -> AsyncIterator[WindowScreen]:
    """Send the request of `cause` with Ctrl+Enter from its tab; give the window when it has failed."""
    workspace = Workspace.create(folder, "Lab")
    page = folder / "firstlight.yaml"
    rows = "".join(f"  {name}: '{value}'\n" for name, value in cause.variables.items())
    page.write_text(page.read_text("utf-8") + (f"variables:\n{rows}" if rows else ""), "utf-8")
    path = workspace.add_request(workspace.add_collection("Failures"), cause.request(stage))
    cause.around(stage, patch)
    save_settings(Settings(**cause.settings))  # type: ignore[arg-type]  # fields of it
    async with shown_window(folder) as screen:
        await screen.open(path)
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: screen.tab.pane.findChild(QWidget, "errorCard").isVisible())
        await until(lambda: screen.find(QPushButton, "sendButton", screen.tab).text() == "Send")
        yield screen


def told(screen: WindowScreen) -> list[str]:
    """Return the lines of the card."""
    names = ("errorTitle", "errorLayer", "errorMessage", "errorHint")
    return [screen.find(QLabel, name, screen.tab).text() for name in names]


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.name)
async def test_the_card_names_the_failure_in_both_languages(
    cause: Cause, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dressed_app: QApplication
) -> None:
    async with failed_window(cause, stage, tmp_path / "ws", monkeypatch) as screen:
        title, layer, message, hint = told(screen)
        assert layer == f"Layer: {cause.layer}"
        assert title
        assert cause.english in message
        assert hint.startswith("Next: ")
        shows_what_came(cause, screen)
        try:
            apply_language(dressed_app, "zh_CN")
            await until(lambda: told(screen)[1] != layer)
            in_chinese = told(screen)
            assert in_chinese[1] == f"环节：{tr(LAYER_NAMES[cause.layer])}"  # type: ignore[index]  # one of them
            assert cause.chinese in in_chinese[2]
            assert in_chinese[3].startswith("建议：")
            assert not [line for line in in_chinese if ENGLISH_SENTENCE.search(without_quotes(line))]
        finally:
            apply_language(dressed_app, "en")


def without_quotes(line: str) -> str:
    """Leave out what is quoted: the words of the server."""
    return re.sub(r"“[^”]*”", "", line)


def shows_what_came(cause: Cause, screen: WindowScreen) -> None:
    status = screen.tab.pane.findChild(QLabel, "statusLabel").text()
    assert status.startswith(f"{cause.status} ") == (cause.status is not None)
    assert status.endswith("failed")
    if cause.arrived and cause.layer != "service":
        body = cast(LazyPage[QWidget], screen.tab.pane.findChild(QWidget, "responseTabs").widget(BODY)).page()
        view = body.findChild(TextView, "bodyView")
        beginning = cause.arrived.decode()
        assert beginning.strip("\0") in view.text()
        assert "shown below" in screen.find(QLabel, "errorPartial", screen.tab).text()
