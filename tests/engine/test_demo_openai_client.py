"""The real OpenAI client talks to the demo as it would to any compatible service."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from openai import APIError, AuthenticationError, BadRequestError, NotFoundError, OpenAI

from demo_server import RunningDemo

QUESTION = [{"role": "user", "content": "Introduce the Yangtze River and its typical fish species."}]


@pytest.fixture
def openai(demo: RunningDemo) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{demo.url}/v1", api_key=demo["demo_api_key"], max_retries=0) as client:
        yield client


def test_a_whole_answer(openai: OpenAI) -> None:
    answer = openai.chat.completions.create(model="demo-chat", messages=QUESTION, seed=3, max_tokens=300)
    assert "fish" in answer.choices[0].message.content
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens


def test_a_streamed_answer_is_the_same_text(openai: OpenAI) -> None:
    whole = openai.chat.completions.create(model="demo-chat", messages=QUESTION, seed=3)
    stream = openai.chat.completions.create(
        model="demo-chat", messages=QUESTION, seed=3, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == whole.choices[0].message.content
    assert chunks[-1].usage == whole.usage
    assert chunks[-2].choices[0].finish_reason == "stop"


def test_the_chinese_answer_arrives_in_chinese(openai: OpenAI) -> None:
    answer = openai.chat.completions.create(model="demo-chat", messages=[{"role": "user", "content": "你好"}])
    assert answer.choices[0].message.content.startswith("你好")


def test_the_models_are_listed(openai: OpenAI) -> None:
    assert [model.id for model in openai.models.list()] == ["demo-chat", "demo-reasoner"]


def test_a_wrong_key_is_an_authentication_error(openai: OpenAI) -> None:
    with pytest.raises(AuthenticationError) as caught:
        openai.with_options(api_key="sk-wrong").chat.completions.create(model="demo-chat", messages=QUESTION)
    assert caught.value.code == "invalid_api_key"


def test_an_unknown_model_is_not_found(openai: OpenAI) -> None:
    with pytest.raises(NotFoundError) as caught:
        openai.chat.completions.create(model="gpt-0", messages=QUESTION)
    assert caught.value.code == "model_not_found"


def test_no_messages_are_a_bad_request(openai: OpenAI) -> None:
    with pytest.raises(BadRequestError) as caught:
        openai.chat.completions.create(model="demo-chat", messages=[])
    assert caught.value.param == "messages"


def test_an_error_inside_a_stream_is_raised_although_the_status_was_200(demo: RunningDemo) -> None:
    with OpenAI(base_url=f"{demo.url}/faults/error-in-stream?", api_key="any", max_retries=0) as client:
        stream = client.chat.completions.create(model="demo-chat", messages=QUESTION, stream=True)
        with pytest.raises(APIError, match="ran out of memory"):
            list(stream)


def test_the_eas_gateway_serves_the_same_client(demo: RunningDemo) -> None:
    base = f"{demo.url}/api/predict/chat/v1"
    with OpenAI(base_url=base, api_key=demo["demo_eas_token"], max_retries=0) as client:
        assert client.chat.completions.create(model="demo-chat", messages=QUESTION).choices[0].message.content
