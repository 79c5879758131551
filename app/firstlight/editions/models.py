"""The models that a service offers: where the list is, and what its answer says."""

from __future__ import annotations

import json

from firstlight.editions.edition import Edition, Place

_LISTS = (
    ("/chat/completions", "/models"),
    ("/completions", "/models"),
    ("/api/chat", "/api/tags"),
    ("/api/generate", "/api/tags"),
)


def list_path(edition: Edition, place: Place) -> str:
    """Return the path of the list of models behind the address; empty: there is none."""
    if edition.vendor in {"pangu", "kserve", "tf-serving", "torchserve"}:
        return ""
    path = (place.path or "/v1/chat/completions").partition("?")[0]
    return next((path.removesuffix(end) + lists for end, lists in _LISTS if path.endswith(end)), "")


def names_in(body: bytes) -> tuple[str, ...]:
    """Return the models that an answer names: OpenAI's `data[].id`, Ollama's `models[].name`."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(value, dict):
        return ()
    rows = value.get("data") if isinstance(value.get("data"), list) else value.get("models")
    if not isinstance(rows, list):
        return ()
    names = (row.get("id") or row.get("name") for row in rows if isinstance(row, dict))
    return tuple(name for name in names if isinstance(name, str) and name)
