"""The text of a message by a JSONPath that the user gives (RFC 9535), for services of no known dialect. Pure.

jsonpath is imported with the first path that is used: 55 ms that no other request should wait for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from firstlight.model.failure import failed
from firstlight.texts import Phrase

TextPath: TypeAlias = Callable[[object], str | None]
"""Return the text in a JSON value: all matches that are texts or numbers, joined; None when there is none."""


def text_path(typed: str) -> TextPath:
    """Compile a path.

    Raises:
        ExchangeError: it is no JSONPath.
    """
    import jsonpath

    try:
        path = jsonpath.compile(typed.strip(), strict=True)
    except jsonpath.JSONPathError as error:
        raise failed(
            "protocol",
            "bad-text-path",
            Phrase("“{path}” is no JSONPath: “{reason}”", path=typed, reason=str(error).partition("\n")[0]),
            Phrase("Write it as in RFC 9535, for example $.output.text, or leave “Path to the text” empty."),
        ) from error

    def text(message: object) -> str | None:
        if not isinstance(message, dict | list):
            return None
        try:
            found = [match.obj for match in path.finditer(message)]
        except (jsonpath.JSONPathError, RecursionError):  # nested deeper than a path goes
            return None
        pieces = [str(value) for value in found if isinstance(value, str | int | float) and not isinstance(value, bool)]
        return "".join(pieces) if pieces else None

    return text
