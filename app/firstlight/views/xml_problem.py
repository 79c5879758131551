"""Says where a text stops being well-formed XML, and why. Entities that the text declares are never expanded.

The parser is expat of the standard library; it stops at the first problem and at the first declaration of an
entity, so that no text can blow itself up here.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat
from xml.parsers.expat import errors

from firstlight.texts import Phrase

_PLACEHOLDER = re.compile(r"\{\{[^{}<>&\n]*\}\}")
_SLICE = 65_536  # characters: between two slices other threads get their turn
_REASONS = {
    errors.XML_ERROR_NO_ELEMENTS: Phrase("There is no element here"),
    errors.XML_ERROR_INVALID_TOKEN: Phrase("This cannot stand here: write &lt; for < and &amp; for &"),
    errors.XML_ERROR_SYNTAX: Phrase("XML begins with <"),
    errors.XML_ERROR_UNCLOSED_TOKEN: Phrase("This tag has no end: > is missing"),
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: Phrase("This attribute is given twice"),
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: Phrase("Nothing may follow the end of the outermost element"),
    errors.XML_ERROR_UNDEFINED_ENTITY: Phrase("This entity is not defined"),
    errors.XML_ERROR_UNCLOSED_CDATA_SECTION: Phrase("The CDATA section has no end: ]]> is missing"),
    errors.XML_ERROR_MISPLACED_XML_PI: Phrase("<?xml …?> may only stand at the very beginning"),
}


class XmlProblem(NamedTuple):
    """The first place where a text is not XML. Lines and columns count from 1, columns in characters."""

    line: int
    column: int
    message: Phrase
    offset: int
    """The same place in characters from the start of the text."""


class _EntityDeclared(Exception):  # noqa: N818 - no error: the signal to stop reading
    """The text declares entities of its own."""


def find_xml_problem(text: str) -> XmlProblem | None:
    """Return the first reason why `text` is not well-formed, or None; nothing and a single placeholder are fine."""
    body = _PLACEHOLDER.sub(lambda found: "x" * len(found[0]), text)
    if not body.strip() or _PLACEHOLDER.fullmatch(text.strip()):
        return None
    reader = _Reader()
    try:
        reader.read(body)
    except _EntityDeclared:
        return None
    except expat.ExpatError as error:
        return _problem(text, error, reader.opened)
    return None


class _Reader:
    """Feeds the parser and remembers which elements are open."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, int]] = []
        """Name and line of each open element."""
        # As text: an encoding that the declaration names says how the bytes travel, not how they stand here.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.EntityDeclHandler = self._on_entity

    def read(self, text: str) -> None:
        """Read all of `text`."""
        for start in range(0, len(text), _SLICE):
            self._parser.Parse(text[start : start + _SLICE].encode("utf-8", "replace"), False)
        self._parser.Parse(b"", True)

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        self.opened.append((name, self._parser.CurrentLineNumber))

    def _on_end(self, name: str) -> None:
        self.opened.pop()

    def _on_entity(self, *declared: object) -> None:
        raise _EntityDeclared


def _problem(text: str, error: expat.ExpatError, opened: list[tuple[str, int]]) -> XmlProblem:
    lines = text.split("\n")
    line = min(error.lineno, len(lines))
    column = min(error.offset, len(lines[line - 1]))
    offset = sum(len(each) + 1 for each in lines[: line - 1]) + column
    return XmlProblem(line, column + 1, _reason(error, opened), offset)


def _reason(error: expat.ExpatError, opened: list[tuple[str, int]]) -> Phrase:
    name = expat.ErrorString(error.code)
    unfinished = name in (errors.XML_ERROR_TAG_MISMATCH, errors.XML_ERROR_NO_ELEMENTS) and opened
    if unfinished:
        tag, line = opened[-1]
        if name == errors.XML_ERROR_TAG_MISMATCH:
            return Phrase("This closes another element than <{tag}> of line {line}", tag=tag, line=line)
        return Phrase("The text ends here, but <{tag}> of line {line} is not closed", tag=tag, line=line)
    return _REASONS.get(name) or Phrase("Not well-formed: {reason}", reason=name)
