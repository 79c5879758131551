"""Takes typed fields out of a YAML mapping; a wrong type is an error with its place, what nobody took is kept."""

from __future__ import annotations

import math

from firstlight.formats.error import FormatError
from firstlight.formats.yaml_nodes import Mapping, Node, Scalar, Sequence
from firstlight.texts import Phrase

_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})


class Fields:
    """Reads one mapping. Each reading method takes a key; `left()` is what no method asked for."""

    def __init__(self, mapping: Mapping) -> None:
        self._left = dict(mapping.entries)
        self.line, self.column = mapping.line, mapping.column

    def left(self) -> dict[str, Node]:
        """Return the keys that were not taken, in the order of the file."""
        return self._left

    def text(self, key: str, default: str = "") -> str:
        """Take a text; a number or a yes is the text a person typed, not a value."""
        node = self._left.pop(key, None)
        if node is None:
            return default
        return scalar_text(key, node)

    def flag(self, key: str, default: bool) -> bool:
        """Take true or false."""
        node = self._left.pop(key, None)
        if node is None:
            return default
        word = node.text.lower() if isinstance(node, Scalar) else ""
        if word not in _YES | _NO:
            raise FormatError(node.line, node.column, Phrase("“{key}” must be true or false.", key=key))
        return word in _YES

    def choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        """Take one of `choices`."""
        node = self._left.pop(key, None)
        if node is None:
            return default
        if not isinstance(node, Scalar) or node.text not in choices:
            reason = Phrase("“{key}” must be one of {choices}.", key=key, choices=", ".join(choices))
            raise FormatError(node.line, node.column, reason)
        return node.text

    def seconds(self, key: str, default: float | None) -> float | None:
        """Take a time in seconds, or null for no limit."""
        return self._amount(key, default, Phrase("“{key}” must be a number of seconds, or null.", key=key))

    def megabytes(self, key: str, default: float | None) -> float | None:
        """Take a size in megabytes, or null for no limit."""
        return self._amount(key, default, Phrase("“{key}” must be a number of megabytes, or null.", key=key))

    def _amount(self, key: str, default: float | None, reason: Phrase) -> float | None:
        node = self._left.pop(key, None)
        if node is None:
            return default
        if isinstance(node, Scalar) and node.is_null:
            return None
        value = _number(node.text) if isinstance(node, Scalar) else math.nan
        if not (math.isfinite(value) and value >= 0):
            raise FormatError(node.line, node.column, reason)
        return value

    def number(self, key: str) -> int | None:
        """Take a whole number that is not negative; None where there is none."""
        node = self._left.pop(key, None)
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return None
        if not isinstance(node, Scalar) or not (node.text.isascii() and node.text.isdigit()):
            raise FormatError(node.line, node.column, Phrase("“{key}” must be a whole number.", key=key))
        return int(node.text)

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts; a single text is a list of one."""
        node = self._left.pop(key, None)
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return ()
        entries = node.entries if isinstance(node, Sequence) else [node]
        return tuple(scalar_text(key, entry) for entry in entries)

    def group(self, key: str) -> Fields:
        """Take a mapping; a missing one is empty."""
        node = self._left.pop(key, None)
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return Fields(Mapping({}, self.line, self.column))
        if not isinstance(node, Mapping):
            reason = Phrase("“{key}” must be a group of “name: value” lines.", key=key)
            raise FormatError(node.line, node.column, reason)
        return Fields(node)

    def has(self, key: str) -> bool:
        """Tell whether a key says anything; takes nothing."""
        node = self._left.get(key)
        return node is not None and not (isinstance(node, Scalar) and node.is_null)

    def is_list(self, key: str) -> bool:
        """Tell whether a key holds a list; takes nothing."""
        return isinstance(self._left.get(key), Sequence)

    def rows(self, key: str) -> list[Fields]:
        """Take a list of mappings."""
        node = self._left.pop(key, None)
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return []
        wrong = (
            node if not isinstance(node, Sequence) else next((e for e in node.entries if type(e) is not Mapping), None)
        )
        if wrong is not None:
            reason = Phrase("“{key}” must be a list of rows, each with “- name: …”.", key=key)
            raise FormatError(wrong.line, wrong.column, reason)
        return [Fields(row) for row in node.entries if isinstance(row, Mapping)] if isinstance(node, Sequence) else []

    def all_texts(self) -> dict[str, str]:
        """Take every key whose value is a text: the rows of a free mapping such as variables."""
        taken = {key: scalar_text(key, node) for key, node in self._left.items() if isinstance(node, Scalar)}
        self._left = {key: node for key, node in self._left.items() if not isinstance(node, Scalar)}
        return taken


def scalar_text(key: str, node: Node) -> str:
    """Return the text of a scalar; null is an empty text."""
    if not isinstance(node, Scalar):
        raise FormatError(node.line, node.column, Phrase("“{key}” must be a text, not a list or a group.", key=key))
    return "" if node.is_null else node.text


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
