"""What one WebSocket has become so far: passes its messages on, reads generated text in them, remembers its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from firstlight.inference.text_path import TextPath
from firstlight.model.conversation import GOOD_CLOSES
from firstlight.model.events import WebSocketClosed, WebSocketMessage
from firstlight.model.exchange import Emit
from firstlight.model.prepared import PreparedRequest
from firstlight.model.response import StreamSummary
from firstlight.model.secrets import Masker
from firstlight.runner.conversation import Conversation

if TYPE_CHECKING:
    from firstlight.inference.dialogue import DialogueReader


class Talk:
    """The part of a Course that listens to an open WebSocket."""

    def __init__(
        self, conversation: Conversation, sent: PreparedRequest, emit: Emit, text_path: TextPath | None
    ) -> None:
        self.closed: WebSocketClosed | None = None
        """How it ended."""
        self._conversation = conversation
        self._sent = sent
        self._emit = emit
        self._text_path = text_path
        self._reader: DialogueReader | None = None
        conversation.begin(emit)

    def begin(self, started_ns: int) -> None:
        """Start to read: it is open. Times count from `started_ns`."""
        if self._sent.settings.stream != "off":
            from firstlight.inference.dialogue import DialogueReader

            self._reader = DialogueReader(started_ns, self._text_path)

    def hear(self, message: WebSocketMessage) -> None:
        """Pass a message on, followed by what was generated in it."""
        if message.direction == "out":
            message = self._masked(message)
        else:
            self._conversation.heard_ns = message.at_ns
        emit = self._emit
        emit(message)
        if self._reader is not None:
            for decoded in self._reader.take(message):
                emit(decoded)

    def take_end(self, closed: WebSocketClosed) -> WebSocketClosed:
        """Remember how it ended; return it as it may be shown: peers quote what they were sent."""
        self.closed = msgspec.structs.replace(closed, reason=self._masker.mask(closed.reason))
        return self.closed

    @property
    def tells_of_trouble(self) -> bool:
        """The close code is one to explain."""
        return self.closed is not None and self.closed.code not in GOOD_CLOSES

    def end(self, at_ns: int) -> StreamSummary | None:
        """Say that nothing more comes; return what was generated."""
        if self._reader is None:
            return None
        for event in self._reader.close(at_ns):
            self._emit(event)
        return self._reader.summary()

    @property
    def _masker(self) -> Masker:
        return Masker.of({*self._conversation.secrets, *self._sent.secrets})

    def _masked(self, message: WebSocketMessage) -> WebSocketMessage:
        """Return a message of ours as it may be shown."""
        if not (self._conversation.secrets or self._sent.secrets):
            return message
        masker = self._masker
        text = None if message.text is None else masker.mask(message.text)
        data = None if message.data is None else masker.mask_bytes(message.data)
        return msgspec.structs.replace(message, text=text, data=data)
