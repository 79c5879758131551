"""Saving a body: the bytes as received, under a name that fits."""

from __future__ import annotations

import asyncio
import mimetypes
import re
from urllib.parse import unquote, urlsplit

from PySide6.QtWidgets import QWidget

from firstlight.model.response import Response
from firstlight.model.system_errors import reason_of
from firstlight.texts import tr
from firstlight.ui.dialogs import choose_save_path, tell

_FILE_NAME = re.compile(r"""filename\*?=(?:UTF-8'')?"?([^";]+)"?""", re.IGNORECASE)
_EXTENSIONS = {"application/json": ".json", "text/event-stream": ".txt", "application/x-ndjson": ".ndjson"}
"""Where the system's table knows nothing or something odd."""


async def save_body(parent: QWidget, response: Response, url: str) -> None:
    """Ask where to, and write the body there; says so when it cannot be written."""
    path = await choose_save_path(parent, tr("Save body"), suggested=suggested_name(response, url))
    if path is None:
        return
    try:
        await asyncio.to_thread(path.write_bytes, response.body)
    except OSError as error:
        await tell(parent, tr("Save body"), tr("The file could not be written."), f"{path}: {tr(reason_of(error))}")


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
