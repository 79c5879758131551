"""Finds the bracket that belongs to the one at the cursor; brackets inside strings and comments do not count."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextDocument

from firstlight.ui.text.highlight import LONGEST, spans, utf16

_PAIRS = {"{": "}", "[": "]", "(": ")"}
_BACK = {closing: opening for opening, closing in _PAIRS.items()}
_FARTHEST = 500  # lines: 10 µs each, so a cursor step costs 5 ms at worst


def bracket_pair(document: QTextDocument, language: str, position: int) -> tuple[int, int] | None:
    """Return the document positions of the bracket at or before `position` and its partner, or None."""
    block = document.findBlock(position)
    places = dict(_brackets(block, language))
    at = next((p for p in (position, position - 1) if p in places), None)
    if at is None:
        return None
    bracket = places[at]
    forward = bracket in _PAIRS
    partner = _PAIRS[bracket] if forward else _BACK[bracket]
    depth = 0
    for place, char in _walk(block, language, at, forward=forward):
        depth += 1 if char == bracket else -1 if char == partner else 0
        if depth == 0:
            return at, place
    return None


def _walk(block: QTextBlock, language: str, start: int, *, forward: bool) -> Iterator[tuple[int, str]]:
    """Yield brackets from `start` on, in the given direction."""
    for _ in range(_FARTHEST):
        if not block.isValid():
            return
        line = _brackets(block, language)
        for place, char in line if forward else reversed(line):
            if (place >= start) if forward else (place <= start):
                yield place, char
        block = block.next() if forward else block.previous()


def _brackets(block: QTextBlock, language: str) -> list[tuple[int, str]]:
    text = block.text()[:LONGEST]
    hidden = [s for s in spans(text, language) if s.color in {"syntax_string", "syntax_key", "syntax_comment"}]
    found: list[tuple[int, str]] = []
    index = 0
    for span in (*hidden, None):
        end = span.start if span else len(text)
        found += [
            (block.position() + utf16(text, i), text[i])
            for i in range(index, end)
            if text[i] in _PAIRS or text[i] in _BACK
        ]
        index = span.start + span.length if span else end
    return found
