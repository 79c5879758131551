"""At 200 % scale, in both languages, large type included: no word is cut off, in the smallest window and in dialogs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from window_program import ended, facts, window

CUT_OFF = """
def scrolled(widget):
    while widget is not None and not isinstance(widget, QScrollArea):
        widget = widget.parentWidget()
    return widget
def cut_off(root):
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, (QAbstractButton, QTabBar)):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        shown = widget.visibleRegion().boundingRect()
        if (page := scrolled(widget)) is not None:  # scrolling leads to what is further down, not to the right
            room = page.viewport().width() - widget.mapTo(page.widget(), QPoint()).x()
            shown = widget.rect() & QRect(0, 0, room, widget.height())
        if text and not isinstance(widget.parent(), (QTabBar, QLineEdit)):
            needs = widget.minimumSizeHint()
            if shown.width() + 2 < needs.width() or shown.height() + 2 < min(needs.height(), widget.height()):
                found.append([type(widget).__name__, widget.objectName(), text, shown.width(), needs.width()])
    return found
"""
REQUEST = """
window.resize(window.minimumSize())
tabs = window.tabs.current().findChild(QTabWidget, "requestTabs")
found = []
for tab in range(tabs.count()):
    tabs.setCurrentIndex(tab)
    await asyncio.sleep(0.05)
    found += cut_off(window)
say(ratio=window.devicePixelRatio(), found=found)
"""
DIALOGS = """
screen = WindowScreen(window, None, None)
found, outside = [], []
for name, opens in EVERY_DIALOG.items():
    dialog = await opens(screen)
    await asyncio.sleep(0.05)
    found += [[name, *fault] for fault in cut_off(dialog)]
    if not dialog.screen().availableGeometry().contains(dialog.geometry()):
        outside.append([name, *dialog.geometry().getRect()])
    dialog.close()
    await screen.back(dialog)
say(room=window.screen().size().toTuple(), ratio=window.devicePixelRatio(), found=found, outside=outside)
"""
IMPORTS = """
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QScrollArea, QTabBar
"""


@pytest.mark.parametrize(
    ("language", "font_size"), [("en", 0), ("zh_CN", 0), ("zh_CN", 14)], ids=["en", "zh_CN", "zh_CN large"]
)
def test_no_word_is_cut_off_at_200_percent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, font_size: int
) -> None:
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    (tmp_path / "settings.json").write_text(json.dumps({"language": language, "font_size": font_size}))
    with window(tmp_path, IMPORTS + READY[language] + CUT_OFF + REQUEST) as process:
        said = facts(process)
        assert said["ratio"] == 2.0
        assert said["found"] == []
        assert ended(process) == (0, "")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_dialog_fits_a_screen_of_1440_by_900_at_200_percent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    (tmp_path / "settings.json").write_text(json.dumps({"language": language}))
    (tmp_path / "screens.json").write_text(json.dumps({"screens": [SCREEN]}))
    before = f"""
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen:configfile={tmp_path / "screens.json"}"
sys.path[:0] = {[str(TESTS), str(TESTS / "widgets")]!r}
"""
    imports = IMPORTS + "from every_dialog import DIALOGS as EVERY_DIALOG\nfrom window_screen import WindowScreen\n"
    with window(tmp_path, imports + READY[language] + CUT_OFF + DIALOGS, before=before) as process:
        said = facts(process)
        assert (said["room"], said["ratio"]) == ([720, 450], 2.0)
        assert said["found"] == []
        assert said["outside"] == []
        assert ended(process) == (0, "")


TESTS = Path(__file__).parents[1]
SCREEN = {"name": "one", "x": 0, "y": 0, "width": 1440, "height": 900, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
READY = {
    "en": "await ready(window)",
    "zh_CN": 'await until(lambda: demo_of(window) == "演示服务运行中")',
}
