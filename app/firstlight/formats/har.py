"""HAR 1.2: the requests of a browser's recording, and the neutral form of `firstlight convert`.

Files stand in `postData.params[].fileName` by their path, as DESIGN of `convert` has it; what was answered is left out.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

import firstlight
from firstlight.formats.curl.draft import Data, Draft
from firstlight.formats.curl.request import request_from
from firstlight.formats.error import FormatError
from firstlight.formats.reading import Reading
from firstlight.formats.snippets.outgoing import Outgoing, Part
from firstlight.model.protocols import WEBSOCKET, websocket_url
from firstlight.model.request import FormPart, Header
from firstlight.texts import N_, Phrase

_START = "1970-01-01T00:00:00.000Z"  # nothing was sent: a date would say otherwise
_UNKNOWN: dict[str, Any] = {"status": 0, "statusText": "", "httpVersion": "", "cookies": [], "headers": [],
                            "content": {"size": 0, "mimeType": "x-unknown"}, "redirectURL": "", "headersSize": -1,
                            "bodySize": -1}  # fmt: skip


def looks_like_har(text: str) -> bool:
    """Tell whether a text is a HAR file by its beginning."""
    start = text[:2000]
    return start.lstrip("\ufeff \t\r\n").startswith("{") and '"log"' in start


def read_har(text: str) -> Reading:
    """Read the requests of a HAR file. Raises FormatError."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
        entries = [entry["request"] for entry in data["log"]["entries"]]
        drafts = [_draft(request) for request in entries]
    except json.JSONDecodeError as error:
        raise FormatError(error.lineno, error.colno, Phrase("This is not JSON.")) from error
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(1, 1, Phrase("This is not a HAR file: an entry of “log” has no whole request.")) from error
    if not drafts:
        raise FormatError(1, 1, Phrase("The HAR file holds no request."))
    requests = tuple(request_from(draft) for draft in drafts)
    return Reading(requests=requests, notes=tuple(dict.fromkeys(note for draft in drafts for note in draft.notes)))


def _draft(request: dict[str, Any]) -> Draft:
    draft = Draft(urls=[str(request["url"])], method=str(request["method"]))
    for row in request.get("headers", []):
        name, value = str(row["name"]), str(row.get("value", ""))
        if not name.startswith(":") and name.lower() not in {"host", "content-length", "connection"}:
            draft.headers.append(Header(name=name, value=value))
    if posted := request.get("postData"):
        _add_body(draft, posted)
    return draft


def _add_body(draft: Draft, posted: dict[str, Any]) -> None:
    params, content_type = posted.get("params") or [], str(posted.get("mimeType", ""))
    if posted.get("encoding"):
        draft.note(N_("A body that is not text was left out."))
        return
    if content_type and not content_type.startswith("multipart/form-data"):
        draft.implied["Content-Type"] = content_type
    if len(params) == 1 and params[0].get("fileName") and not params[0].get("name"):
        draft.data.append(Data(path=str(params[0]["fileName"])))
    elif content_type.startswith("multipart/form-data") and params:
        draft.parts += [_part(row) for row in params]
    elif posted.get("text"):
        draft.data.append(Data(text=str(posted["text"])))
    elif params:
        draft.data += [Data(text=f"{row['name']}={row.get('value', '')}") for row in params]


def _part(row: dict[str, Any]) -> FormPart:
    content_type = str(row.get("contentType", ""))
    if path := row.get("fileName"):
        return FormPart(name=str(row["name"]), kind="file", files=(str(path),), content_type=content_type)
    return FormPart(name=str(row["name"]), value=str(row.get("value", "")), content_type=content_type)


def write_har(requests: Sequence[Outgoing]) -> str:
    """Return a HAR file of requests that were not sent."""
    creator = {"name": "First Light", "version": firstlight.__version__}
    log = {"version": "1.2", "creator": creator, "entries": [_entry(request) for request in requests]}
    return json.dumps({"log": log}, ensure_ascii=False, indent=2) + "\n"


def _entry(request: Outgoing) -> dict[str, Any]:
    query = urlsplit(request.url).query
    pairs = [piece.partition("=") for piece in query.split("&") if piece]
    headers = [*request.headers, *_basic(request)]
    sent: dict[str, Any] = {
        "method": request.method,
        "url": websocket_url(request.url) if request.protocol == WEBSOCKET else request.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [{"name": name, "value": value} for name, value in headers],
        "queryString": [{"name": unquote(name), "value": unquote(value)} for name, _, value in pairs],
        "headersSize": -1,
        "bodySize": len((request.text or "").encode()) if not request.path and request.parts is None else -1,
    }
    if request.has_body:
        sent["postData"] = _posted(request)
    timings = {"send": 0, "wait": 0, "receive": 0}
    return {
        "startedDateTime": _START,
        "time": 0,
        "request": sent,
        "response": _UNKNOWN,
        "cache": {},
        "timings": timings,
    }


def _basic(request: Outgoing) -> list[tuple[str, str]]:
    if request.basic is None:
        return []
    return [("Authorization", f"Basic {b64encode(':'.join(request.basic).encode()).decode()}")]


def _posted(request: Outgoing) -> dict[str, Any]:
    if request.parts is not None:
        return {"mimeType": "multipart/form-data", "params": [_param(part) for part in request.parts]}
    if request.path:
        return {"mimeType": request.content_type, "params": [{"name": "", "fileName": request.path}]}
    return {"mimeType": request.content_type, "text": request.text}


def _param(part: Part) -> dict[str, str]:
    kind = {"contentType": part.content_type} if part.content_type else {}
    return {"name": part.name, **({"fileName": part.path} if part.path else {"value": part.value}), **kind}
