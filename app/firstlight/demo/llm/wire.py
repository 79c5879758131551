"""How an answer of the chat model looks on the wire: whole, and in chunks. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import time
from typing import Any, Literal
from uuid import uuid4

from firstlight.demo.chat.writer import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """The differences between the vendors' shapes (VENDORS §4.4, §6)."""

    id_prefix: str
    event_prefix: str
    """`data: ` or, at Pangu V1, `data:` without a blank."""
    increment: Literal["delta", "message"]
    """The key of a chunk's choice that holds the new piece."""
    usage: Literal["when asked", "in each chunk", "in the last chunk"]
    media_type: str
    extras: tuple[tuple[str, Any], ...] = ()
    """Further keys of a whole answer."""
    plain: bool = False
    """It goes on from a prompt: each choice holds its text itself, there is no message and no role."""


OPENAI = Wire(
    id_prefix="chatcmpl-",
    event_prefix="data: ",
    increment="delta",
    usage="when asked",
    media_type="text/event-stream; charset=utf-8",
    extras=(("system_fingerprint", "fp_first_light"),),
)
PANGU_V1 = Wire(
    id_prefix="chat-",
    event_prefix="data:",
    increment="message",
    usage="in each chunk",
    media_type="text/event-stream;charset=UTF-8",
    extras=(("prompt_logprobs", None),),
)
PANGU_TEXT = replace(PANGU_V1, id_prefix="cmpl-", plain=True)
PANGU_V2 = Wire(
    id_prefix="chat-",
    event_prefix="data: ",
    increment="delta",
    usage="in the last chunk",
    media_type="text/event-stream;charset=UTF-8",
    extras=(("prompt_logprobs", None),),
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The fields that all messages of one answer share."""

    wire: Wire
    model: str
    created: int = field(default_factory=lambda: int(time()))
    number: str = field(default_factory=lambda: uuid4().hex)

    def _head(self, kind: str) -> dict[str, Any]:
        identity = f"{self.wire.id_prefix}{self.number}"
        kind = "text_completion" if self.wire.plain else kind
        return {"id": identity, "object": kind, "created": self.created, "model": self.model}

    def whole(self, answers: Sequence[Answer]) -> dict[str, Any]:
        """Return the whole answer; the answers are written to their ends first."""
        choices = [self._shaped(_choice(answer), "message") for answer in answers]
        head = self._head("chat.completion")
        return {**head, "choices": choices, "usage": usage(answers), **dict(self.wire.extras)}

    def chunk(self, choice: dict[str, Any] | None, counts: dict[str, Any] | None, *, with_usage: bool) -> bytes:
        """Return one SSE event; `with_usage` writes the key even while it is null."""
        return self.event(self.chunk_text(choice, counts, with_usage=with_usage))

    def chunk_text(self, choice: dict[str, Any] | None, counts: dict[str, Any] | None, *, with_usage: bool) -> str:
        """Return one chunk as JSON."""
        payload = {
            **self._head("chat.completion.chunk"),
            "choices": [] if choice is None else [self._shaped(choice, self.wire.increment)],
        }
        if with_usage or counts is not None:
            payload["usage"] = counts
        return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))

    def _shaped(self, choice: dict[str, Any], key: str) -> dict[str, Any]:
        """Return a choice as the wire has it; `key` holds its message."""
        if not self.wire.plain:
            return choice
        rest = {name: value for name, value in choice.items() if name != key}
        return {**rest, "text": choice[key].get("content") or ""}

    def event(self, data: str) -> bytes:
        """Return one SSE event with this data."""
        return f"{self.wire.event_prefix}{data}\n\n".encode()


def _choice(answer: Answer) -> dict[str, Any]:
    pieces = list(answer.pieces())
    message: dict[str, Any] = {"role": "assistant", "content": "".join(text for _, text in pieces)}
    if answer.order.reasoning:
        message["reasoning_content"] = "".join(reasoning for reasoning, _ in pieces)
    return {
        "index": answer.choice, "message": message, "logprobs": None,
        "finish_reason": answer.finish_reason, "stop_reason": None,
    }  # fmt: skip


def usage(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return the token counts so far; the prompt counts once."""
    prompt = answers[0].order.prompt_tokens
    completion = sum(answer.completion_tokens for answer in answers)
    counts: dict[str, Any] = {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }
    if answers[0].order.reasoning:
        thought = sum(answer.reasoning_tokens for answer in answers)
        counts["completion_tokens_details"] = {"reasoning_tokens": thought}
    return counts
