"""Pieces of Python: texts with look-ups, JSON as a literal, the loop that repeats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from firstlight.formats.snippets.outgoing import Lookup, Outgoing
from firstlight.formats.snippets.snippet import Repeat

_WIDTH = 100
_CRYPTOGRAPHY = "cryptography.hazmat.primitives"
_LAYOUTS: tuple[dict[str, Any], ...] = ({}, {"indent": 2}, {"indent": 4}, {"separators": (",", ":")})
"""Ways to write JSON down that json.dumps can repeat to the byte."""


def text(request: Outgoing, value: str) -> str:
    """Return an expression for a text; secrets are read from the environment."""
    return " + ".join(_piece(piece) for piece in request.pieces(value)) or '""'


def _piece(piece: str | Lookup) -> str:
    if isinstance(piece, str):
        return literal(piece)
    value = f"os.environ[{literal(piece.name)}]"
    return f'quote({value}, safe="")' if piece.encoded else value


def header_value(request: Outgoing, value: str) -> str:
    """Return an expression for a header's value, which travels as UTF-8."""
    made = text(request, value)
    return made if value.isascii() else f"({made}).encode()" if " + " in made else f"{made}.encode()"


def literal(value: str) -> str:
    """Return a Python literal, in double quotes where that needs no backslash."""
    made = repr(value)
    return f'"{made[1:-1]}"' if made.startswith("'") and '"' not in made else made


def long_literal(value: str) -> str:
    """Return a literal of several lines for a text of several lines."""
    if "\n" not in value or not value.replace("\n", "").replace("\t", "").isprintable():
        return literal(value)
    escaped = value.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""{escaped[:-1]}\\""""' if escaped.endswith('"') else f'"""{escaped}"""'


def body_lines(request: Outgoing, value: str) -> tuple[list[str], str]:
    """Return the lines that define `body`, and the expression for its bytes."""
    if any(isinstance(piece, Lookup) for piece in request.pieces(value)):
        return [f"body = {text(request, value)}"], "body.encode()"
    found = _as_json(value.removesuffix("\n"))
    if found is None:
        return [f"body = {long_literal(value)}"], "body.encode()"
    data, layout = found
    options = "".join(f", {name}={option!r}" for name, option in layout.items()).replace("'", '"')
    dumped = f"json.dumps(body, ensure_ascii=False{options})"
    dumped = f'({dumped} + "\\n")' if value.endswith("\n") else dumped
    return [f"body = {_json_literal(data, '')}"], f"{dumped}.encode()"


def _as_json(value: str) -> tuple[Any, dict[str, Any]] | None:
    """Return a JSON object or list and its layout, if writing it again gives the same text."""
    try:
        data = json.loads(value)
        same = [layout for layout in _LAYOUTS if json.dumps(data, ensure_ascii=False, **layout) == value]
    except (ValueError, RecursionError):
        return None
    return (data, same[0]) if same and isinstance(data, dict | list) and data else None


def _json_literal(data: Any, indent: str) -> str:
    if isinstance(data, str):
        return literal(data)
    if not isinstance(data, dict | list) or not data:
        return repr(data)
    deeper = indent + "    "
    if isinstance(data, dict):
        rows = [f"{literal(key)}: {_json_literal(value, deeper)}" for key, value in data.items()]
    else:
        rows = [_json_literal(value, deeper) for value in data]
    brackets = "{}" if isinstance(data, dict) else "[]"
    short = f"{brackets[0]}{', '.join(rows)}{brackets[1]}"
    if len(indent) + len(short) <= _WIDTH - 12 and "\n" not in short:
        return short
    inside = "".join(f"{deeper}{row},\n" for row in rows)
    return f"{brackets[0]}\n{inside}{indent}{brackets[1]}"


def opened_files(request: Outgoing) -> list[str]:
    """Return the `with` line that opens the files of the body, or nothing."""
    paths = [request.path] if request.path else [part.path for part in request.parts or () if part.path]
    names = ["body"] if request.path else [f"file_{number}" for number in range(1, len(paths) + 1)]
    opened = [f'open({text(request, path)}, "rb") as {name}' for path, name in zip(paths, names, strict=True)]
    return [f"with {', '.join(opened)}:"] if opened else []


def form_lines(request: Outgoing) -> list[str]:
    """Return the lines that define `files`: the parts of the form, the opened files among them."""
    lines, number = ["files = ["], 0
    for part in request.parts or ():
        content_type = f", {text(request, part.content_type)}" if part.content_type else ""
        name = text(request, part.name)
        if part.path:
            number += 1
            lines.append(f"    ({name}, ({text(request, part.file_name)}, file_{number}{content_type})),")
        else:
            lines.append(f"    ({name}, (None, {text(request, part.value)}{content_type})),")
    return [*lines, "]"]


def call(name: str, arguments: list[str], after: str = "") -> list[str]:
    """Return the lines of a call, one argument on each when they do not fit on one."""
    line = f"{name}({', '.join(arguments)}){after}"
    if len(line) <= _WIDTH:
        return [line]
    return [f"{name}(", *(f"    {argument}," for argument in arguments), f"){after}"]


def indented(lines: Iterable[str], by: int = 1) -> list[str]:
    """Return the lines moved to the right; never those of a literal, which are part of one line here."""
    return ["    " * by + line for line in lines]


def imports(code: str, *libraries: str) -> list[str]:
    """Return the import lines that `code` needs, `libraries` in a group of their own."""
    modules = ("base64", "hashlib", "hmac", "json", "os", "pathlib", "secrets", "ssl", "tempfile", "threading")
    own = [f"import {name}" for name in modules if re.search(rf"\b{name}\.", code)]
    own += ["from datetime import datetime, timezone"] if "datetime.now(" in code else []
    names = [name for name in ("quote", "unquote", "urlsplit") if re.search(rf"\b{name}\(", code)]
    own += [f"from urllib.parse import {', '.join(names)}"] if names else []
    others = [f"import {name}" for name in libraries]
    if "pkcs12.load_key" in code:
        others += [f"from {_CRYPTOGRAPHY} import serialization", f"from {_CRYPTOGRAPHY}.serialization import pkcs12"]
    return [*own, *([""] if own else []), *others]


def checked(repeat: Repeat) -> list[str]:
    """Return the lines that end a repetition at the first refusal, as the vendors' scripts do."""
    if repeat.once:
        return []
    return [
        "if response.status_code >= 400:",
        '    raise RuntimeError(f"inference failed: {response.status_code} {response.text}")',
    ]


def repeated(send: list[str], repeat: Repeat) -> list[str]:
    """Return the lines that run `send` once, or in threads that each run it several times."""
    if repeat.once:
        return send
    return [
        "",
        "def inference(executions):",
        "    for _ in range(executions):",
        *indented(send, 2),
        "",
        "",
        f"threads = [threading.Thread(target=inference, args=({repeat.executions},)) for _ in range({repeat.threads})]",
        "for thread in threads:",
        "    thread.start()",
        "for thread in threads:",
        "    thread.join()",
    ]
