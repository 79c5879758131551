"""Against real model servers, with OpenAI's own client as the judge: what we joined from a stream is what it joined."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from openai import OpenAI
from peers import peer
from servers import collect, run

from firstlight.model.events import Token
from firstlight.model.exchange import Exchange
from firstlight.model.request import Authorization, Body, Request, RequestSettings

KEY = "sk-test"
QUESTION = "Tell me of the 望远镜, the moon and everything."


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    with peer("llmock") as url:
        yield url


@pytest.fixture(scope="module")
def llama() -> Iterator[str]:
    with peer("llama", "xllamacpp") as url:
        yield url


@pytest.fixture
def breaks(mock: str) -> Iterator[Any]:
    """Give what lets the mock break in one way, once."""

    def order(**behaviour: Any) -> None:
        httpx.post(f"{mock}/_llmock/scenario", json={"behaviors": [behaviour]}, trust_env=False).raise_for_status()

    yield order
    httpx.post(f"{mock}/_llmock/reset", trust_env=False)


def asked(url: str, **more: Any) -> tuple[Exchange, list[Any]]:
    message = {"model": "gpt-4o", "messages": [{"role": "user", "content": QUESTION}], **more}
    settings = RequestSettings(idle_timeout_s=more.pop("patience_s", 10.0))
    message.pop("patience_s", None)
    body = Body(kind="raw", text=json.dumps(message))
    authorization = Authorization(kind="bearer", values={"token": KEY})
    request = Request(
        method="POST", url=f"{url}/v1/chat/completions", body=body, authorization=authorization, settings=settings
    )
    return run(collect(request))


def streamed(url: str, **more: Any) -> Exchange:
    usage = {"include_usage": True}
    outcome, events = asked(url, stream=True, stream_options=usage, temperature=0, max_tokens=24, **more)
    assert outcome.stream is None or "".join(e.text for e in events if isinstance(e, Token)) == outcome.stream.text
    return outcome


def judge(url: str) -> OpenAI:
    return OpenAI(base_url=f"{url}/v1", api_key=KEY, max_retries=0, http_client=httpx.Client(trust_env=False))


def as_the_client_joins_it(url: str) -> tuple[str, str | None, int]:
    """Return text, finish reason and completion tokens as OpenAI's client gives them."""
    text, finish, tokens = "", None, 0
    with judge(url) as client:
        stream = client.chat.completions.create(
            model="gpt-4o", messages=[{"role": "user", "content": QUESTION}], stream=True, temperature=0, max_tokens=24,
            stream_options={"include_usage": True},
        )  # fmt: skip
        for chunk in stream:
            tokens = chunk.usage.completion_tokens if chunk.usage else tokens
            for choice in chunk.choices:
                text += choice.delta.content or ""
                finish = choice.finish_reason or finish
    return text, finish, tokens


@pytest.mark.parametrize("server", ["mock", "llama"])
def test_the_text_is_what_the_client_of_openai_joins(server: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(server)
    outcome = streamed(url)
    assert outcome.failure is None
    assert outcome.stream is not None
    ours = (outcome.stream.text, outcome.stream.finish_reason, (outcome.stream.usage or {}).get("completion_tokens"))
    assert ours == as_the_client_joins_it(url)
    assert outcome.stream.text
    assert not outcome.stream.truncated
    assert outcome.stream.ttft_ms is not None


@pytest.mark.parametrize("server", ["mock", "llama"])
def test_an_answer_that_does_not_stream(server: str, request: pytest.FixtureRequest) -> None:
    outcome, _ = asked(request.getfixturevalue(server), temperature=0, max_tokens=8)
    assert outcome.response is not None
    assert outcome.response.status == 200
    assert json.loads(outcome.response.body)["choices"][0]["message"]["content"]


def test_llama_generates_as_many_tokens_as_were_allowed(llama: str) -> None:
    outcome = streamed(llama)
    assert outcome.stream is not None
    assert outcome.stream.finish_reason == "length"
    assert outcome.stream.usage is not None
    assert outcome.stream.usage["completion_tokens"] == 24
    assert outcome.stream.itl_ms is not None
    assert sys.getsizeof(outcome.stream.text) > 24


def test_llama_has_a_dialect_of_its_own_too(llama: str) -> None:
    """Its /completion streams `content` and `stop`, with the JSONPath to the text of the request's settings."""
    body = Body(kind="raw", text=json.dumps({"prompt": "the moon", "n_predict": 6, "stream": True, "temperature": 0}))
    settings = RequestSettings(stream_text_path="$.content")
    outcome, _ = run(collect(Request(method="POST", url=f"{llama}/completion", body=body, settings=settings)))
    assert outcome.failure is None
    assert outcome.stream is not None
    assert len(outcome.stream.text.split()) == 6


def test_llama_refuses_in_openai_s_shape(llama: str) -> None:
    body = Body(kind="raw", text='{"messages": "none"}')
    outcome, _ = run(collect(Request(method="POST", url=f"{llama}/v1/chat/completions", body=body)))
    assert outcome.response is not None
    assert outcome.response.status == 400
    assert json.loads(outcome.response.body)["error"]["type"] == "invalid_request_error"


def test_a_stream_that_is_dropped_is_a_failure_with_what_came(mock: str, breaks: Any) -> None:
    breaks(type="stream_fault", kind="disconnect", after_chunks=3)
    outcome = streamed(mock)
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) in {("read", "truncated-body"), ("read", "connection-reset")}
    assert outcome.stream is not None
    assert outcome.stream.text


def test_a_stream_that_stalls_meets_the_idle_timeout(mock: str, breaks: Any) -> None:
    breaks(type="stream_fault", kind="stall", after_chunks=2, stall_seconds=5)
    outcome = streamed(mock, patience_s=0.3)
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("read", "idle-timeout")
    assert outcome.stream is not None
    assert outcome.stream.text


def test_a_stream_that_ends_early_has_no_finish_reason(mock: str, breaks: Any) -> None:
    whole = streamed(mock).stream
    breaks(type="stream_fault", kind="truncate", after_chunks=3)
    outcome = streamed(mock)
    assert outcome.stream is not None
    assert whole is not None
    assert (whole.finish_reason, outcome.stream.finish_reason) == ("stop", None)
    assert whole.text.startswith(outcome.stream.text)


def test_a_message_that_is_no_json_stops_nothing(mock: str, breaks: Any) -> None:
    breaks(type="stream_fault", kind="malformed", after_chunks=2)
    outcome = streamed(mock)
    assert outcome.stream is not None
    assert outcome.stream.text


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_refusal_is_shown_and_never_repeated(mock: str, breaks: Any, status: int) -> None:
    breaks(type="fail", status=status)
    outcome = streamed(mock)
    assert outcome.response is not None
    assert outcome.response.status == status
    assert json.loads(outcome.response.body)["error"]["message"]
