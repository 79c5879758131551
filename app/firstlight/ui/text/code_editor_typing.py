"""What Enter, Tab, Shift+Tab and a closing bracket do in a CodeEditor. Works on a text cursor, one undo step each."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor

INDENT = "  "
_OPEN = {"{": "}", "[": "]", "(": ")"}


def new_line(cursor: QTextCursor, *, code: bool) -> QTextCursor:
    """Break the line and indent the new one like the old one; one step deeper behind an open bracket."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    before, after = _around(cursor)
    blank = before[: len(before) - len(before.lstrip(" \t"))]
    opener = before.rstrip()[-1:] if code else ""
    if opener not in _OPEN:
        cursor.insertText("\n" + blank)
    elif after.lstrip()[:1] == _OPEN[opener]:
        cursor.insertText("\n" + blank + INDENT)
        middle = cursor.position()
        cursor.insertText("\n" + blank)
        cursor.setPosition(middle)
    else:
        cursor.insertText("\n" + blank + INDENT)
    cursor.endEditBlock()
    return cursor


def close_bracket(cursor: QTextCursor, bracket: str) -> QTextCursor:
    """Type a closing bracket; alone on its line it moves one step out."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    before, _ = _around(cursor)
    if before.endswith(INDENT) and not before.strip():
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(INDENT))
    cursor.insertText(bracket)
    cursor.endEditBlock()
    return cursor


def indent(cursor: QTextCursor) -> QTextCursor:
    """Insert blanks up to the next step; with several lines selected, move them all right."""
    cursor.beginEditBlock()
    blocks = _lines(cursor)
    if len(blocks) > 1:
        for block in blocks:
            if block.length() > 1:
                QTextCursor(block).insertText(INDENT)
    else:
        cursor.removeSelectedText()
        cursor.insertText(" " * (len(INDENT) - cursor.positionInBlock() % len(INDENT)))
    cursor.endEditBlock()
    return cursor


def unindent(cursor: QTextCursor) -> QTextCursor:
    """Move the selected lines (or the cursor's line) one step left."""
    cursor.beginEditBlock()
    for block in _lines(cursor):
        text = block.text()
        blanks = len(text) - len(text.lstrip(" "))
        steps = 1 if text.startswith("\t") else min(blanks, len(INDENT))
        if steps:
            edge = QTextCursor(block)
            edge.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, steps)
            edge.removeSelectedText()
    cursor.endEditBlock()
    return cursor


def _around(cursor: QTextCursor) -> tuple[str, str]:
    """Return the cursor's line before and after the cursor."""
    block = cursor.block()
    line = QTextCursor(block)
    line.setPosition(cursor.position(), QTextCursor.MoveMode.KeepAnchor)
    before = line.selectedText()
    return before, block.text()[len(before) :]


def _lines(cursor: QTextCursor) -> list[QTextBlock]:
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    end = cursor.selectionEnd()
    blocks = [block]
    while (block := block.next()).isValid() and block.position() < end:
        blocks.append(block)
    return blocks
