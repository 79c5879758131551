"""Colours for one line of text, as names of theme tokens. Pure: no Qt, and pygments only for markup and scripts.

JSON is ours: 11 MB/s against 6 MB/s of pygments, and no import on the way to the first paint. So is GraphQL, whose
lexer in pygments cannot begin in the middle of a query, as a line does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

LONGEST = 20_000
"""Characters of one line that are coloured; the tail of a minified body stays plain."""


class Span(NamedTuple):
    """A coloured stretch of a line, in characters. Spans of one line are in order and do not overlap."""

    start: int
    length: int
    color: str
    """A field of Tokens, such as `syntax_string`."""


_JSON = re.compile(
    r'(?P<syntax_key>"(?:[^"\\]|\\.)*"(?=\s*:))'
    r'|(?P<syntax_string>"(?:[^"\\]|\\.)*"?)'
    r"|(?P<syntax_number>-?\d[\d.eE+-]*)"
    r"|(?P<syntax_literal>\b(?:true|false|null)\b)"
    r"|(?P<syntax_punctuation>[{}\[\],:]+)"
)
_GRAPHQL = re.compile(
    r"(?P<syntax_comment>#.*)"
    r'|(?P<syntax_string>"(?:[^"\\]|\\.)*"?)'
    r"|(?P<syntax_variable>\$\w+)"
    r"|(?P<syntax_literal>\b(?:query|mutation|subscription|fragment|on|true|false|null)\b|@\w+)"
    r"|(?P<syntax_number>-?\b\d[\d.eE+-]*)"
    r"|(?P<syntax_key>\w+(?=\s*:))"
    r"|(?P<syntax_punctuation>[{}\[\](),:!|=]+|\.\.\.)"
)
_VARIABLE = re.compile(r"\{\{[^{}]*\}\}")
_COMMENTS = {"xml": ("<!--", "-->"), "html": ("<!--", "-->"), "javascript": ("/*", "*/")}


def spans(line: str, language: str) -> list[Span]:
    """Return the colours of a line of `language` (json, xml, html, javascript, graphql; anything else is plain)."""
    return spans_after(line, language, inside_comment=False)[0]


def spans_after(line: str, language: str, *, inside_comment: bool) -> tuple[list[Span], bool]:
    """Return the colours of a line that may begin inside a comment, and whether the next line does."""
    line = line[:LONGEST]
    if language == "json":
        return [Span(m.start(), m.end() - m.start(), m.lastgroup or "") for m in _JSON.finditer(line)], False
    if language == "graphql":
        return [Span(m.start(), m.end() - m.start(), m.lastgroup or "") for m in _GRAPHQL.finditer(line)], False
    if language not in _COMMENTS:
        return [], False
    opening, closing = _COMMENTS[language]
    start = 0
    if inside_comment:
        end = line.find(closing)
        if end < 0:
            return [Span(0, len(line), "syntax_comment")] if line else [], True
        start = end + len(closing)
    head = [Span(0, start, "syntax_comment")] if start else []
    colored = _pygments(line, language, start)
    open_at = _unclosed(line, start, opening, closing, colored)
    if open_at < 0:
        return head + colored, False
    before = [span for span in colored if span.start + span.length <= open_at]
    return [*head, *before, Span(open_at, len(line) - open_at, "syntax_comment")], True


def with_variables(line: str, colored: list[Span]) -> list[Span]:
    """Return `colored` with every `{{variable}}` of the line laid over it."""
    if "{{" not in line:
        return colored
    variables = [Span(m.start(), m.end() - m.start(), "syntax_variable") for m in _VARIABLE.finditer(line[:LONGEST])]
    if not variables:
        return colored
    kept = [piece for span in colored for piece in _outside(span, variables)]
    return sorted(kept + variables)


def utf16(text: str, index: int) -> int:
    """Return the position that Qt gives to character `index`: an emoji counts twice there."""
    return index if text.isascii() else index + sum(char > "\uffff" for char in text[:index])


def _outside(span: Span, holes: list[Span]) -> list[Span]:
    """Cut `holes` out of `span`."""
    pieces: list[Span] = []
    start, end = span.start, span.start + span.length
    for hole in holes:
        if hole.start >= end or hole.start + hole.length <= start:
            continue
        if hole.start > start:
            pieces.append(Span(start, hole.start - start, span.color))
        start = hole.start + hole.length
    if start < end:
        pieces.append(Span(start, end - start, span.color))
    return pieces


def _unclosed(line: str, start: int, opening: str, closing: str, colored: list[Span]) -> int:
    """Return where a comment begins that this line does not end, or -1."""
    at = line.rfind(opening, start)
    if at < 0 or line.find(closing, at + len(opening)) >= 0:
        return -1
    inside = any(s.start < at < s.start + s.length and s.color != "syntax_punctuation" for s in colored)
    return -1 if inside else at


@lru_cache(maxsize=8)
def _lexer(language: str) -> Lexer:
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(language)


def token_color(kind: _TokenType) -> str:
    """Return the colour of a token of pygments, or nothing for plain text."""
    from pygments.token import is_token_subtype

    return next((name for family, name in _families() if is_token_subtype(kind, family)), "")


@lru_cache(maxsize=1)
def _families() -> tuple[tuple[_TokenType, str], ...]:
    from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String

    return (
        (Comment, "syntax_comment"),
        (Name.Tag, "syntax_key"),
        (Name.Attribute, "syntax_literal"),
        (String.Interpol, "syntax_variable"),
        (String, "syntax_string"),
        (Number, "syntax_number"),
        (Keyword, "syntax_literal"),
        (Punctuation, "syntax_punctuation"),
        (Operator, "syntax_punctuation"),
    )


def _pygments(line: str, language: str, start: int) -> list[Span]:
    found: list[Span] = []
    for at, kind, value in _lexer(language).get_tokens_unprocessed(line[start:]):
        color = token_color(kind)
        if color and value:
            found.append(Span(start + at, len(value), color))
    return found
