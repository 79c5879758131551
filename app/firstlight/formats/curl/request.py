"""A Request out of what a command's options said."""

from __future__ import annotations

import json
import re

from firstlight.formats.curl.credentials import basic, user_of_url, with_authorization
from firstlight.formats.curl.draft import Draft
from firstlight.model.request import Authorization, Body, Header, Request
from firstlight.model.urls import with_typed_url
from firstlight.texts import N_

_FORM = "application/x-www-form-urlencoded"
_LANGUAGES = (("json", "json"), ("xml", "xml"), ("html", "html"), ("javascript", "javascript"))
_OWN_TYPES = {"json": "application/json", "xml": "application/xml", "javascript": "application/javascript"}
"""What is sent for these languages without a header of the user's (bodies.RAW_LANGUAGES)."""
_NEVER_SENT = frozenset({"accept-encoding", "expect", "transfer-encoding", "connection", "cookie", "content-length"})
"""Headers that curl would not send by itself either: taking them away changes nothing."""


def request_from(draft: Draft) -> Request:
    """Return the request that curl would send."""
    url, written = _url(draft)
    body = _body(draft)
    headers = _headers(draft, body)
    request = Request(
        method=_method(draft, body),
        headers=_without_own_type(headers, body),
        authorization=_authorization(draft, written, headers),
        body=body,
        settings=draft.settings,
    )
    request = with_typed_url(request, url)
    return request if request.authorization.kind != "none" else with_authorization(request)


def _url(draft: Draft) -> tuple[str, Authorization | None]:
    if not draft.urls:
        draft.note(N_("The command names no URL."))
        return "", None
    full = [url for url in draft.urls if "://" in url or url.startswith("{{")]
    url = (full or draft.urls)[0]
    for other in draft.urls:
        if other is not url:
            draft.note(N_("A further URL was left out: {url}"), url=re.sub(r"//[^/@]*@|\?.*", "…", other)[:80])
    if "://" not in url and not url.startswith(("{{", "<")):
        url = f"http://{url}"  # what curl takes it for; First Light takes https for hosts elsewhere
    added = draft.query + ([piece.text for piece in draft.data if not piece.path] if draft.data_in_url else [])
    before, hash_sign, fragment = url.partition("#")
    if added:
        before += ("&" if "?" in before else "?") + "&".join(added)
    return user_of_url(before + hash_sign + fragment)


def _method(draft: Draft, body: Body) -> str:
    if draft.method:
        return draft.method
    if draft.head:
        return "HEAD"
    if draft.upload:
        return "PUT"
    return "GET" if draft.data_in_url or not (draft.data or body.kind != "none") else "POST"


def _authorization(draft: Draft, written: Authorization | None, headers: tuple[Header, ...]) -> Authorization:
    if draft.unknown_scheme or any(row.name.lower() == "authorization" for row in headers):
        return Authorization()
    if draft.bearer:
        return Authorization(kind="bearer", values={"token": draft.bearer})
    if draft.user is None:
        return written or Authorization()
    name, colon, password = draft.user.partition(":")
    if not colon:
        draft.note(N_("-u names no password: fill it in on the Authorization tab."))
    return basic(name, password)


def _headers(draft: Draft, body: Body) -> tuple[Header, ...]:
    named = {row.name.lower() for row in draft.headers} | draft.removed
    implied = dict(draft.implied)
    if body.kind == "raw" or (body.kind == "binary" and not draft.upload):
        implied.setdefault("Content-Type", _FORM)
    rows = [row for row in draft.headers if row.name.lower() != "content-length"]  # it is counted anew
    for name in sorted(draft.removed - _NEVER_SENT):
        if name not in {"content-type"} or body.kind != "none":
            draft.note(N_("The header {name} cannot be left out."), name=name)
    return (*rows, *(Header(name=name, value=value) for name, value in implied.items() if name.lower() not in named))


def _body(draft: Draft) -> Body:
    if draft.parts:
        if draft.data or draft.upload:
            draft.note(N_("Only the form is taken over: a request has one body."))
        return Body(kind="form-data", parts=tuple(draft.parts))
    if draft.upload:
        if draft.upload in {"-", "."}:
            draft.note(N_("Data from standard input is not taken over."))
            return Body()
        return Body(kind="binary", path=draft.upload)
    if draft.data_in_url:
        if any(piece.path for piece in draft.data):
            draft.note(N_("A file cannot become part of the URL; it was left out."))
        return Body()
    return _body_of_data(draft)


def _body_of_data(draft: Draft) -> Body:
    files = [piece.path for piece in draft.data if piece.path]
    if files and len(draft.data) == 1:
        return Body(kind="binary", path=files[0])
    if files:
        draft.note(N_("A body of text and files is not taken over: the files were left out."))
    texts = [piece.text for piece in draft.data if not piece.path]
    if not texts:
        return Body()
    text = "&".join(texts)
    language = _language(draft, text)
    return Body(kind="raw", text=text, language=language) if text else Body(kind="raw", language="text")


def _language(draft: Draft, text: str) -> str:
    rows = [row.value for row in draft.headers if row.name.lower() == "content-type"]
    content_type = (rows or [draft.implied.get("Content-Type", "")])[0].lower()
    if not content_type and _is_json(text):
        draft.note(
            N_("Without -H Content-Type curl sends JSON as {content_type}, and so does this request."),
            content_type=_FORM,
        )
        return "json"
    return next((language for word, language in _LANGUAGES if word in content_type), "text")


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _without_own_type(headers: tuple[Header, ...], body: Body) -> tuple[Header, ...]:
    """Return the rows without a Content-Type that is sent anyway."""
    types = [row for row in headers if row.name.lower() == "content-type"]
    if len(types) == 1 and body.kind == "raw" and body.text and types[0].value == _OWN_TYPES.get(body.language):
        return tuple(row for row in headers if row is not types[0])
    if body.kind == "form-data":  # the boundary is made anew for every request
        return tuple(row for row in headers if not row.value.lower().startswith("multipart/form-data"))
    return headers
