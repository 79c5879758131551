"""Bulk edit of the forms of a body: files and types stay with their lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot
from request_screen import BODY, Screen

from firstlight.model.request import Body, FormPart, Param, Request


def text_of(screen: Screen) -> QPlainTextEdit:
    button = next(b for b in screen.editor.findChildren(QToolButton, "bulkEditButton") if b.isVisible())
    screen.click(button)
    return next(e for e in screen.editor.findChildren(QPlainTextEdit) if e.isVisible())


def test_pairs_of_a_form_are_edited_as_text(qtbot: QtBot) -> None:
    pairs = (Param(name="a", value="1\n2", description="two lines"), Param(name="b", value="x", enabled=False))
    screen = Screen(qtbot, Request(body=Body(kind="x-www-form-urlencoded", pairs=pairs)))
    screen.open(BODY)
    assert text_of(screen).toPlainText() == "a: 1␊2\n// b: x"
    screen.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    screen.type("y")
    assert screen.request.body.pairs == (pairs[0], Param(name="b", value="xy", enabled=False))


def test_files_of_a_form_stay_with_their_line(qtbot: QtBot) -> None:
    parts = (
        FormPart(name="image", kind="file", files=("rose.jpg",), content_type="image/jpeg"),
        FormPart(name="meta", value="{}"),
    )
    screen = Screen(qtbot, Request(body=Body(kind="form-data", parts=parts)))
    screen.open(BODY)
    text_of(screen)
    screen.key(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    screen.type("// ")
    assert screen.request.body.parts == (
        FormPart(name="image", kind="file", files=("rose.jpg",), content_type="image/jpeg", enabled=False),
        parts[1],
    )
