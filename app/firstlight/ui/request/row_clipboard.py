"""Rows on the clipboard: as lines that any program can take, and whole for another table of First Light."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from PySide6.QtCore import QMimeData

from firstlight.model.bulk_rows import bulk_text

_WHOLE = "application/x-firstlight-rows+json"


def copied(rows: Sequence[Any]) -> QMimeData:
    """Return the rows for the clipboard."""
    data = QMimeData()
    data.setText(bulk_text(rows))
    data.setData(_WHOLE, json.dumps([asdict(row) for row in rows]).encode())
    return data


def pasted(data: QMimeData, blank: Any) -> list[Any]:
    """Return the rows that a table of First Light has copied, as rows like `blank`; nothing for anything else."""
    if not data.hasFormat(_WHOLE):
        return []
    known = {field.name for field in fields(blank)}
    found: list[dict[str, Any]] = json.loads(bytes(data.data(_WHOLE).data()))
    if "bare" in known:  # rows of a table that knows no such thing: a value is written behind an equals sign
        found = [{"bare": not row["value"], **row} for row in found]
    return [replace(blank, **{k: _value(v) for k, v in row.items() if k in known}) for row in found]


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
