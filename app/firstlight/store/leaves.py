"""Reads what the tree shows of a request file: all of it and truly (100 µs), or hastily its first lines (25 µs)."""

from __future__ import annotations

import re
from pathlib import Path

from firstlight.formats.firstlight_yaml import FormatError, parse_request
from firstlight.model.failure import ExchangeError
from firstlight.model.protocols import has_websocket_url, method_word
from firstlight.model.urls import full_url
from firstlight.store import disk
from firstlight.store.node import Node, broken, problem_of

_LARGE_BYTES = 256 * 1024
_FIRST_BYTES = 4096
_LINE = re.compile(r"^(name|protocol|method|url|service):[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z_/](?:[\w ./()?=&%,+-]|:(?=\S))*|\"[^\"\\]*\"|'[^']*'")
"""Values that say what they mean without a YAML reader; everything else is read by one."""
_WORDS = frozenset({"null", "Null", "NULL"})


def whole_leaf(file: Path, path: str, size_bytes: int) -> Node:
    """Read a request file and return its leaf, a broken one if need be. Of a very large file only the first lines."""
    try:
        request = parse_request(_beginning(file) if size_bytes > _LARGE_BYTES else disk.read_text(file))
    except (FormatError, ExchangeError) as error:
        return broken(path, problem_of(error))
    name = request.name or file.stem
    return Node(
        kind="request",
        path=path,
        name=name,
        method=method_word(request),
        url=full_url(request),
        service=request.service,
    )


def hasty_leaf(file: Path, path: str) -> Node | None:
    """Return the leaf that the first lines promise; None: they leave doubts. Whether the file is broken is not seen."""
    try:
        with open(file, "rb") as opened:
            text = opened.read(_FIRST_BYTES).decode(errors="ignore")
    except OSError:
        return None
    found: dict[str, str] = {}
    for key, value in _LINE.findall(text):
        if key in found or value in _WORDS or not _PLAIN.fullmatch(value):
            return None
        found[key] = value[1:-1] if value[0] in "\"'" else value
    if not found.keys() >= {"name", "method", "url"} or not (found["name"] and found["method"]):
        return None
    if "protocol" in found or has_websocket_url(found["url"]):
        return None
    name, method, url = found["name"], found["method"], found["url"]
    return Node(kind="request", path=path, name=name, method=method, url=url, service=found.get("service", ""))


def _beginning(file: Path) -> str:
    """Return the lines of a very large file that the tree needs: First Light writes them first."""
    lines = disk.read_bytes(file, 8192).decode(errors="ignore").splitlines()
    head = [line for line in lines if line.startswith(("name:", "protocol:", "method:", "url:", "service:"))]
    return "\n".join(head) or disk.read_text(file)
