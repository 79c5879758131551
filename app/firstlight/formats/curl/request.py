"""A Request out of what a command's options said."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import quote_plus, unquote_plus

from firstlight.formats.curl.addresses import address_for
from firstlight.formats.curl.credentials import basic, user_of_url, with_authorization
from firstlight.formats.curl.draft import Draft
from firstlight.formats.curl.upgrades import asks_for_websocket, without_handshake
from firstlight.model.request import Authorization, Body, Header, Param, Request
from firstlight.model.urls import with_typed_url
from firstlight.texts import N_

_REFERENCE = re.compile(r"(\{\{[^{}]+\}\})")
_FORM = "application/x-www-form-urlencoded"
_LANGUAGES = (("json", "json"), ("xml", "xml"), ("html", "html"), ("javascript", "javascript"))
_OWN_TYPES = {"json": "application/json", "xml": "application/xml", "javascript": "application/javascript"}
"""What is sent for these languages without a header of the user's (bodies.RAW_LANGUAGES)."""
_CAN_BE_LEFT_OUT = {"user-agent": "User-Agent", "accept": "Accept", "content-type": "Content-Type"}
"""Headers that curl and First Light both add."""


def request_from(draft: Draft) -> Request:
    """Return the request that curl would send."""
    url, written = _url(draft)
    body = _body(draft)
    headers = _headers(draft, body)
    request = Request(
        method=_method(draft, body),
        headers=_without_own_type(headers, body),
        without=_left_out(draft, headers, body),
        authorization=_authorization(draft, written, headers),
        body=body,
        settings=replace(draft.settings, connect_to=address_for(draft, url) or draft.settings.connect_to),
    )
    request = with_typed_url(request, url)
    request = request if request.authorization.kind != "none" else with_authorization(request)
    return without_handshake(request) if asks_for_websocket(request) else request


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
    if draft.aws:
        return _aws(draft.aws, name, password)
    return replace(basic(name, password), kind=draft.scheme)


def _aws(option: str, access_key: str, secret_key: str) -> Authorization:
    _, _, place = option.partition(":")
    _, _, place = place.partition(":")
    region, _, service = place.partition(":")
    values = {"access_key": access_key, "secret_key": secret_key, "region": region, "service": service}
    return Authorization(kind="aws-sigv4", values={name: value for name, value in values.items() if value})


def _headers(draft: Draft, body: Body) -> tuple[Header, ...]:
    named = {row.name.lower() for row in draft.headers} | draft.removed
    implied = dict(draft.implied)
    if body.kind == "raw" or (body.kind == "binary" and not draft.upload):
        implied.setdefault("Content-Type", _FORM)
    rows = [row for row in draft.headers if row.name.lower() != "content-length"]  # it is counted anew
    return (*rows, *(Header(name=name, value=value) for name, value in implied.items() if name.lower() not in named))


def _left_out(draft: Draft, headers: tuple[Header, ...], body: Body) -> tuple[str, ...]:
    """Return the generated headers that a `-H "Name:"` takes away."""
    if "host" in draft.removed:
        draft.note(N_("The header {name} cannot be left out."), name="Host")
    removed = {name for name in draft.removed if name != "content-type" or body.kind not in {"none", "form-data"}}
    removed -= {row.name.lower() for row in headers}
    return tuple(shown for name, shown in _CAN_BE_LEFT_OUT.items() if name in removed)


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
    if (pairs := _pairs(draft, text)) is not None:
        return Body(kind="x-www-form-urlencoded", pairs=pairs)
    language = _language(draft, text)
    return Body(kind="raw", text=text, language=language) if text else Body(kind="raw", language="text")


def _pairs(draft: Draft, text: str) -> tuple[Param, ...] | None:
    """Return the rows of a form whose text they give again to the byte; None: it is sent as it was typed."""
    if _content_type(draft) not in {"", _FORM} or not text or "content-type" in draft.removed:
        return None
    pieces = [piece.partition("=") for piece in text.split("&")]
    if not all(name and equals and _is_encoded(name) and _is_encoded(value) for name, equals, value in pieces):
        return None
    return tuple(Param(name=_decoded(name), value=_decoded(value)) for name, _, value in pieces)


def _is_encoded(text: str) -> bool:
    """Tell whether encoding what `text` decodes to, as the Body tab does, gives `text` again; references stay."""
    plain = _REFERENCE.sub("", text)
    try:
        decoded = unquote_plus(plain, errors="strict")
    except UnicodeDecodeError:
        return False
    return quote_plus(decoded, safe="*").replace("~", "%7E") == plain


def _decoded(text: str) -> str:
    return "".join(unquote_plus(piece) if n % 2 == 0 else piece for n, piece in enumerate(_REFERENCE.split(text)))


def _content_type(draft: Draft) -> str:
    rows = [row.value for row in draft.headers if row.name.lower() == "content-type"]
    return (rows or [draft.implied.get("Content-Type", "")])[0].lower()


def _language(draft: Draft, text: str) -> str:
    content_type = _content_type(draft)
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
    if body.kind == "x-www-form-urlencoded":
        return tuple(row for row in headers if row not in types)
    if len(types) == 1 and body.kind == "raw" and body.text and types[0].value == _OWN_TYPES.get(body.language):
        return tuple(row for row in headers if row is not types[0])
    if body.kind == "form-data":  # the boundary is made anew for every request
        return tuple(row for row in headers if not row.value.lower().startswith("multipart/form-data"))
    return headers
