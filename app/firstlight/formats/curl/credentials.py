"""Recognises the credential of a command and moves it where the Authorization tab keeps it (VENDORS §3, §5).

Only where the same bytes are sent: anything else stays a header. Headers are looked at in order; one credential moves.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from dataclasses import replace
from urllib.parse import unquote

from firstlight.model.request import Authorization, Header, Request

_USER_INFO = re.compile(r"^([A-Za-z][\w+.-]*://)([^/?#@\s]*)@")
_API_KEYS = frozenset({"apikey", "api-key", "x-api-key", "x-goog-api-key", "x-hw-appkey"})
_EAS = re.compile(r"pai-eas\.aliyuncs\.com|/api/predict/", re.IGNORECASE)
"""The addresses of PAI-EAS: there the token stands alone in Authorization, without a scheme."""


def with_authorization(request: Request) -> Request:
    """Return `request` with the first credential of its headers, or of its URL, on the Authorization tab."""
    for position, row in enumerate(request.headers):
        if (found := _of_header(row, request.url)) is not None:
            rest = (*request.headers[:position], *request.headers[position + 1 :])
            if all(other.name.lower() != row.name.lower() for other in rest):  # given twice: both are sent
                return replace(request, authorization=found, headers=rest)
    return request


def user_of_url(url: str) -> tuple[str, Authorization | None]:
    """Return the URL without a user name and password before its host, and those."""
    found = _USER_INFO.match(url)
    if found is None or not found[2]:
        return url, None
    name, _, password = found[2].partition(":")
    return found[1] + url[found.end() :], basic(unquote(name), unquote(password))


def basic(username: str, password: str) -> Authorization:
    """Return a user name and a password as the Authorization tab keeps them."""
    return Authorization(kind="basic", values={"username": username, "password": password})


def _of_header(row: Header, url: str) -> Authorization | None:
    name, value = row.name.lower(), row.value
    if name == "authorization":
        return _of_authorization(value, url)
    if not value or any(char.isspace() for char in value):
        return None
    if name == "x-auth-token":
        return Authorization(kind="x-auth-token", values={"token": value})
    if name == "x-apig-appcode":
        return Authorization(kind="appcode", values={"appcode": value})
    if name in _API_KEYS:
        return Authorization(kind="apikey", values={"key": row.name, "value": value, "in": "header"})
    return None


def _of_authorization(value: str, url: str) -> Authorization | None:
    scheme, blank, rest = value.partition(" ")
    if blank and any(char.isspace() for char in rest):
        return None
    if scheme.lower() == "bearer" and rest:
        return Authorization(kind="bearer", values={"token": rest})
    if scheme.lower() == "basic" and rest:
        return _of_basic(rest)
    if not blank and value and _EAS.search(url):
        return Authorization(kind="eas-token", values={"token": value})
    return None


def _of_basic(encoded: str) -> Authorization | None:
    try:
        name, colon, password = b64decode(encoded, validate=True).decode().partition(":")
    except (Error, UnicodeDecodeError):
        return None
    return basic(name, password) if colon and (name or password) else None
