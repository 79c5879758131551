"""The GraphQL page: a query, its operations, its variables."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot
from request_screen import BODY, Screen, focused

from firstlight.model.request import Body, Request
from firstlight.ui.text.code_editor import CodeEditor

CONTROL = Qt.KeyboardModifier.ControlModifier
QUERIES = "query One { a }\nmutation Two($n: Int) { b(n: $n) }\n"


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen(qtbot)
    screen.open(BODY)
    screen.choose("bodyKindCombo", "GraphQL")
    return screen


def test_query_operation_and_variables_are_typed_by_keyboard_alone(screen: Screen) -> None:
    screen.find(CodeEditor, "graphqlQuery").setFocus()
    screen.type("{ me ")
    screen.key(Qt.Key.Key_M, CONTROL)
    screen.key(Qt.Key.Key_Tab)
    screen.type("Me")
    screen.key(Qt.Key.Key_Tab)
    assert focused() is screen.find(CodeEditor, "graphqlVariables")
    screen.type('{"n": 1.10')

    body = screen.request.body
    assert (body.kind, body.operation) == ("graphql", "Me")
    assert body.query.startswith("{ me ")
    assert body.variables.startswith('{"n": 1.10')


def test_the_operations_of_the_query_are_offered(screen: Screen, qtbot: QtBot) -> None:
    screen.find(CodeEditor, "graphqlQuery").setFocus()
    screen.paste(QUERIES)
    combo = screen.find(QComboBox, "graphqlOperation")
    qtbot.waitUntil(lambda: combo.count() == 2)
    combo.setFocus()
    screen.key(Qt.Key.Key_Down)

    assert screen.request.body.operation == "One"
    screen.key(Qt.Key.Key_Down)
    assert screen.request.body.operation == "Two"


def test_broken_variables_are_told_and_beautify_lays_them_out(screen: Screen, qtbot: QtBot) -> None:
    body = Body(kind="graphql", query="{ me }", variables='{"n": 1.10,}')
    screen.editor.show_request(Request(body=body))
    problem = screen.find(QPushButton, "graphqlVariablesProblem")
    qtbot.waitUntil(problem.isVisible)
    screen.click(problem)
    screen.key(Qt.Key.Key_Delete)
    screen.key(Qt.Key.Key_B, CONTROL)

    assert screen.request.body.variables == '{\n  "n": 1.10\n}'
    assert screen.request.body.query == "{ me }"


def test_another_request_brings_its_own_operations(screen: Screen) -> None:
    screen.editor.show_request(Request(body=Body(kind="graphql", query=QUERIES, operation="Two")))
    combo = screen.find(QComboBox, "graphqlOperation")
    assert (combo.count(), combo.currentText()) == (2, "Two")
    screen.editor.show_request(Request(body=Body(kind="graphql", query="{ me }")))
    assert (combo.count(), combo.currentText()) == (0, "")
