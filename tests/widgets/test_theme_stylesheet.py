"""The style sheet: every name is known, both themes differ, nothing is a hex value in the sheet itself."""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QImage, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTableWidget, QTableWidgetItem
from pytestqt.qtbot import QtBot
from until import until

from firstlight.resources import resource_path
from firstlight.texts import use_language
from firstlight.ui.request.timeout_spin import TimeoutSpin
from firstlight.ui.response.outcome_strip import TINT
from firstlight.ui.theme.apply import THEMES, apply_theme
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.fonts import window_font
from firstlight.ui.theme.stylesheet import blend, stylesheet
from firstlight.ui.theme.tokens import CONTROL_HEIGHT, DARK, LIGHT, SPACE, Tokens


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


@pytest.mark.parametrize("widget", [QPushButton, QLineEdit, QComboBox, TimeoutSpin])
def test_controls_in_one_row_are_equally_high(dressed_app: QApplication, widget: type) -> None:
    control = widget()
    control.ensurePolished()
    control.adjustSize()

    assert control.height() == CONTROL_HEIGHT


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


_TEXTS = ("text", "text_muted", "accent", "ok", "warn", "error", "info", "star",
          *(field.name for field in fields(Tokens) if field.name.startswith(("syntax_", "method_"))))  # fmt: skip
_PAIRS = (
    *((text, under) for text in _TEXTS for under in ("window", "panel", "raised")),
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("selection_text", "selection"), ("text", "hover"),
    ("text", "error_panel"), ("text_muted", "error_panel"), ("text", "warn_panel"), ("text_muted", "warn_panel"),
)  # fmt: skip


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("text", "under"), _PAIRS)
def test_text_stands_out_from_what_is_under_it(theme: Tokens, text: str, under: str) -> None:
    """WCAG 2.2, AA: 4.5 to 1."""
    light, dark = sorted((_luminance(getattr(theme, text)), _luminance(getattr(theme, under))), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", ["ok", "warn", "error", "info", "text_muted"])
def test_a_status_stands_out_from_its_own_tint(theme: Tokens, name: str) -> None:
    color = getattr(theme, name)
    light, dark = sorted((_luminance(color), _luminance(blend(color, theme.panel, TINT))), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(color: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    parts = QColor(color)
    return 0.2126 * linear(parts.redF()) + 0.7152 * linear(parts.greenF()) + 0.0722 * linear(parts.blueF())


def test_a_heading_stands_over_the_text_of_its_column(qtbot: QtBot) -> None:
    table = QTableWidget(3, 2)
    qtbot.addWidget(table)
    table.setHorizontalHeaderLabels(["IIII", "IIII"])
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    for column in range(2):
        table.setItem(0, column, QTableWidgetItem("IIII"))
        table.setColumnWidth(column, 120)
    table.resize(300, 200)
    with qtbot.waitExposed(table):
        table.show()
    table.setCurrentCell(2, 0)

    heading = table.horizontalHeader().viewport().grab(QRect(120, 4, 100, 20)).toImage()
    cell = table.viewport().grab(QRect(120, 4, 100, table.rowHeight(0) - 8)).toImage()

    assert abs(_first_ink(heading) - _first_ink(cell)) <= 1
    assert _first_ink(cell) == pytest.approx(2 * SPACE, abs=2)


def _first_ink(image: QImage) -> int:
    paper = image.pixelColor(0, 0)
    inked = (x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) != paper)
    return next(inked)


@pytest.mark.parametrize(("spoken", "before", "behind"), [("en", "DejaVu Sans", "Noto Sans CJK SC"),
                                                         ("zh_CN", "Noto Sans CJK SC", "DejaVu Sans")])  # fmt: skip
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems name a typeface of their own")
def test_quotes_and_dots_are_drawn_in_the_typeface_of_the_language(spoken: str, before: str, behind: str) -> None:
    use_language(spoken)
    try:
        families = window_font(QFont("DejaVu Sans")).families()
    finally:
        use_language("en")

    assert families.index(before) < families.index(behind)
