"""The boxes one can also type in, the method and the operation of GraphQL: variables in them, and their width."""

from __future__ import annotations

import itertools

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot
from request_screen import BODY, Screen

from firstlight.model.exchange import Variable
from firstlight.model.request import Body, Request
from firstlight.ui.theme.current import tokens


def test_the_method_and_the_operation_of_graphql_show_and_offer_variables(qtbot: QtBot) -> None:
    body = Body(kind="graphql", query="{ me }", operation="{{nope}}")
    screen = Screen(qtbot, Request(method="{{host}}", body=body))
    screen.editor.known.show_variables({"host": Variable(value="1", origin="workspace")})
    assert is_painted_in(screen.find(QComboBox, "methodCombo"), tokens().syntax_variable)

    screen.open(BODY)
    operation = screen.find(QComboBox, "graphqlOperation")
    assert is_painted_in(operation, tokens().error)
    operation.setFocus()
    screen.type("{{hos")
    frames = screen.editor.window().findChildren(QWidget, "variableSuggestions")
    shown = next(frame.findChild(QTreeWidget) for frame in frames if frame.isVisible())
    assert [shown.topLevelItem(row).text(0) for row in range(shown.topLevelItemCount())] == ["host"]
    screen.key(Qt.Key.Key_Return)
    assert screen.request.body.operation.endswith("{{host}}")


def test_the_method_gives_way_where_the_bar_has_no_room(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Request(method="GET"))
    method = screen.find(QComboBox, "methodCombo")
    roomy = method.width()
    screen.editor.resize(1, 500)
    qtbot.waitUntil(lambda: method.width() < roomy)
    assert method.width() >= method.minimumWidth() > method.fontMetrics().horizontalAdvance("GET")
    assert method.geometry().right() < screen.find(QLineEdit, "urlEdit").geometry().left()


def is_painted_in(widget: QWidget, color: str) -> bool:
    """Whether a point of the text has this very colour."""
    shown = widget.grab().toImage()
    points = itertools.product(range(shown.width()), range(shown.height()))
    return any(shown.pixelColor(x, y).name() == color for x, y in points)
