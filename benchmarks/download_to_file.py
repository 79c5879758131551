"""A large download to a file: its time against bare httpx streaming into a file, and the memory that it adds.

The server is a process of its own that sends the same block again and again. Runs take turns; the best of each counts,
because a disk that is busy with something else slows down whoever is at work then. DOWNLOAD_BYTES sets the size.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from harness import child, report

SIZE_BYTES = int(os.environ.get("DOWNLOAD_BYTES") or 2 << 30)
ROUNDS = 3
SOURCE = """
import socket, sys
size = int(sys.argv[1])
block = bytes(range(256)) * 1024
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
while True:
    peer, _ = listening.accept()
    head = b""
    while b"\\r\\n\\r\\n" not in head:
        head += peer.recv(65536)
    length = 2 if b"GET /small" in head else size
    peer.sendall(b"HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: %d\\r\\n\\r\\n" % length)
    left = length
    while left:
        left -= peer.send(block[:left])
    peer.close()
"""


def most_resident_mib() -> float:
    """Return the peak of this process's resident memory; it does not fall again."""
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


async def ours(url: str, path: Path) -> float:
    """Download by exchange(); return the seconds."""
    from firstlight.model.exchange import Scope
    from firstlight.model.request import Request
    from firstlight.runner.exchange import exchange
    from firstlight.store.part_file import PartFile
    from firstlight.transport import HttpTransport

    transport, scope = HttpTransport(), Scope(variables={}, secret=lambda name: None)
    began = perf_counter()
    outcome = await exchange(Request(url=url), scope, transport, lambda event: None, sink=PartFile(path))
    spent = perf_counter() - began
    await transport.aclose()
    assert outcome.failure is None, outcome.failure
    return spent


async def bare(url: str, path: Path) -> float:
    """Download as the documentation of httpx shows it; return the seconds."""
    import httpx

    began = perf_counter()
    async with httpx.AsyncClient() as client, client.stream("GET", url) as response:
        with path.open("wb") as file:
            async for data in response.aiter_bytes():
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
    return perf_counter() - began


def main() -> int:
    """Measure and report."""
    if not sys.platform.startswith("linux"):
        print("download: measured on Linux only")
        return 0
    from firstlight.transport import warm_up

    warm_up()
    with tempfile.TemporaryDirectory() as folder, child("-c", SOURCE, str(SIZE_BYTES)) as source:
        assert source.stdout is not None
        url = f"http://127.0.0.1:{int(source.stdout.readline())}"
        asyncio.run(ours(f"{url}/small", Path(folder, "small")))
        before = most_resident_mib()
        times: tuple[list[float], list[float]] = ([], [])
        path = Path(folder, "big.bin")
        added = 0.0
        for turn in range(ROUNDS):
            times[0].append(asyncio.run(ours(f"{url}/big", path)))
            if turn == 0:  # before httpx has had its turn
                added = most_resident_mib() - before
            path.unlink()
            times[1].append(asyncio.run(bare(f"{url}/big", path)))
            path.unlink()
    best, plain = min(times[0]), min(times[1])
    size = f"{SIZE_BYTES / (1 << 30):.2f} GiB"
    report(f"memory added by a download of {size}", added, "≤ 32 MiB")
    report("large download ÷ bare httpx streaming", best / plain, "≤ 1.2×", f"{best:.2f} s against {plain:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
