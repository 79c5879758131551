"""Checks and formats a JSON body that may hold `{{variables}}`: each stands for a value until the request is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from firstlight.views.json_format import JsonProblem

CHECK_LIMIT = 1_000_000
"""Characters: a longer body is not checked while typing."""
_VARIABLE = re.compile(r"\{\{[^{}\n]*\}\}")


def problem_in(text: str) -> JsonProblem | None:
    """Return the first thing wrong with a JSON body; None when it is fine or empty."""
    from firstlight.views.json_format import find_problem

    # As many digits as the variable has characters, so that every column stays right.
    return find_problem(_VARIABLE.sub(lambda m: "1" * len(m[0]), text)) if text.strip() else None


def beautified(text: str) -> str:
    """Return `text` indented by two blanks; no digit, escape or variable changes.

    Raises:
        JsonProblem: it is no JSON; the position is right for `text`.
    """
    from firstlight.views.json_format import format_json

    problem = problem_in(text)
    if problem is not None:
        raise problem
    variables = _VARIABLE.findall(text)
    stem = "7" * 9
    while stem in text:
        stem += "7"
    numbers = iter(range(len(variables)))
    marked = _VARIABLE.sub(lambda _: f"{stem}{next(numbers):06d}", text)
    formatted = format_json(marked.encode("utf-8", "surrogatepass"), strict=True).decode("utf-8", "surrogatepass")
    return re.sub(stem + r"(\d{6})", lambda m: variables[int(m[1])], formatted) if variables else formatted
