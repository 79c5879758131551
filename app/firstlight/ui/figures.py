"""Numbers as people read them: times, sizes, counts. No Qt."""

from __future__ import annotations


def duration(milliseconds: float | None) -> str:
    """Return a time with a fitting unit: `0.42 ms`, `123 ms`, `4.20 s`, `2 min 05 s`."""
    if milliseconds is None:
        return "–"
    if milliseconds < 10:
        return f"{milliseconds:.2f} ms"
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    if milliseconds < 60_000:
        return f"{milliseconds / 1000:.2f} s"
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes} min {seconds:02d} s"


def size(count: int) -> str:
    """Return a number of bytes with a fitting unit: `312 B`, `1.2 KB`, `48.3 MB` (1 KB is 1,000 bytes)."""
    if count < 1000:
        return f"{count} B"
    for unit, factor in (("KB", 1e3), ("MB", 1e6)):
        if count < factor * 999.95:
            return f"{count / factor:.1f} {unit}"
    return f"{count / 1e9:.2f} GB"


def head_bytes(headers: tuple[tuple[str, str], ...]) -> int:
    """Return how long header lines are as HTTP/1.1 writes them."""
    return sum(len(name.encode()) + len(value.encode()) + 4 for name, value in headers)


def endpoint(address: str, port: int) -> str:
    """Return an address with its port as URLs write them: `127.0.0.1:80`, `[::1]:80`."""
    if not port:
        return address
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
