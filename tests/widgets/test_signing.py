"""“How is this signed?”: before sending from the Authorization tab, afterwards from the answer and in the Console."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPlainTextEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot
from request_screen import AUTHORIZATION, HEADERS, Screen
from response_screen import TIMINGS, ResponseScreen, body, clipboard, head, started
from until import until

from firstlight.auth import METHODS
from firstlight.model.events import Event, Finished
from firstlight.model.request import Authorization, Body, Request
from firstlight.model.secrets import Masker
from firstlight.model.signing import Signing
from firstlight.texts import use_language
from firstlight.ui.console_lines import started_lines

SIGNED = Authorization(kind="aksk", values={"ak": "AK1234567890", "sk": "planted-secret-key", "project_id": "p-1",
                                            "security_token": "planted-security-token"})  # fmt: skip
REQUEST = Request(
    method="POST", url="https://h.test/v1/infers/7?b=2&a=1", body=Body(kind="raw", text="{}"), authorization=SIGNED
)
CANONICAL = "GET\n/app1/\n\nhost:test.com\nx-sdk-date:20190126T033427Z\n\nhost;x-sdk-date\n" + "e3b0" * 16
SIGNING = Signing(
    algorithm="SDK-HMAC-SHA256",
    at="20190126T033427Z",
    tolerance_s=900,
    canonical_request=CANONICAL,
    string_to_sign="SDK-HMAC-SHA256\n20190126T033427Z\n" + "ab" * 32,
    authorization="SDK-HMAC-SHA256 Access=AK1, SignedHeaders=host;x-sdk-date, Signature=b2ef2cdd…",
)


@pytest.fixture(autouse=True)
def english_again():  # type: ignore[no-untyped-def]
    yield
    use_language("en")


def dialog_named(name: str) -> QDialog | None:
    return next((w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()), None)


async def opened(screen: Screen) -> QDialog:
    screen.press("howSignedButton")
    return await until(lambda: dialog_named("signingDialog"))


def shown(dialog: QDialog, name: str) -> str:
    found = dialog.findChild(QPlainTextEdit, name)
    assert isinstance(found, QPlainTextEdit)
    return found.toPlainText()


async def closed(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await until(lambda: dialog_named("signingDialog") is None)


async def test_before_sending_the_authorization_tab_shows_what_will_be_signed(qtbot: QtBot) -> None:
    screen = Screen(qtbot, REQUEST)
    screen.open(AUTHORIZATION)
    dialog = await opened(screen)
    lines = shown(dialog, "canonicalRequest").split("\n")
    assert lines[:3] == ["POST", "/v1/infers/7/", "a=1&b=2"]
    assert "host:h.test" in lines
    assert "x-project-id:p-1" in lines
    assert lines[-1] == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert shown(dialog, "stringToSign").startswith("SDK-HMAC-SHA256\n")
    assert shown(dialog, "signedAuthorization").endswith("Signature=…")
    introduction = dialog.findChild(QLabel, "signingIntroduction")
    assert isinstance(introduction, QLabel)
    assert "This is a preview" in introduction.text()
    copy = dialog.findChild(QPushButton, "copySigningButton")
    assert isinstance(copy, QPushButton)
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    told = clipboard()
    assert "Canonical request\nPOST\n" in told
    assert "planted" not in told
    await closed(dialog)


async def test_the_hash_of_a_file_is_left_open_and_the_file_not_read(qtbot: QtBot, tmp_path: Path) -> None:
    values = {**SIGNED.values, "payload": "signed"}
    request = Request(
        method="POST",
        url="https://h.test/",
        body=Body(kind="binary", path=str(tmp_path / "not there yet.bin")),
        authorization=Authorization(kind="aksk", values=values),
    )
    screen = Screen(qtbot, request)
    screen.open(AUTHORIZATION)
    dialog = await opened(screen)
    assert shown(dialog, "canonicalRequest").endswith("\n…")
    introduction = dialog.findChild(QLabel, "signingIntroduction")
    assert isinstance(introduction, QLabel)
    assert "The hash of the file is computed then" in introduction.text()
    use_language("zh_CN")
    QApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    assert "文件的哈希值" in introduction.text()
    assert dialog.windowTitle() == "这是如何签名的？"
    await closed(dialog)


async def test_what_is_missing_is_said_instead(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Request(url="https://{{host}}/", authorization=SIGNED))
    screen.open(AUTHORIZATION)
    screen.press("howSignedButton")
    box = await until(lambda: next((w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)), None))
    assert "host" in box.text()
    QTest.keyClick(box, Qt.Key.Key_Return)
    await until(lambda: not any(isinstance(w, QMessageBox) and w.isVisible() for w in QApplication.topLevelWidgets()))


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.kind)
def test_only_what_signs_offers_it(qtbot: QtBot, method: object) -> None:
    kind: str = method.kind  # type: ignore[attr-defined]
    screen = Screen(qtbot, Request(authorization=Authorization(kind=kind)))
    screen.open(AUTHORIZATION)
    button = screen.find(QPushButton, "howSignedButton")
    assert button.isVisible() == (method.sign is not None)  # type: ignore[attr-defined]


def test_the_headers_tab_names_what_the_signature_adds_without_reading_the_file(qtbot: QtBot, tmp_path: Path) -> None:
    big = tmp_path / "big.bin"
    with big.open("wb") as file:
        file.truncate(3 * 1024**3)  # sparse; hashing it would take seconds
    request = Request(
        method="POST",
        url="https://h.test/api/predict/x",
        body=Body(kind="binary", path=str(big)),
        authorization=Authorization(kind="eas-signature", values={"token": "planted-token"}),
    )
    screen = Screen(qtbot, Request(method="POST", url="https://h.test/", authorization=SIGNED))
    screen.open(HEADERS)
    generated = added(screen)
    assert generated["X-Sdk-Date"] == "known when it is sent"
    assert generated["Authorization"] == "SDK-HMAC-SHA256 ••••••"
    assert generated["X-Project-Id"] == "p-1"
    assert generated["X-Security-Token"] == "••••••"
    screen.editor.show_request(request)
    qtbot.waitUntil(lambda: "Content-MD5" in added(screen))
    assert added(screen)["Content-MD5"] == "known when it is sent"
    assert added(screen)["Authorization"] == "EAS ••••••"


def added(screen: Screen) -> dict[str, str]:
    model = screen.find(QTableView, "generatedHeadersTable").model()
    return {model.index(row, 1).data(): model.index(row, 2).data() for row in range(model.rowCount())}


def answered(status: int, ahead_s: int | None, signing: Signing | None = SIGNING) -> list[Event]:
    import msgspec

    begun = msgspec.structs.replace(started(), signing=signing)
    top = msgspec.structs.replace(head(status), clock_ahead_s=ahead_s)
    return [begun, top, body(b"{}"), Finished(at_ns=0, body_bytes=2, timings=TIMINGS)]


@pytest.mark.parametrize(
    ("ahead_s", "said"),
    [
        (
            1265,
            "This computer's clock is 21 min 5 s ahead of the server's. The gateway allows 15 minutes: set the clock",
        ),
        (-3600, "This computer's clock is 60 min 0 s behind the server's."),
        (120, "The clock is off by 2 min 0 s, which is still allowed."),
        (2, "The clock is not the reason: it agrees with the server's."),
        (None, "The service did not accept this signed request."),
    ],
)
def test_a_refused_signature_says_whether_the_clock_is_why(qtbot: QtBot, ahead_s: int | None, said: str) -> None:
    screen = ResponseScreen(qtbot)
    screen.feed(*answered(401, ahead_s))
    screen.wait(lambda: screen.pane.findChild(QLabel, "signatureClock") is not None)
    screen.wait(lambda: screen.shows("signatureCard"))
    assert screen.label("signatureClock").startswith(said)
    assert "more than 5 refusals in a row lock the key for 5 minutes" in screen.label("signatureLock")
    screen.feed(*answered(200, None))
    screen.wait(lambda: not screen.shows("signatureCard"))
    assert screen.shows("signedButton")
    screen.feed(*answered(401, None, signing=None))
    screen.wait(lambda: not screen.shows("signedButton"))
    assert not screen.shows("signatureCard")


async def test_after_sending_the_answer_shows_exactly_what_was_signed_and_compares_it(qtbot: QtBot) -> None:
    screen = ResponseScreen(qtbot)
    screen.feed(*answered(401, 2))
    button = await until(lambda: screen.pane.findChild(QPushButton, "howSignedButton"))
    await until(button.isVisible)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = await until(lambda: dialog_named("signingDialog"))
    assert shown(dialog, "canonicalRequest") == CANONICAL
    assert shown(dialog, "signedAuthorization").endswith("Signature=b2ef2cdd…")
    introduction, said = dialog.findChild(QLabel, "signingIntroduction"), dialog.findChild(QLabel, "comparison")
    theirs = dialog.findChild(QPlainTextEdit, "theirsEdit")
    assert isinstance(introduction, QLabel)
    assert isinstance(said, QLabel)
    assert isinstance(theirs, QPlainTextEdit)
    assert "preview" not in introduction.text()
    theirs.setFocus()
    for pasted, expected in (
        (f"lua: verify fail;canonicalRequest:{CANONICAL}, client: 10.0.0.1, server: shubao", "Both are the same."),
        (CANONICAL.replace("GET", "POST", 1), "Method differs. Here: GET There: POST"),
        ("hello", "This is neither"),
    ):
        theirs.clear()
        QApplication.clipboard().setText(pasted)
        theirs.paste()
        assert said.text().startswith(expected)
    await closed(dialog)


def test_the_console_tells_what_was_signed() -> None:
    begun = answered(200, None)[0]
    lines = [line.text for line in started_lines(begun, Masker(), prepared=True)]  # type: ignore[arg-type]
    at = lines.index("Canonical request")
    assert lines[at + 1 : at + 3] == ["GET", "/app1/"]
    assert "String to sign" in lines
