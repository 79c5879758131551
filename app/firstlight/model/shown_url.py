"""A URL as the name of its request: what is secret in it is masked, because names are shown and saved. Pure."""

from __future__ import annotations

from dataclasses import replace

from firstlight.model.request import Param, Request
from firstlight.model.secrets import MASK, SECRET_PARAMS, USER_INFO
from firstlight.model.urls import full_url


def shown_url(request: Request) -> str:
    """Return the URL of `request` with its query, without its password and other secrets; references stay."""
    url = USER_INFO.sub(lambda match: match["before"] + _masked(match["password"]), request.url)
    return full_url(replace(request, url=url, params=tuple(map(_shown, request.params))))


def _shown(param: Param) -> Param:
    secret = param.value and param.name.strip().lower() in SECRET_PARAMS
    return replace(param, value=_masked(param.value)) if secret else param


def _masked(value: str) -> str:
    return value if value.startswith("{{") and value.endswith("}}") else MASK
