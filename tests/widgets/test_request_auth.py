"""The Authorization tab, drawn from METHODS."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from request_screen import AUTHORIZATION, Screen

from firstlight.auth import METHODS, AuthMethod
from firstlight.model.request import Authorization, Request
from firstlight.texts import tr, use_language
from firstlight.ui.theme.tokens import CONTROL_HEIGHT


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen(qtbot)
    screen.open(AUTHORIZATION)
    return screen


def choose(screen: Screen, kind: str) -> None:
    label = next(method.label for method in METHODS if method.kind == kind)
    screen.choose("authKindCombo", tr(label))


def field(screen: Screen, name: str) -> QLineEdit:
    found = screen.find(QWidget, "authForm").findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def reveal_button(screen: Screen) -> QToolButton:
    found = screen.find(QWidget, "authForm").findChild(QToolButton, "revealButton")
    assert isinstance(found, QToolButton)
    return found


@pytest.mark.parametrize("method", [m for m in METHODS if m.kind != "service"], ids=lambda method: method.kind)
def test_every_method_has_a_form_that_fills_a_request(screen: Screen, method: AuthMethod) -> None:
    choose(screen, method.kind)
    shown = [entry for entry in method.fields_for({}) if not entry.choices]
    for entry in shown:
        screen.click(field(screen, entry.name))
        screen.type(f"typed-{entry.name}")

    typed = {entry.name: f"typed-{entry.name}" for entry in shown}
    assert screen.request.authorization == Authorization(kind=method.kind, values=typed)
    assert [field(screen, e.name).accessibleName() for e in shown] == [tr(e.label) for e in shown]


def test_fields_that_do_not_count_are_hidden_and_keep_what_was_typed(screen: Screen) -> None:
    choose(screen, "huawei-iam")
    screen.click(field(screen, "password"))
    screen.type("typed")
    assert not field(screen, "passcode").isVisible()
    screen.choose("sign_in", tr("Password and MFA"))
    assert field(screen, "passcode").isVisible()
    screen.choose("sign_in", tr("AK/SK (from Huawei's kit)"))
    assert not field(screen, "password").isVisible()
    assert field(screen, "sk").isVisible()
    assert screen.request.authorization.values == {"sign_in": "aksk", "password": "typed"}


def test_typing_a_region_offers_its_endpoint(screen: Screen) -> None:
    choose(screen, "huawei-iam")
    screen.click(field(screen, "endpoint"))
    screen.type("southwest")
    completer = field(screen, "endpoint").completer()
    assert completer is not None
    assert completer.popup().isVisible()
    QTest.keyClick(completer.popup(), Qt.Key.Key_Down)
    QTest.keyClick(completer.popup(), Qt.Key.Key_Return)
    assert screen.request.authorization.values["endpoint"] == "https://iam.cn-southwest-2.myhuaweicloud.com"


def test_a_secret_is_masked_until_it_is_revealed(screen: Screen) -> None:
    choose(screen, "bearer")
    edit = field(screen, "token")
    screen.click(edit)
    screen.type("abc")
    assert edit.displayText() == "•" * 3 or edit.echoMode() == QLineEdit.EchoMode.Password

    screen.key(Qt.Key.Key_Tab)
    assert reveal_button(screen).hasFocus()
    screen.key(Qt.Key.Key_Space)
    assert edit.displayText() == "abc"
    assert reveal_button(screen).accessibleName() == "Hide"


def test_tab_leads_from_the_kind_into_its_form(qtbot: QtBot) -> None:
    screen = Screen(qtbot)
    screen.open_all()  # so that other pages were built later
    screen.open(AUTHORIZATION)
    choose(screen, "basic")
    screen.key(Qt.Key.Key_Tab)
    screen.type("me")
    screen.key(Qt.Key.Key_Tab)
    screen.type("pw")

    assert screen.request.authorization == Authorization(kind="basic", values={"username": "me", "password": "pw"})


def test_a_reference_is_readable_and_nothing_is_left_to_reveal(screen: Screen) -> None:
    choose(screen, "x-auth-token")
    screen.click(field(screen, "token"))
    screen.type("{{secret:demo_token}}")

    assert field(screen, "token").displayText() == "{{secret:demo_token}}"
    assert not reveal_button(screen).isEnabled()


def test_a_pasted_token_of_several_lines_and_any_length_is_one_value(screen: Screen) -> None:
    choose(screen, "x-auth-token")
    screen.click(field(screen, "token"))
    screen.paste("MII" + "\n".join(["x" * 64] * 1000) + "\n")

    assert screen.request.authorization.values == {"token": "MII" + "x" * 64_000}


def test_each_kind_keeps_what_was_typed_under_it(screen: Screen) -> None:
    choose(screen, "bearer")
    screen.click(field(screen, "token"))
    screen.type("first")
    choose(screen, "basic")
    screen.click(field(screen, "username"))
    screen.type("me")
    choose(screen, "bearer")

    assert field(screen, "token").text() == "first"
    assert screen.request.authorization == Authorization(kind="bearer", values={"token": "first"})


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("none", "Nothing is added to the request"),
        ("bearer", "Adds the header Authorization"),
        ("x-auth-token", "Adds the header X-Auth-Token"),
        ("appcode", "Adds the header X-Apig-AppCode"),
        ("apikey", "The API key has no name."),
    ],
)
def test_the_form_says_what_will_be_sent(screen: Screen, kind: str, sentence: str) -> None:
    choose(screen, kind)

    assert screen.find(QLabel, "authEffect").text() == sentence


def test_an_api_key_can_travel_in_the_query(screen: Screen) -> None:
    choose(screen, "apikey")
    screen.click(field(screen, "key"))
    screen.type("k")
    assert screen.find(QLabel, "authEffect").text() == "Adds the header k"
    screen.choose("in", "Query Params")

    assert screen.request.authorization.values == {"key": "k", "in": "query"}
    assert screen.find(QLabel, "authEffect").text() == "Adds the query parameter k"


def test_a_kind_of_a_newer_version_survives(qtbot: QtBot) -> None:
    unknown = Authorization(kind="hawk", values={"id": "1"})
    screen = Screen(qtbot, Request(authorization=unknown))
    assert screen.request.authorization == unknown

    screen.open(AUTHORIZATION)
    assert screen.find(QComboBox, "authKindCombo").currentText() == "hawk"
    assert screen.request.authorization == unknown
    screen.editor.show_request(Request())
    assert screen.find(QComboBox, "authKindCombo").findText("hawk") == -1


@pytest.mark.parametrize("method", [m for m in METHODS if m.kind != "service"], ids=lambda method: method.kind)
def test_in_a_low_window_the_form_scrolls_and_nothing_is_squeezed(
    qtbot: QtBot, screen: Screen, method: AuthMethod
) -> None:
    use_language("zh_CN")
    QApplication.sendEvent(screen.editor, QEvent(QEvent.Type.LanguageChange))
    screen.editor.resize(900, 150)
    choose(screen, method.kind)
    page = screen.find(QScrollArea, "authTab").widget()

    qtbot.waitUntil(lambda: squeezed(page) == [])


def squeezed(page: QWidget) -> list[tuple[str, int, int]]:
    """What has less height than it needs at its width."""
    visible = [widget for widget in page.findChildren(QWidget) if widget.isVisibleTo(page)]
    sentences = [(w.text(), w.height(), w.heightForWidth(w.width())) for w in visible if isinstance(w, QLabel)]
    inputs = [(w.objectName(), w.height(), CONTROL_HEIGHT) for w in visible if isinstance(w, QLineEdit | QComboBox)]
    return [(what, height, needed) for what, height, needed in sentences + inputs if height < needed]
