"""An unexpected error: shown with its details, secrets masked, several in one dialog, never swallowed."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from firstlight.model.secrets import MASK, Masker
from firstlight.ui.crash import Crashes
from firstlight.ui.crash_dialog import CrashDialog


@pytest.fixture
def crashes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Crashes:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back afterwards
    return Crashes(window, mask=Masker.of(["token-123456"]).mask)


def raised(text: str) -> Exception:
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        return error


def dialog(crashes: Crashes) -> CrashDialog:
    return next(d for d in crashes.parent().findChildren(CrashDialog))


def details(crashes: Crashes) -> str:
    return dialog(crashes).findChild(QPlainTextEdit, "crashDetails").toPlainText()


def test_the_details_are_shown_and_printed_without_secrets(
    crashes: Crashes, capsys: pytest.CaptureFixture[str]
) -> None:
    crashes.report(raised("no luck with token-123456"))

    assert f"RuntimeError: no luck with {MASK}" in details(crashes)
    assert "First Light" in details(crashes)
    assert f"RuntimeError: no luck with {MASK}" in capsys.readouterr().err


def test_a_second_error_joins_the_open_dialog(crashes: Crashes) -> None:
    crashes.report(raised("problem one"))
    crashes.report(raised("problem two"))

    assert len(crashes.parent().findChildren(CrashDialog)) == 1
    assert details(crashes).index("problem one") < details(crashes).index("problem two")


def test_the_details_can_be_copied(crashes: Crashes) -> None:
    crashes.report(raised("copy me"))
    QTest.mouseClick(dialog(crashes).findChild(QPushButton, "copyButton"), Qt.MouseButton.LeftButton)

    assert "copy me" in QApplication.clipboard().text()


def test_an_error_in_a_slot_arrives(crashes: Crashes) -> None:
    crashes.watch()
    error = raised("from a slot")
    sys.excepthook(type(error), error, error.__traceback__)

    assert "from a slot" in details(crashes)


def test_a_new_dialog_opens_after_the_first_was_closed(crashes: Crashes, qtbot: QtBot) -> None:
    crashes.report(raised("problem one"))
    first = dialog(crashes)
    with qtbot.waitSignal(first.destroyed):
        QTest.mouseClick(first.findChild(QPushButton, "closeButton"), Qt.MouseButton.LeftButton)
    crashes.report(raised("problem two"))

    assert "problem one" not in details(crashes)
