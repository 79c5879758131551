"""Reads a streamed answer: bytes in, messages and tokens out, a summary at the end. Sans-I/O; time is an argument.

One reader serves every kind of DECODERS. The usual message (`choices`) is decoded once into typed fields; whatever does
not fit goes the patient way through DIALECTS. Messages that no dialect knows are events like all others.
"""

from __future__ import annotations

import json

import msgspec

from firstlight.inference.answer import Answer
from firstlight.inference.buffering import Arrivals
from firstlight.inference.chunk import Choice, Chunk, Part, decode_chunk
from firstlight.inference.decoders import DECODERS
from firstlight.inference.dialects import DIALECTS
from firstlight.inference.dialects.dialect import usage_of
from firstlight.inference.errors import ServiceError, described_as_error, failure_in_stream, find_error
from firstlight.inference.media_types import stream_kind
from firstlight.inference.ndjson import is_whole
from firstlight.inference.pace import Pace, milliseconds
from firstlight.inference.sse import is_message
from firstlight.inference.surrogates import whole
from firstlight.inference.text_path import TextPath
from firstlight.inference.usage import tidy_usage
from firstlight.model.events import Event, ServerEvent, Token
from firstlight.model.failure import Failure
from firstlight.model.response import ChoiceSummary, StreamSummary

__all__ = ["StreamReader", "stream_kind"]

_BETWEEN = "\n\n"
_MOST_COUNTS = 100
"""Names of counts that are kept from message to message; real services have ten."""


