"""httpcore's HTTP/2 connection, with what it does not pass on: the head it writes, informational answers, trailers.

Loads h2 (3 MB) with the first connection that speaks it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from firstlight.transport.failures import connecting
from firstlight.transport.failures.breaking import MOST_HEAD_BYTES
from firstlight.transport.wire import current_wire


@cache
def install() -> None:
    """Let httpcore make these connections: it offers no setting for that."""
    module = import_module("httpcore._async.http2")
    module.AsyncHTTP2Connection = _telling(module.AsyncHTTP2Connection)  # type: ignore[attr-defined]


def _telling(connection: Any) -> type:
    from h2.connection import H2Connection
    from h2.settings import SettingCodes, Settings
    from httpcore._async.http2 import has_body_headers

    class Remembering(H2Connection):
        """Knows the header block that it wrote last."""

        said: Any = ()

        def send_headers(self, stream_id: int, headers: Any, *args: Any, **options: Any) -> None:
            self.said = headers
            super().send_headers(stream_id, headers, *args, **options)

        def initiate_connection(self) -> None:
            """Announce that longer heads are taken than the 64 KiB of httpcore."""
            values = {SettingCodes(code): value for code, value in self.local_settings.items()}
            values[SettingCodes.MAX_HEADER_LIST_SIZE] = MOST_HEAD_BYTES
            self.local_settings = Settings(client=True, initial_values=values)
            self.decoder.max_header_list_size = MOST_HEAD_BYTES
            super().initiate_connection()

    class Http2Connection(connection):  # type: ignore[misc]
        """Tells the wire about the head as sent, 1xx answers (RFC 9113 §8.1) and trailers."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._h2_state = Remembering(config=self.CONFIG)

        async def _send_request_headers(self, request: Any, stream_id: int) -> None:
            await super()._send_request_headers(request, stream_id)
            wire = current_wire.get(None)  # None: another client in this process
            if wire is None:
                return
            wire.asked("HTTP/2", "", self._h2_state.said)
            if not has_body_headers(request):  # the body is then never asked for
                wire.sent(0)

        async def _read_incoming_data(self, *args: Any, **options: Any) -> Any:
            events = await super()._read_incoming_data(*args, **options)
            wire = current_wire.get(None)
            if wire is not None and wire.first_bytes.startswith(b"HTTP/1."):  # h2 would wait for 4 MB of such a frame
                raise connecting.no_http2(wire.where, "HTTP/1.1")
            if wire is not None:
                wire.first_bytes = b""  # frames: settings and the like are no beginning of an answer
            _tell(events)
            return events

    return Http2Connection


def _tell(events: Any) -> None:
    from h2.events import InformationalResponseReceived, TrailersReceived

    wire = current_wire.get(None)
    if wire is None:
        return
    for event in events:
        if isinstance(event, InformationalResponseReceived):
            fields = [pair for pair in event.headers if pair[0] != b":status"]
            wire.informed("HTTP/2", int(dict(event.headers)[b":status"]), b"", fields)
        elif isinstance(event, TrailersReceived):
            wire.trailed(event.headers)
