"""The usage object of a service, as it can be kept and printed: what a hostile one may hold stays out. Pure."""

from __future__ import annotations

from firstlight.inference.surrogates import whole

_DEEPEST = 8  # levels; real ones have two


def tidy_usage(usage: dict[str, object] | None) -> dict[str, object] | None:
    """Return `usage` with broken characters mended and with None for what is nested too deeply."""
    return None if usage is None else {whole(name): _tidy(value, _DEEPEST) for name, value in usage.items()}


def _tidy(value: object, levels: int) -> object:
    if isinstance(value, str):
        return whole(value)
    if not isinstance(value, dict | list):
        return value
    if not levels:
        return None
    if isinstance(value, list):
        return [_tidy(part, levels - 1) for part in value]
    return {whole(str(name)): _tidy(part, levels - 1) for name, part in value.items()}
