"""The style sheet: every name is known, both themes differ, nothing is a hex value in the sheet itself."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from until import until

from firstlight.resources import resource_path
from firstlight.ui.theme.apply import THEMES, apply_theme
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.stylesheet import stylesheet
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, DARK, LIGHT, Tokens


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_name_in_the_sheet_is_filled_in(theme: Tokens) -> None:
    filled = stylesheet(theme, QFont("Sans", 10))

    assert "@" not in filled
    assert theme.accent in filled


def test_the_sheet_names_no_colour_itself() -> None:
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b\s*[;,)]", resource_path("themes", "window.qss").read_text("utf-8"))


def test_the_sheet_stays_lean() -> None:
    assert resource_path("themes", "window.qss").read_text("utf-8").count("{") <= 150


@pytest.mark.parametrize("name", [name for name, _label in THEMES])
def test_choosing_a_theme_colours_the_application(dressed_app: QApplication, name: str) -> None:
    apply_theme(dressed_app, name)

    assert tokens().name == ("dark" if name == "dark" else "light")
    assert dressed_app.palette().color(QPalette.ColorRole.Window).name() == tokens().window
    apply_theme(dressed_app, "light")


def test_an_unknown_theme_name_is_the_systems(dressed_app: QApplication) -> None:
    apply_theme(dressed_app, "solarised")

    assert tokens() is LIGHT


@pytest.mark.parametrize("widget", [QPushButton, QLineEdit, QComboBox])
def test_controls_in_one_row_are_equally_high(dressed_app: QApplication, widget: type) -> None:
    control = widget()
    control.ensurePolished()

    assert control.sizeHint().height() == CONTROL_HEIGHT


async def test_waiting_reports_what_did_not_become_true() -> None:
    ticked: list[int] = []
    QTimer.singleShot(1, lambda: ticked.append(1))
    assert await until(lambda: ticked) == [1]
    with pytest.raises(AssertionError, match="ticked"):
        await until(lambda: len(ticked) > 1, timeout_s=0.05)
    assert asyncio.current_task() is not None


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_committed_glyphs_carry_the_themes_colours(theme: Tokens) -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
    from theme_glyphs import GLYPHS, drawn

    for name, token, drawing in GLYPHS:
        assert resource_path("themes", theme.name, f"{name}.svg").read_text("utf-8") == drawn(theme, token, drawing)
