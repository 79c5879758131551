"""Writes mappings as YAML that people and git read with pleasure.

PyYAML's own writer quotes every text that holds a tab, a trailing blank or an emoji (libyaml), which turns most
bodies into one long escaped line. This one writes block scalars for those, keeps every character of every language
as it is and quotes whatever YAML 1.1 or 1.2 would read as something else than a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence
from typing import Any

from firstlight.formats import yaml_nodes

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"[^\W\d_][^\t\n]*|/[^\t\n]*", re.DOTALL)
_NOT_PLAIN = re.compile(r":(?: |$)| #| $")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
_LONGEST_KEY = 200  # characters; the parser's own limit for a key on one line is 1,024 bytes


class BlockText(str):
    """A text that is written as a block even when it is one line: bodies, whose edits then make readable diffs."""

    __slots__ = ()


def write_mapping(mapping: AnyMapping[str, Any]) -> str:
    """Return the YAML text of `mapping`: texts, numbers, flags, None, lists, mappings and nodes of yaml_nodes."""
    return "\n".join(_mapping_lines(mapping, 0)) + "\n" if mapping else "{}\n"


def _mapping_lines(mapping: AnyMapping[str, Any], indent: int) -> list[str]:
    lines: list[str] = []
    blanks = " " * indent
    for key, value in mapping.items():
        name = _inline_text(str(key))
        if len(name) > _LONGEST_KEY:
            lines.append(f"{blanks}? {name}")
            name = ""
        lines += _value_lines(f"{blanks}{name}:", value, indent)
    return lines


def _value_lines(prefix: str, value: Any, indent: int) -> list[str]:
    """Return `prefix` and the value behind or below it; `indent` is the column of what holds the value."""
    value = _unwrapped(value)
    if isinstance(value, AnyMapping) and value:
        return [prefix, *_mapping_lines(value, indent + 2)]
    if isinstance(value, AnySequence) and not isinstance(value, str) and value:
        return [prefix, *_sequence_lines(value, indent + 2)]
    if isinstance(value, str) and _is_block(value):
        return [f"{prefix} {_block_header(value)}", *_block_lines(value, " " * (indent + 2))]
    inline = _inline(value)
    return [f"{prefix} {inline}" if inline else prefix]


def _sequence_lines(entries: AnySequence[Any], indent: int) -> list[str]:
    lines: list[str] = []
    for entry in map(_unwrapped, entries):
        nested = isinstance(entry, AnyMapping | AnySequence) and not isinstance(entry, str) and entry
        if not nested:
            lines += _value_lines(" " * indent + "-", entry, indent)
            continue
        write = _mapping_lines if isinstance(entry, AnyMapping) else _sequence_lines
        below = write(entry, indent + 2)
        lines += [" " * indent + "- " + below[0][indent + 2 :], *below[1:]]
    return lines


def _unwrapped(value: Any) -> Any:
    """Return what a node of an unknown key holds; a plain scalar stays a node, to be written as it was."""
    if isinstance(value, yaml_nodes.Mapping | yaml_nodes.Sequence):
        return value.entries
    if isinstance(value, yaml_nodes.Scalar) and not (value.plain and "\n" not in value.text):
        return value.text
    return value


def _inline(value: Any) -> str:
    if isinstance(value, yaml_nodes.Scalar):
        return value.text
    if isinstance(value, str):
        return _inline_text(value)
    if isinstance(value, AnyMapping | AnySequence):
        return "{}" if isinstance(value, AnyMapping) else "[]"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return "null" if value is None else str(value).lower()  # True, False, whole numbers


def _inline_text(text: str) -> str:
    text = _SURROGATE.sub("\ufffd", text)  # half a character: no file can hold it
    if _UNPRINTABLE.search(text) or "\n" in text or "\t" in text:
        return _double_quoted(text)
    if _PLAIN.fullmatch(text) and not _NOT_PLAIN.search(text) and text.lower() not in _WORDS:
        return text
    if ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    return _double_quoted(text)


def _double_quoted(text: str) -> str:
    text = "".join(_SHORT.get(character, character) for character in text)
    return '"' + _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + '"'


def _is_block(text: str) -> bool:
    wanted = "\n" in text or (isinstance(text, BlockText) and bool(text))
    return wanted and not _UNPRINTABLE.search(text) and not text.isspace()


def _block_header(text: str) -> str:
    indicator = "2" if text[0] in " \t\n" else ""
    if not text.endswith("\n"):
        return f"|{indicator}-"
    return f"|{indicator}+" if text.endswith("\n\n") else f"|{indicator}"


def _block_lines(text: str, blanks: str) -> list[str]:
    lines = text.removesuffix("\n").split("\n")
    return [blanks + line if line else "" for line in lines]
