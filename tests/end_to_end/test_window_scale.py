"""At 200 % scale, in both languages, large type included: no word of a control is cut off in the smallest window."""

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
window.resize(window.minimumSize())
def cut_off():
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, (QAbstractButton, QTabBar)):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        shown = widget.visibleRegion().boundingRect()
        if shown.isEmpty() and (page := scrolled(widget)) is not None:  # further down, where scrolling leads
            room = page.viewport().width() - widget.mapTo(page.widget(), QPoint()).x()
            shown = widget.rect() & QRect(0, 0, room, widget.height())
        if text and not isinstance(widget.parent(), (QTabBar, QLineEdit)):
            needs = widget.minimumSizeHint()
            if shown.width() + 2 < needs.width() or shown.height() + 2 < min(needs.height(), widget.height()):
                found.append([type(widget).__name__, widget.objectName(), text, shown.width(), needs.width()])
    return found

tabs = window.tabs.current().findChild(QTabWidget, "requestTabs")
found = []
for tab in range(tabs.count()):
    tabs.setCurrentIndex(tab)
    await asyncio.sleep(0.05)
    found += cut_off()
say(ratio=window.devicePixelRatio(), found=found)
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
    with window(tmp_path, IMPORTS + READY[language] + CUT_OFF) as process:
        said = facts(process)
        assert said["ratio"] == 2.0
        assert said["found"] == []
        assert ended(process) == (0, "")


READY = {
    "en": "await ready(window)",
    "zh_CN": 'await until(lambda: demo_of(window) == "演示服务运行中")',
}
