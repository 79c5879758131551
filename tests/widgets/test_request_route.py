"""A request of a service in the editor: which service, over which channel, with which credential."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from request_screen import AUTHORIZATION, Screen

from firstlight.model.exchange import Scope, Variable
from firstlight.model.request import FROM_SERVICE, Authorization, Request
from firstlight.model.service import Channel, Credential, Service
from firstlight.ui.request.elided_label import ElidedLabel

TOKEN = Authorization(kind="x-auth-token", values={"token": "{{secret:t}}"})
IRIS = Service(
    name="Iris",
    vendor="modelarts",
    channels=(
        Channel(name="Public", url="{{base}}/v1/infers/1", credential="Token"),
        Channel(name="High-speed", kind="vpc-direct", url="https://10.0.0.8", verify_tls=False),
        Channel(name="Edge", kind="edge-node", url="http://10.1.0.8:30080"),
    ),
    credentials=(
        Credential(name="Token", authorization=TOKEN),
        Credential(name="Key", authorization=Authorization(kind="bearer", values={"token": "{{secret:k}}"})),
    ),
)
PREDICT = Request(url="/predict", service="Iris", authorization=FROM_SERVICE)


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    return shown(qtbot, PREDICT)


def shown(qtbot: QtBot, request: Request) -> Screen:
    screen = Screen(qtbot, request)
    screen.editor.show_services({"Iris": IRIS})
    variables = {"base": Variable(value="https://h", origin="workspace")}
    screen.editor.set_scope(Scope(variables=variables, secret=lambda _name: None))
    return screen


def pick(screen: Screen, combo: str, text: str) -> None:
    """Open the list and walk to the entry with the arrow keys."""
    box = screen.find(QComboBox, combo)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    view = box.view()
    QTest.keyClick(view, Qt.Key.Key_Home)
    while view.currentIndex().data() != text:
        before = view.currentIndex().row()
        QTest.keyClick(view, Qt.Key.Key_Down)
        assert view.currentIndex().row() > before, text
    QTest.keyClick(view, Qt.Key.Key_Return)


def choose_service(screen: Screen, text: str) -> None:
    screen.click(screen.find(QToolButton, "serviceButton"))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text() == text)
    screen.click(menu, menu.actionGeometry(action).center())


def signed(screen: Screen) -> tuple[str, str, str]:
    sent = screen.editor.sent()
    return sent.channel, sent.credential, sent.authorization.kind


def address(screen: Screen) -> str:
    return screen.find(ElidedLabel, "routeAddress").whole


def current(screen: Screen, combo: str) -> str:
    return screen.find(QComboBox, combo).currentText()


def test_channel_and_credential_are_shown_with_the_address_they_lead_to(screen: Screen) -> None:
    assert (current(screen, "channelCombo"), current(screen, "credentialCombo")) == ("Public", "Token")
    assert address(screen) == "https://h/v1/infers/1/predict"
    assert screen.find(QToolButton, "serviceButton").text() == "Iris"
    assert screen.find(QLabel, "routeWarning").isHidden()


def test_another_channel_is_picked_without_touching_the_request(screen: Screen) -> None:
    pick(screen, "channelCombo", "High-speed")
    assert address(screen) == "https://10.0.0.8/predict"
    assert current(screen, "credentialCombo") == "No credential"
    warning = screen.find(QLabel, "routeWarning")
    assert (warning.text(), warning.property("kind")) == ("Certificate not verified", "error")
    assert signed(screen) == ("High-speed", "", "service")
    assert screen.request == PREDICT
    pick(screen, "channelCombo", "Public")
    assert signed(screen) == ("", "", "service")


def test_a_credential_picked_for_one_channel_is_not_given_to_one_that_asks_for_none(screen: Screen) -> None:
    pick(screen, "credentialCombo", "Key")
    assert signed(screen) == ("", "Key", "service")
    pick(screen, "channelCombo", "Edge")
    assert signed(screen) == ("Edge", "", "service")
    pick(screen, "credentialCombo", "Key")
    assert signed(screen) == ("Edge", "Key", "service")
    warning = screen.find(QLabel, "routeWarning")
    assert (warning.text(), warning.property("kind")) == ("Secret in clear text", "warn")


def test_what_is_picked_can_be_kept_in_the_request(screen: Screen) -> None:
    keep = screen.find(QToolButton, "keepRouteButton")
    assert keep.isHidden()
    pick(screen, "channelCombo", "Edge")
    pick(screen, "credentialCombo", "Key")
    keep.click()
    assert screen.request == replace(PREDICT, channel="Edge", credential="Key")
    assert keep.isHidden()
    assert screen.changes[-1] == screen.request


def test_an_authorization_of_the_request_s_own_signs_until_a_credential_is_picked(qtbot: QtBot) -> None:
    screen = shown(qtbot, replace(PREDICT, authorization=Authorization(kind="basic", values={"username": "u"})))
    assert current(screen, "credentialCombo") == "Own: Basic auth"
    screen.open(AUTHORIZATION)
    pick(screen, "credentialCombo", "Key")
    assert signed(screen) == ("", "Key", "service")
    assert "Not used now" in screen.find(QLabel, "authEffect").text()
    pick(screen, "credentialCombo", "Own: Basic auth")
    assert signed(screen) == ("", "", "basic")
    pick(screen, "credentialCombo", "Key")
    screen.choose("authKindCombo", "From the service")  # what was said last counts
    assert signed(screen) == ("", "", "service")
    assert current(screen, "credentialCombo") == "Token"


def test_saving_keeps_what_is_picked(qtbot: QtBot) -> None:
    own = replace(PREDICT, authorization=Authorization(kind="bearer", values={"token": "typed"}))
    screen = shown(qtbot, own)
    pick(screen, "credentialCombo", "Key")
    screen.editor.show_request(
        replace(own, authorization=Authorization(kind="bearer", values={"token": "{{secret:s}}"}))
    )  # the secret became a reference
    assert signed(screen) == ("", "Key", "service")


def test_the_authorization_tab_says_which_credential_signs(screen: Screen) -> None:
    screen.open(AUTHORIZATION)
    assert current(screen, "authKindCombo") == "From the service"
    effect = screen.find(QLabel, "authEffect")
    assert effect.text() == "Credential “Token” of the service “Iris”\nAdds the header X-Auth-Token"
    pick(screen, "channelCombo", "Edge")
    assert "No credential" in effect.text()
    screen.choose("authKindCombo", "Bearer token")
    assert current(screen, "credentialCombo") == "Own: Bearer token"


def test_the_token_of_the_credential_that_signs_is_shown(qtbot: QtBot) -> None:
    values = {"endpoint": "http://iam", "account": "a", "user": "u", "password": "{{secret:p}}", "project": "p"}
    fetched = Credential(name="User", authorization=Authorization(kind="huawei-iam", values=values))
    screen = shown(qtbot, PREDICT)
    screen.editor.show_services({"Iris": replace(IRIS, credentials=(*IRIS.credentials, fetched))})
    screen.open(AUTHORIZATION)
    wishes: list[Authorization] = []
    screen.editor.token_wished.connect(lambda wish: wishes.append(wish.authorization))
    pick(screen, "credentialCombo", "User")
    card = screen.find(QFrame, "tokenCard")
    qtbot.waitUntil(lambda: card.isVisible() and wishes[-1:] == [fetched.authorization])
    pick(screen, "credentialCombo", "Key")
    assert card.isHidden()


def test_a_request_with_a_full_url_joins_a_service_and_leaves_it(qtbot: QtBot) -> None:
    full = Request(url="https://h/v1/infers/1/predict", authorization=TOKEN)
    screen = shown(qtbot, full)
    assert screen.editor.findChild(QComboBox, "channelCombo") is None
    choose_service(screen, "Iris")
    assert screen.request == PREDICT
    assert screen.url.text() == "/predict"
    assert address(screen) == "https://h/v1/infers/1/predict"
    choose_service(screen, "No service: full URL")
    assert screen.request == replace(full, url="{{base}}/v1/infers/1/predict")
    assert screen.find(QComboBox, "channelCombo").parentWidget().isHidden()


def test_the_picked_way_is_what_a_request_leaves_with(screen: Screen) -> None:
    pick(screen, "channelCombo", "High-speed")
    choose_service(screen, "No service: full URL")
    assert screen.request.url == "https://10.0.0.8/predict"
    assert not screen.request.settings.verify_tls
    assert screen.request.authorization.kind == "none"


def test_a_full_url_of_another_host_takes_no_credential_along(screen: Screen) -> None:
    screen.editor.focus_url()
    screen.paste("https://elsewhere/x")
    assert screen.request == Request(url="https://elsewhere/x")
    assert screen.editor.sent() == screen.request


def test_a_full_url_of_a_channel_becomes_its_path(screen: Screen) -> None:
    screen.editor.focus_url()
    screen.paste("http://10.1.0.8:30080/other?a=1")
    assert screen.url.text() == "/other?a=1"
    assert (screen.request.service, screen.request.channel) == ("Iris", "Edge")
    assert current(screen, "channelCombo") == "Edge"


def test_a_service_that_is_not_there_is_told(qtbot: QtBot) -> None:
    screen = shown(qtbot, replace(PREDICT, service="Gone", channel="Lost"))
    assert "Gone" in screen.find(QToolButton, "serviceButton").toolTip()
    assert current(screen, "channelCombo") == "Lost"
    assert address(screen) == ""


def test_the_editing_entries_lead_to_the_page(screen: Screen) -> None:
    asked: list[tuple[str, str]] = []
    screen.editor.service_requested.connect(lambda name, part: asked.append((name, part)))
    pick(screen, "channelCombo", "Edit channels…")
    pick(screen, "credentialCombo", "Edit credentials…")
    assert asked == [("Iris", "channels"), ("Iris", "credentials")]
    assert current(screen, "channelCombo") == "Public"


def test_the_request_says_whether_it_is_a_websocket_and_not_the_address(qtbot: QtBot) -> None:
    talk = Service(name="Iris", channels=(Channel(name="Talk", url="wss://h/v1/infers/1"),))
    screen = shown(qtbot, PREDICT)
    screen.editor.show_services({"Iris": talk})
    assert screen.find(QPushButton, "sendButton").text() == "Send"
    assert address(screen) == "https://h/v1/infers/1/predict"
    screen.editor.show_request(replace(PREDICT, protocol="websocket"))
    assert screen.find(QPushButton, "sendButton").text() == "Connect"
    assert address(screen) == "wss://h/v1/infers/1/predict"
