"""Another language reaches every word of the request editor while it is open."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QTabBar, QTableView, QTabWidget, QWidget
from pytestqt.qtbot import QtBot
from request_screen import Screen

from firstlight.model.request import Authorization, Body, FormPart, Header, Request


class Marked(NullTranslations):
    """A language whose words are English in brackets, so that what was not translated is seen."""

    def gettext(self, message: str) -> str:
        return f"‹{message}›"


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    return Screen(
        qtbot,
        Request(
            url="http://h/",
            headers=(Header(name="A"),),
            authorization=Authorization(kind="apikey"),
            body=Body(kind="form-data", parts=(FormPart(name="f", kind="file"),)),
        ),
    )


def words(root: QWidget) -> Iterator[tuple[str, str]]:
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget.parent(), QTabBar):
            continue  # Qt's own arrows
        yield widget.objectName(), widget.toolTip()
        yield widget.objectName(), widget.accessibleName()
        match widget:
            case QLabel() | QAbstractButton():
                yield widget.objectName(), widget.text()
            case QComboBox() if widget.objectName() not in ("methodCombo", "bodyLanguageCombo"):
                yield from ((widget.objectName(), widget.itemText(i)) for i in range(widget.count()))
            case QTabWidget():
                yield from (("tab", widget.tabText(i)) for i in range(widget.count()))
            case QTableView():
                header = widget.model()
                titles = [header.headerData(c, Qt.Orientation.Horizontal) for c in range(header.columnCount())]
                yield from ((widget.objectName(), title) for title in titles)


def test_every_word_follows_the_language(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firstlight.texts._catalogue", Marked())
    QApplication.sendEvent(screen.editor, QEvent(QEvent.Type.LanguageChange))

    left = [(name, text) for name, text in words(screen.editor) if text and not text.startswith("‹")]
    assert left == []
    assert screen.url.placeholderText().startswith("‹")
    assert screen.changes == []
