"""`firstlight send` without options: the body as received, or the text of a streamed answer while it comes.

The messages of a WebSocket are printed one per line, binary ones in base64; where they are chunks of generated text,
that text is printed.
"""

from __future__ import annotations

from base64 import b64encode

from firstlight.cli.console import Output
from firstlight.inference.sse import is_message
from firstlight.model.events import BodyReceived, Event, HeadersReceived, ServerEvent, Token, WebSocketMessage
from firstlight.model.exchange import Exchange
from firstlight.model.request import Request
from firstlight.model.response import SWITCHED, Response
from firstlight.model.secrets import Masker

_PATIENCE = 4
"""So many messages without a token, and the stream is none of generated text: it is printed as received."""


class PlainBody:
    """Listens to one Exchange and prints its body. Reasoning is not part of the answer and not printed."""

    def __init__(self, output: Output, *, silent: bool) -> None:
        self._output = output
        self._silent = silent
        self._is_websocket = False
        self._held: list[bytes] | None = None
        """The body of a stream of which it is not known yet whether it holds tokens."""
        self._as_text = False
        self._messages = 0
        self._kept: list[bytes] = []
        """What a WebSocket would have printed, for a file."""
        self._last = b"\n"

    def begin(self, request: Request, masker: Masker) -> None:
        """The body is printed as received, so nothing is masked in it."""

    def hear(self, event: Event) -> None:
        """Print what arrived."""
        if isinstance(event, HeadersReceived):
            self._held = [] if event.stream else None
            self._is_websocket = event.stream == "websocket"
        elif isinstance(event, BodyReceived):
            self._take(event.data)
        elif isinstance(event, Token):
            if self._held is not None:
                self._as_text, self._held = True, None
            if self._as_text and event.choice == 0 and event.text:
                self._print(event.text.encode("utf-8", "replace"))
        elif isinstance(event, ServerEvent) and is_message(event):
            self._count()
        elif isinstance(event, WebSocketMessage) and event.direction == "in":
            self._take_message(event)

    def _take_message(self, message: WebSocketMessage) -> None:
        line = b64encode(message.data or b"").decode() if message.text is None else message.text
        if not line.lstrip().startswith("{"):  # no chunk of generated text: nobody has to wait for it
            self._release()
        self._take(line.encode() + b"\n")
        self._count()

    def _count(self) -> None:
        self._messages += 1
        if self._messages > _PATIENCE:
            self._release()

    def kept(self, response: Response) -> bytes:
        """Return what belongs into a file: the body, or what the messages of a WebSocket would have printed."""
        return b"".join(self._kept) if response.status == SWITCHED else response.body

    def finish(self, exchange: Exchange) -> None:
        """Print what was held back; on a terminal, end the last line."""
        self._release()
        if not self._last.endswith(b"\n") and self._output.is_terminal():
            self._print(b"\n")

    def _take(self, data: bytes) -> None:
        if self._held is not None:
            self._held.append(data)
        elif not self._as_text:
            self._print(data)

    def _release(self) -> None:
        held, self._held = self._held, None
        for data in held or ():
            self._print(data)

    def _print(self, data: bytes) -> None:
        if self._silent:
            if self._is_websocket:
                self._kept.append(data)
        elif data:
            self._output.write(data)
            self._last = data