class StreamReader:
    """Follows one streamed answer."""

    def __init__(
        self, content_type: str, started_ns: int, *, kind: str | None = None, text_path: TextPath | None = None
    ) -> None:
        """`kind` is one of DECODERS, by the Content-Type when it is None; `text_path` finds the text of a message."""
        kind = kind or stream_kind(content_type)
        if kind is None:
            raise ValueError(f"{content_type!r} is no stream")
        self.failure: Failure | None = None
        self.error: ServiceError | None = None
        """What the failure is made of."""
        """Set when the service reported an error inside its stream; the first one is kept."""
        self._kind = kind
        self._decoder = DECODERS[kind](content_type)
        self._text_path = text_path
        self._own_way = self._read_text if kind == "text" else self._read_by_path if text_path else None
        self._arrivals = Arrivals()
        self._started_ns = started_ns
        self._messages = 0
        self._answers: dict[int, Answer] = {}
        self._pace = Pace()
        self._first_answer_ns: int | None = None
        self._usage: dict[str, object] | None = None
        self._done = False
        self._cut = False
        self._halved = False
        """It was cut inside a JSON value."""
        self._mending = False
        self._is_another = False
        self._is_marked = True
        """False: messages came of a dialect that does not mark its end."""

    def feed(self, data: bytes, at_ns: int) -> list[Event]:
        """Take the bytes that arrived at `at_ns`; return each completed message and the tokens it carried."""
        happened: list[Event] = []
        for event in self._decoder.feed(data, at_ns):
            happened.append(event)
            self._read(event, happened)
        if happened:
            self._arrivals.mark(at_ns)
        return happened

    def take(self, text: str, at_ns: int) -> list[Event]:
        """Take a message that arrived whole; return the tokens it carried."""
        happened: list[Event] = []
        self._read(ServerEvent(at_ns=at_ns, type="message", data=text), happened)
        return happened

    def expect_another(self) -> None:
        """Say that what comes next is a new answer: it is set apart from those before it."""
        self._is_another = True

    def close(self, at_ns: int) -> list[Event]:
        """Say that the answer is over, whole or not; return the message it was cut in and tokens held back."""
        happened: list[Event] = []
        for event in self._decoder.close(at_ns):
            happened.append(event)
            self._read(event, happened)
            self._cut = self._cut or (event.truncated and not self._done)  # an end mark without its blank line is one
            self._halved = self._halved or (self._cut and _is_half(event.data))
        for index, answer in self._answers.items():
            text, reasoning = answer.close()
            if text or reasoning:
                happened.append(self._token(answer, index, text, reasoning, at_ns))
        return happened

    def summary(self) -> StreamSummary:
        """Return what the stream amounted to so far.

        `events` counts messages, not comments. With several choices `text` and `reasoning` hold them in the order
        of their index, a blank line between two, and `finish_reason` is that of the first one. `truncated` is true
        when the stream ended inside a message, or when it generated an answer but neither said `[DONE]`, nor gave
        every choice a finish reason, nor reported an error. Plain text, Triton and the user's own path have no
        end mark.
        """
        by_index = sorted(self._answers.items())
        answers = [answer for _, answer in by_index]
        first_answer = None if self._first_answer_ns is None else self._first_answer_ns - self._started_ns
        unmarked = not self._is_marked or self._kind == "text" or self._text_path is not None
        ended = unmarked or self._done or self.failure is not None or all(answer.finish_reason for answer in answers)
        return StreamSummary(
            kind=self._kind,
            events=self._messages,
            text="\n\n".join(answer.text for answer in answers),
            reasoning="\n\n".join(answer.reasoning for answer in answers if answer.reasoning),
            finish_reason=answers[0].finish_reason if answers else None,
            usage=tidy_usage(self._usage),
            ttft_ms=self._pace.first_ms(self._started_ns),
            first_answer_ms=None if first_answer is None else milliseconds(first_answer),
            itl_ms=self._pace.latency(),
            tokens_per_s=self._pace.tokens_per_s(self._usage),
            truncated=self._cut or not ended,
            unfinished=self._halved or not ended,
            tool_calls=tuple(call for index, answer in by_index for call in answer.tool_calls(index)),
            choices=tuple(_apart(index, answer) for index, answer in by_index) if len(by_index) > 1 else (),
            buffered=self._arrivals.in_one_piece(self._messages, self._started_ns),
        )

    def _read(self, event: ServerEvent, happened: list[Event]) -> None:
        """Read one message; hot: 100,000 times a second."""
        if not event.data and not is_message(event):
            return
        self._messages += 1
        if self._own_way is not None:
            chunk = self._own_way(event)
        else:
            try:
                chunk = decode_chunk(event.data)
            except (msgspec.DecodeError, RecursionError):
                chunk = None
            if chunk is None or chunk.choices is None or chunk.error is not None or chunk.error_code is not None:
                chunk = self._read_patiently(event)
        if chunk is None:
            return
        if chunk.usage is not None:
            known = self._usage if self._usage and len(self._usage) < _MOST_COUNTS else {}
            self._usage = {**known, **chunk.usage}
        if chunk.choices:
            self._take(chunk, event.at_ns, happened)

    def _take(self, chunk: Chunk, at_ns: int, happened: list[Event]) -> None:
        for choice in chunk.choices or ():
            answer = self._answers.get(choice.index) or self._open(choice.index)
            part = choice.delta
            if part is None or choice.message is not None:
                part = answer.part_of(choice)
            text = part.content or part.refusal or ""
            reasoning = part.reasoning_content or part.reasoning or ""
            if choice.finish_reason:
                answer.finish_reason = whole(choice.finish_reason)
            if part.tool_calls:
                answer.call_tools(part.tool_calls)
            elif not text and not reasoning:
                continue
            answer.has_deltas = answer.has_deltas or part is choice.delta
            self._pace.mark(at_ns)
            if not answer.plain:
                text, reasoning = answer.sift(text, reasoning)
            if text or reasoning:
                happened.append(self._token(answer, choice.index, text, reasoning, at_ns))

    def _token(self, answer: Answer, index: int, text: str, reasoning: str, at_ns: int) -> Token:
        if text and self._first_answer_ns is None:
            self._first_answer_ns = at_ns
        if self._is_another:
            self._is_another = self._done = False
            answer.finish_reason = None
            text = f"{_BETWEEN}{text}" if answer.text else text
        answer.add(text, reasoning)
        return Token(at_ns=at_ns, text=text, reasoning=reasoning, choice=index)

    def _open(self, index: int) -> Answer:
        answer = self._answers[index] = Answer()
        if self._mending:
            answer.mend_from_here()
        return answer

    def _read_patiently(self, event: ServerEvent) -> Chunk | None:
        """Read a message that is not of the usual shape: the end mark, an error, another dialect, anything."""
        message = self._json_of(event)
        if not isinstance(message, dict):
            return None
        for dialect in DIALECTS:
            if chunk := dialect.read(message):
                self._is_marked = self._is_marked and dialect.marks_its_end
                return chunk
        return None

    def _read_text(self, event: ServerEvent) -> Chunk | None:
        """Read a piece of plain text."""
        return Chunk(choices=[Choice(delta=Part(content=event.data))])

    def _read_by_path(self, event: ServerEvent) -> Chunk | None:
        """Read a message whose text stands where the user says."""
        message = self._json_of(event)
        if message is None or self._text_path is None:
            return None
        usage = usage_of(message.get("usage")) if isinstance(message, dict) else None
        text = self._text_path(message)
        return Chunk(choices=[] if text is None else [Choice(delta=Part(content=text))], usage=usage)

    def _json_of(self, event: ServerEvent) -> object:
        """Return the value of a message, None when it is no JSON; take note of the end mark and of an error."""
        if event.data.lstrip().startswith("[DONE]"):
            self._done = True
            return None
        try:
            message = json.loads(event.data)
        except (ValueError, RecursionError):
            message = None
        error = find_error(message)
        if error is None and event.type == "error":
            error = described_as_error(message or event.data)
        if error is not None and self.failure is None:
            self.error, self.failure = error, failure_in_stream(error)
        if "\\u" in event.data:
            self._mend_from_here()
        return message

    def _mend_from_here(self) -> None:
        self._mending = True
        for answer in self._answers.values():
            answer.mend_from_here()


def _is_half(data: str) -> bool:
    """Tell whether a message is the beginning of a JSON object or list."""
    return data.lstrip()[:1] in ("{", "[") and not is_whole(data)


def _apart(index: int, answer: Answer) -> ChoiceSummary:
    return ChoiceSummary(index=index, text=answer.text, reasoning=answer.reasoning, finish_reason=answer.finish_reason)
