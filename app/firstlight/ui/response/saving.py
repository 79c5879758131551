"""Saving what a service said: asks where to, writes the file whole or not at all, says where it is."""

from __future__ import annotations

import asyncio
import mimetypes
import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from PySide6.QtWidgets import QWidget

from firstlight.model.failure import ExchangeError
from firstlight.model.response import Response
from firstlight.store.disk import write_bytes
from firstlight.texts import Phrase, tr
from firstlight.ui.dialogs import choose_save_path, tell

_FILE_NAME = re.compile(r"""filename\*?=(?:UTF-8'')?"?([^";]+)"?""", re.IGNORECASE)
_EXTENSIONS = {"application/json": ".json", "text/event-stream": ".txt", "application/x-ndjson": ".ndjson"}
"""Where the system's table knows nothing or something odd."""


async def save_as(parent: QWidget, title: str, suggested: str, content: Callable[[], bytes]) -> Phrase:
    """Ask where to, and write there what `content` makes in a thread.

    Returns what to say of it: nothing when the user thought better of it, or was told that it cannot be written.
    """
    path = await choose_save_path(parent, title, suggested=suggested)
    if path is None:
        return Phrase()
    data = await asyncio.to_thread(content)
    try:
        await asyncio.to_thread(write_bytes, path, data)
    except ExchangeError as error:
        await tell(parent, title, tr(error.failure.message), tr(error.failure.hint))
        return Phrase()
    return Phrase("Saved to {path}", path=path)


def suggested_name(response: Response, url: str) -> str:
    """Return a file name: the service's own, or the last part of the URL with a fitting extension."""
    named = _FILE_NAME.search(response.header("content-disposition"))
    if named:
        return _safe(unquote(named.group(1)))
    last = _safe(unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])) or "response"
    extension = _EXTENSIONS.get(response.media_type) or mimetypes.guess_extension(response.media_type) or ""
    return last if "." in last or not extension else last + extension


def _safe(name: str) -> str:
    """Leave out what no file system takes, and any folder."""
    return re.sub(r'[\x00-\x1f<>:"|?*]', "_", re.split(r"[/\\]", name)[-1]).strip(". ")
