"""The Settings tab, drawn from its table of fields."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from request_screen import SETTINGS, Screen

from firstlight.model.request import Request, RequestSettings
from firstlight.ui.request.settings_fields import FIELDS, SettingField


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen(qtbot)
    screen.open(SETTINGS)
    return screen


def screen_of(qtbot: QtBot, field: SettingField) -> Screen:
    """Show the Settings tab of a request for which the field means something."""
    screen = Screen(qtbot, Request(protocol=field.protocol or "http"))
    screen.open(SETTINGS)
    return screen


AMOUNTS = {"timeout": "s", "megabytes": "MB"}


def test_every_setting_of_a_request_has_a_row() -> None:
    assert [field.name for field in FIELDS] == [field.name for field in fields(RequestSettings)]


@pytest.mark.parametrize("field", [f for f in FIELDS if f.kind in AMOUNTS], ids=lambda field: field.name)
def test_an_amount_is_typed_with_its_unit_and_zero_is_no_limit(qtbot: QtBot, field: SettingField) -> None:
    screen = screen_of(qtbot, field)
    spin = screen.find(QDoubleSpinBox, field.name)
    spin.setFocus()
    spin.selectAll()
    screen.type("2.5")
    screen.key(Qt.Key.Key_Tab)
    assert getattr(screen.request.settings, field.name) == 2.5
    assert spin.text() == f"2.5 {AMOUNTS[field.kind]}"

    spin.setFocus()
    spin.selectAll()
    screen.type("0")
    screen.key(Qt.Key.Key_Tab)
    assert getattr(screen.request.settings, field.name) is None
    assert spin.text() == (field.nothing or "No limit")


@pytest.mark.parametrize("field", [f for f in FIELDS if f.kind == "switch"], ids=lambda field: field.name)
def test_a_switch_is_switched_by_keyboard(qtbot: QtBot, field: SettingField) -> None:
    screen = screen_of(qtbot, field)
    before = getattr(screen.request.settings, field.name)
    screen.find(QCheckBox, field.name).setFocus()
    screen.key(Qt.Key.Key_Space)

    assert getattr(screen.request.settings, field.name) is not before


def test_only_what_means_something_to_the_protocol_is_shown(qtbot: QtBot) -> None:
    for protocol, other in (("http", "websocket"), ("websocket", "http")):
        screen = Screen(qtbot, Request(protocol=protocol))
        screen.open(SETTINGS)
        for field in FIELDS:
            found = screen.editor.findChild(QWidget, field.name)
            assert found is not None
            assert found.isVisible() is (field.protocol != other)


def test_the_http_version_and_another_address_are_chosen_by_keyboard(screen: Screen) -> None:
    screen.find(QComboBox, "http_version").setFocus()
    screen.key(Qt.Key.Key_End)
    assert screen.request.settings.http_version == "2"
    screen.find(QLineEdit, "connect_to").setFocus()
    screen.type("10.0.0.8:443")
    assert screen.request.settings.connect_to == "10.0.0.8:443"
    screen.editor.show_request(Request())
    assert screen.find(QLineEdit, "connect_to").text() == ""
    assert screen.find(QComboBox, "http_version").currentData() == "auto"


def test_switching_verification_off_warns(screen: Screen) -> None:
    warning = screen.find(QLabel, "verify_tlsWarning")
    assert not warning.isVisible()
    screen.find(QCheckBox, "verify_tls").setFocus()
    screen.key(Qt.Key.Key_Space)

    assert warning.isVisible()
    assert warning.property("kind") == "error"
    screen.editor.show_request(Request())
    assert not warning.isVisible()
