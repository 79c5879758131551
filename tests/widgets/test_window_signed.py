"""Signed requests of the demo workspace, sent from the real window to the real demo: right and wrong secrets."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QPushButton, QToolButton, QWidget
from until import until
from window_screen import WindowScreen, demo_window

from demo_server import RunningDemo

W = TypeVar("W", bound=QWidget)
FOLDER = "collections/Signed-requests"


async def sent(screen: WindowScreen, path: str) -> str:
    """Open a request, send it, and return the status."""
    screen.work.library.start("open", screen.work.library.open, path)
    await until(lambda: screen.tab is not None and screen.tab.path == path)
    screen.keys("Ctrl+Return", screen.window)
    status = await until(lambda: shown(screen, QLabel, "statusLabel"))
    await screen.answered()
    await until(lambda: status.text()[:1] in {"2", "4"})
    return status.text()


def shown(screen: WindowScreen, kind: type[W], name: str) -> W | None:
    return next((widget for widget in screen.tab.findChildren(kind, name) if widget.isVisible()), None)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("ak-sk", "200 OK"), ("ak-sk-a-picture", "200 OK"), ("ak-sk-derived-key", "200 OK"),
        ("app-signature", "200 OK"), ("eas-signature", "200 OK"), ("aws-signature", "200 OK"), ("digest", "200 OK"),
        ("Refused/wrong-secret-key", "401 Unauthorized"), ("Refused/wrong-appsecret", "401 Unauthorized"),
        ("Refused/eas-signature-of-another-token", "401 Unauthorized"), ("Refused/aws-wrong-secret", "403 Forbidden"),
    ],
)  # fmt: skip
async def test_a_signed_request_is_accepted_or_refused_clearly(demo: RunningDemo, name: str, status: str) -> None:
    async with demo_window(demo) as screen:
        assert await sent(screen, f"{FOLDER}/{name}.yaml") == status
        signed = name != "digest"
        assert (shown(screen, QToolButton, "signedButton") is not None) == signed
        if status[0] == "4":
            card = await until(lambda: shown(screen, QLabel, "signatureClock"))
            by_clock = "eas" not in name  # EAS tells nobody what its clock says
            told = "The clock is not the reason" if by_clock else "The service did not accept this signed request."
            assert card.text().startswith(told)
        else:
            assert shown(screen, QLabel, "signatureClock") is None


async def test_what_was_signed_is_what_travelled(demo: RunningDemo) -> None:
    async with demo_window(demo) as screen:
        assert await sent(screen, f"{FOLDER}/ak-sk.yaml") == "200 OK"
        QTest.mouseClick(screen.find(QToolButton, "signedButton", screen.tab), Qt.MouseButton.LeftButton)
        dialog = await until(lambda: next((w for w in QApplication.topLevelWidgets() if is_open(w)), None))
        canonical = dialog.findChild(QPlainTextEdit, "canonicalRequest")
        assert isinstance(canonical, QPlainTextEdit)
        assert f"host:{demo.url.partition('://')[2]}" in canonical.toPlainText().split("\n")
        copy = dialog.findChild(QPushButton, "canonicalRequestCopy")
        assert isinstance(copy, QPushButton)
        QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
        assert QApplication.clipboard().text() == canonical.toPlainText()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await until(lambda: not any(is_open(w) for w in QApplication.topLevelWidgets()))


def is_open(widget: object) -> bool:
    return isinstance(widget, QDialog) and widget.objectName() == "signingDialog" and widget.isVisible()
