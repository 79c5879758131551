"""Lets the chat model go on from a plain prompt, for servers that know no messages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from firstlight.demo.chat.writer import Answer
from firstlight.demo.llm.completion import nap
from firstlight.demo.llm.models import CHAT
from firstlight.demo.llm.orders import BadFieldError, read_chat
from firstlight.demo.pace import FIRST_TOKEN_PACES
from firstlight.demo.serving.bodies import Refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One answer that is about to be written."""

    answer: Answer
    pace_ms: float

    async def texts(self) -> AsyncIterator[str]:
        """Yield the answer piece by piece; waits only before the first one."""
        await nap(self.pace_ms * FIRST_TOKEN_PACES)
        for _, text in self.answer.pieces():
            yield text


def read_prompt(request: Request, prompt: str, given: Mapping[str, object], length: str, refuse: Refuse) -> Writing:
    """Return the writing that a prompt and its parameters ask for; `length` is what the server calls max_tokens."""
    wanted = {name: given[name] for name in ("temperature", "seed", "stop") if given.get(name) is not None}
    if given.get(length) is not None:
        wanted["max_tokens"] = given[length]
    payload = {**wanted, "messages": [{"role": "user", "content": prompt}]}
    try:
        chat = read_chat(request, payload, CHAT)
    except BadFieldError as error:
        raise refuse(422, str(error)) from error
    return Writing(answer=Answer(chat.order), pace_ms=chat.pace_ms)
