"""Sizes as people read them."""

from __future__ import annotations

_UNITS = ("KB", "MB", "GB", "TB")


def readable_size(size_bytes: int) -> str:
    """Return `1.5 KB` (1 KB = 1,024 bytes)."""
    if size_bytes < 1024:
        return f"{size_bytes} B"
    size = float(size_bytes)
    for unit in _UNITS:
        size /= 1024
        if size < 1024 or unit == _UNITS[-1]:
            return f"{size:.1f} {unit}" if size < 100 else f"{size:,.0f} {unit}"
    return ""
