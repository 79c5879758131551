"""Memory that a 2 GiB file body adds while it is sent, over loopback; and its rate against a bare socket.

The file is sparse. The sink is a process of its own; the most resident memory counts, as the system saw it.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from harness import child, report

SIZE_BYTES = int(os.environ.get("UPLOAD_BYTES") or 2 << 30)
SINK = """
import socket
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
store = bytearray(1 << 20)
while True:
    peer, _ = listening.accept()
    head = b""
    while b"\\r\\n\\r\\n" not in head:
        head += peer.recv(65536)
    lines, _, rest = head.partition(b"\\r\\n\\r\\n")
    left = int(lines.lower().split(b"content-length:")[1].split(b"\\r\\n")[0]) - len(rest)
    while left:
        left -= peer.recv_into(store, min(left, len(store)))
    peer.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok")
    peer.close()
"""


def most_resident_mib() -> float:
    """Return the peak of this process's resident memory."""
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


async def upload(file: Path, port: int) -> tuple[float, float, int]:
    """Send `file`; return the MiB it added, the seconds it took and how often progress was told."""
    from firstlight.model.events import Event, Uploading
    from firstlight.model.exchange import Scope
    from firstlight.model.request import Body, Request
    from firstlight.runner.exchange import exchange
    from firstlight.transport import HttpTransport, warm_up

    warm_up()
    events: list[Event] = []
    transport = HttpTransport()
    url, scope = f"http://127.0.0.1:{port}/", Scope(variables={}, secret=lambda name: None)
    await exchange(Request(method="POST", url=url, body=Body(kind="raw", text="{}")), scope, transport, events.append)
    before, began = most_resident_mib(), perf_counter()
    body = Body(kind="binary", path=str(file))
    outcome = await exchange(Request(method="POST", url=url, body=body), scope, transport, events.append)
    spent = perf_counter() - began
    await transport.aclose()
    assert outcome.response is not None, outcome.failure
    return most_resident_mib() - before, spent, sum(isinstance(event, Uploading) for event in events)


def bare(file: Path, port: int) -> float:
    """Send `file` with plain reads and writes; return the seconds."""
    began = perf_counter()
    with socket.create_connection(("127.0.0.1", port)) as peer, file.open("rb", buffering=0) as source:
        peer.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % SIZE_BYTES)
        while data := source.read(512 * 1024):
            peer.sendall(data)
        peer.recv(100)
    return perf_counter() - began


def main() -> int:
    if not sys.platform.startswith("linux"):
        print("upload memory: measured on Linux only")
        return 0
    with tempfile.TemporaryDirectory() as folder, child("-c", SINK) as sink:
        assert sink.stdout is not None
        port = int(sink.stdout.readline())
        file = Path(folder, "big.bin")
        with file.open("wb") as made:
            made.truncate(SIZE_BYTES)
        raw_s = min(bare(file, port) for _ in range(2))  # the first one brings the file into memory
        added, ours_s, told = asyncio.run(upload(file, port))
    size = f"{SIZE_BYTES / (1 << 30):.2f} GiB"
    report(f"memory added by sending {size}", added, "≤ 100 MiB", f"progress told {told} times")
    report(
        f"time to send {size} ÷ bare socket",
        ours_s / raw_s,
        "≤ 4×",
        f"{SIZE_BYTES / ours_s / 1e6:.0f} MB/s against {SIZE_BYTES / raw_s / 1e6:.0f} MB/s",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
