"""Says in plain words what the YAML parser found wrong, and where."""

from __future__ import annotations

import yaml

from firstlight.formats.error import FormatError
from firstlight.texts import Phrase

_TAB = Phrase("A tab stands where only blanks are allowed.")
_UNCLOSED = Phrase("A quotation mark or bracket is opened and never closed.")
_INDENT = Phrase("This line does not fit the lines above: check its indentation and the colon.")

_REASONS = (
    ("mapping values are not allowed", Phrase("A colon too many: put the text in quotation marks.")),
    ("could not find expected ':'", Phrase("A name without a colon.")),
    ("did not find expected key", _INDENT),
    ("did not find expected '-' indicator", _INDENT),
    ("block sequence entries are not allowed", _INDENT),
    ("did not find expected ',' or", _UNCLOSED),
    ("found unexpected end of stream", _UNCLOSED),
    ("did not find expected node content", Phrase("A value is missing, or a bracket is not closed.")),
    ("found a tab character", _TAB),
    ("found unknown escape character", Phrase("A backslash inside quotation marks starts no known escape.")),
    ("control characters are not allowed", Phrase("A control character that no text file may hold.")),
)
"""What libyaml says → what we say. The first match counts."""

_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


def reason_for(error: yaml.YAMLError, text: str) -> FormatError:
    """Translate an error of the parser."""
    line, column = _place(error, text)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    lines = text.split("\n")
    conflict = next((i for i, row in enumerate(lines, 1) if row.startswith(_CONFLICT)), 0)
    if conflict:
        return FormatError(conflict, 1, Phrase("A merge conflict of git is not resolved here."))
    if line <= len(lines) and lines[line - 1][column - 1 : column] == "\t":
        return FormatError(line, column, _TAB)
    reason = next((reason for part, reason in _REASONS if part in problem), None)
    return FormatError(line, column, reason or Phrase("Not valid YAML: {problem}.", problem=problem))


def _place(error: yaml.YAMLError, text: str) -> tuple[int, int]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return mark.line + 1, mark.column + 1
    if isinstance(error, yaml.reader.ReaderError):  # counts bytes and has no mark
        before = text.encode()[: error.position].decode(errors="ignore")
        return before.count("\n") + 1, len(before) - before.rfind("\n")
    return 1, 1
