"""A shown RequestEditor, driven as a person drives it: clicks on what is visible, keys to what has the focus."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTableView, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from firstlight.model.request import Request
from firstlight.ui.request.editor import RequestEditor

W = TypeVar("W", bound=QWidget)
PARAMS, AUTHORIZATION, HEADERS, BODY, SETTINGS, DESCRIPTION = range(6)


class Screen:
    """What the tests see and do."""

    def __init__(self, qtbot: QtBot, request: Request | None = None) -> None:
        self.editor = RequestEditor()
        qtbot.addWidget(self.editor)
        self.editor.resize(900, 420)
        self.editor.show_request(request or Request())
        with qtbot.waitExposed(self.editor):
            self.editor.show()
        self.editor.activateWindow()
        qtbot.waitUntil(self.editor.isActiveWindow)
        self.changes: list[Request] = []
        self.editor.changed.connect(lambda: self.changes.append(self.editor.request()))

    def find(self, kind: type[W], name: str) -> W:
        found = self.editor.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    @property
    def url(self) -> QLineEdit:
        return self.find(QLineEdit, "urlEdit")

    @property
    def request(self) -> Request:
        return self.editor.request()

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())

    def press(self, name: str) -> None:
        self.click(self.find(QPushButton, name))

    def open(self, tab: int) -> None:
        bar = self.find(QTabWidget, "requestTabs").tabBar()
        self.click(bar, bar.tabRect(tab).center())

    def open_all(self) -> None:
        """Look at every tab once, and at the first one again: what was never looked at was never built."""
        for tab in (AUTHORIZATION, HEADERS, BODY, SETTINGS, DESCRIPTION, PARAMS):
            self.open(tab)

    def cell(self, table: str, row: int, column: int) -> None:
        """Click on a cell."""
        view = self.find(QTableView, table)
        self.click(view.viewport(), view.visualRect(view.model().index(row, column)).center())

    def shown(self, table: str) -> list[list[str]]:
        """Return the texts on screen, the empty last row left out."""
        model = self.find(QTableView, table).model()
        texts = [
            [model.index(row, column).data() or "" for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]
        return texts[:-1]

    def type(self, text: str) -> None:
        for char in text:
            if char.isascii():
                QTest.keyClick(focused(), char)
            else:  # as an input method does
                composed = QInputMethodEvent()
                composed.setCommitString(char)
                QApplication.sendEvent(focused(), composed)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(focused(), key, modifier)

    def paste(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def choose(self, combo: str, label: str) -> None:
        """Choose an entry of a combo box with the arrow keys."""
        box = self.find(QComboBox, combo)
        box.setFocus()
        target = box.findText(label)
        assert target >= 0, label
        while box.currentIndex() != target:
            QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < target else Qt.Key.Key_Up)


def focused() -> QWidget:
    """Return what gets the keys: an open list or menu, else what has the focus."""
    widget = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert widget is not None
    return widget
