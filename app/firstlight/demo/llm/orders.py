"""Reads the body of a chat request, which all wire shapes share but for a few limits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from starlette.requests import HTTPConnection

from firstlight.demo.chat import words
from firstlight.demo.chat.writer import Order
from firstlight.demo.llm.models import Model
from firstlight.demo.pace import pace_ms

SEED_VARIABLE = "FIRSTLIGHT_DEMO_SEED"
"""The environment variable that makes every answer of a demo repeatable, as `seed` does for one."""

_MOST_TOKENS = 4096
_TOKENS_PER_MESSAGE = 4
"""What role and separators of a message cost, as in other models' chat templates."""


class BadFieldError(ValueError):
    """A field of the body is missing or has a value that cannot be used."""

    def __init__(self, param: str, message: str) -> None:
        super().__init__(message)
        self.param = param


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """A chat request, read and checked."""

    model: Model
    order: Order
    choices: int
    stream: bool
    include_usage: bool
    pace_ms: float


def read_chat(request: HTTPConnection, payload: Mapping[str, Any], model: Model) -> ChatRequest:
    """Return the chat request in `payload`.

    Raises:
        BadFieldError: a field is missing or wrong.
    """
    messages = _messages(payload)
    most = payload.get("max_completion_tokens") or payload.get("max_tokens")
    options = payload.get("stream_options")
    order = Order(
        question=next((text for role, text in reversed(messages) if role == "user"), messages[-1][1]),
        prompt_tokens=sum(words.count(text) + _TOKENS_PER_MESSAGE for _, text in messages),
        seed=str(payload["seed"]) if payload.get("seed") is not None else os.environ.get(SEED_VARIABLE) or uuid4().hex,
        temperature=_number(payload, "temperature", 0.7, 0, 2),
        max_tokens=400 if most is None else int(_between("max_tokens", most, 1, _MOST_TOKENS)),
        stop=_stop(payload.get("stop")),
        reasoning=model.reasoning,
    )
    return ChatRequest(
        model=model,
        order=order,
        choices=int(_number(payload, "n", 1, 1, 4)),
        stream=payload.get("stream") is True,
        include_usage=isinstance(options, dict) and options.get("include_usage") is True,
        pace_ms=pace_ms(request, payload),
    )


def _messages(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (role, text) of each message; a missing role is the user's."""
    messages = payload.get("messages")
    if messages is None:
        raise BadFieldError("messages", "Missing required parameter: 'messages'.")
    if not isinstance(messages, list) or not messages:
        raise BadFieldError("messages", "'messages' must be a list with at least one message.")
    return [_message(position, message) for position, message in enumerate(messages)]


def _message(position: int, message: object) -> tuple[str, str]:
    path = f"messages[{position}]"
    if not isinstance(message, dict):
        raise BadFieldError(path, f"'{path}' must be an object with role and content.")
    content = message.get("content")
    if isinstance(content, list):
        texts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text"]
        content = "\n".join(text for text in texts if isinstance(text, str))
    if not isinstance(content, str):
        raise BadFieldError(f"{path}.content", f"'{path}.content' must be a text.")
    return str(message.get("role", "user")), content


def _number(payload: Mapping[str, Any], name: str, default: float, lowest: float, highest: float) -> float:
    value = payload.get(name)
    return default if value is None else _between(name, value, lowest, highest)


def _between(name: str, value: object, lowest: float, highest: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= highest:
        raise BadFieldError(name, f"'{name}' must be a number from {lowest:g} to {highest:g}.")
    return value


def _stop(value: object) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    return tuple(stop for stop in given if isinstance(stop, str) and stop) if isinstance(given, list) else ()
