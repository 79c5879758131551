"""Exporting the messages of a stream: asks where to, writes the file whole or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from firstlight.model.events import ServerEvent
from firstlight.model.failure import ExchangeError
from firstlight.store.disk import write_bytes
from firstlight.texts import tr
from firstlight.ui.dialogs import choose_save_path, tell
from firstlight.ui.response.message_lines import message_lines
from firstlight.ui.talk.timeline import Entry

_SUGGESTED = "stream.jsonl"


async def export_messages(parent: QWidget, messages: Sequence[ServerEvent | Entry], started_ns: int) -> None:
    """Ask where to, and write the messages there; says so when they cannot be written."""
    path = await choose_save_path(parent, tr("Export messages"), suggested=_SUGGESTED)
    if path is None:
        return
    lines = await asyncio.to_thread(message_lines, messages, started_ns)
    try:
        await asyncio.to_thread(write_bytes, path, lines)
    except ExchangeError as error:
        failure = error.failure
        await tell(parent, tr("Export messages"), tr(failure.message), tr(failure.hint))
