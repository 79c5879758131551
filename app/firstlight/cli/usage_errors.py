"""What argparse finds wrong, in our words: it speaks English only, and ours can be translated."""

from __future__ import annotations

import re

from firstlight.texts import N_, tr

_SAID = (
    (r"the following arguments are required: (?P<names>.+)", N_("{names} is missing")),
    (r"unrecognized arguments: (?P<names>.+)", N_("{names} is not known here")),
    (r"argument (?P<name>[^:]+): expected one argument", N_("{name} needs a value")),
    (r"argument (?P<name>[^:]+): ignored explicit argument '(?P<value>.*)'", N_("{name} takes no value")),
    (
        r"argument (?P<name>[^:]+): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)",
        N_("{name} cannot be {value}; choose from {choices}"),
    ),
    (r"argument (?P<name>[^:]+): (?P<problem>.+)", N_("{name}: {problem}")),
)
"""What argparse says → what we say. The first match counts."""


def in_our_words(message: str) -> str:
    """Return a usage error of argparse in the language in use; one that is not known stays as it is."""
    for pattern, text in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return tr(text, **found.groupdict())
    return message
