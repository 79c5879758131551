"""What a person sees who talks to the demo's chat model over each vendor's wire."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from demo_server import RunningDemo
from firstlight.demo import accounts
from firstlight.demo.llm.models import CHAT, REASONER

V1 = f"/v1/{accounts.HOME.id}/deployments/{CHAT.deployment_id}/chat/completions"
V2 = "/api/v2/chat/completions"
OPENAI = "/v1/chat/completions"
MESSAGES = [{"role": "user", "content": "Introduce the Yangtze River."}]


@pytest.fixture
def client(demo: RunningDemo) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=demo.url, trust_env=False) as client:
        yield client


def bearer(demo: RunningDemo) -> dict[str, str]:
    return {"Authorization": f"Bearer {demo['demo_api_key']}"}


def ask(client: httpx.Client, demo: RunningDemo, **fields: Any) -> dict[str, Any]:
    body = {"model": "demo-chat", "messages": MESSAGES, "seed": 1, **fields}
    answer = client.post(OPENAI, json=body, headers=bearer(demo))
    assert answer.status_code == 200, answer.text
    return answer.json()


def text_of(answer: dict[str, Any]) -> str:
    return answer["choices"][0]["message"]["content"]


def test_the_answer_is_about_the_question_and_in_its_language(client: httpx.Client, demo: RunningDemo) -> None:
    assert "river" in text_of(ask(client, demo)).lower()
    chinese = text_of(ask(client, demo, messages=[{"role": "user", "content": "介绍一下长江和它的鱼"}]))
    assert "长江" in chinese
    assert not any("a" <= letter <= "z" for letter in chinese)


def test_the_same_seed_gives_the_same_answer_and_others_differ(client: httpx.Client, demo: RunningDemo) -> None:
    texts = {seed: text_of(ask(client, demo, seed=seed, temperature=1.5)) for seed in range(6)}
    assert text_of(ask(client, demo, seed=0, temperature=1.5)) == texts[0]
    assert len(set(texts.values())) > 1
    assert len({text_of(ask(client, demo, seed=seed, temperature=0, max_tokens=9)) for seed in range(4)}) == 1


def test_max_tokens_ends_the_answer_with_length(client: httpx.Client, demo: RunningDemo) -> None:
    answer = ask(client, demo, max_tokens=5)
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"] == {"prompt_tokens": 9, "completion_tokens": 5, "total_tokens": 14}
    assert ask(client, demo)["choices"][0]["finish_reason"] == "stop"


def test_a_stop_sequence_ends_the_answer_before_it(client: httpx.Client, demo: RunningDemo) -> None:
    whole, cut = text_of(ask(client, demo)), text_of(ask(client, demo, stop=["."]))
    assert cut
    assert "." not in cut
    assert whole.startswith(cut)


def test_the_last_question_counts_and_content_may_come_in_parts(client: httpx.Client, demo: RunningDemo) -> None:
    parts = [{"type": "text", "text": "What is a telescope?"}]
    messages = [*MESSAGES, {"role": "assistant", "content": "…"}, {"role": "user", "content": parts}]
    assert "telescope" in text_of(ask(client, demo, messages=messages))


def test_several_choices_differ(client: httpx.Client, demo: RunningDemo) -> None:
    answer = ask(client, demo, n=3, temperature=1.9)
    assert [choice["index"] for choice in answer["choices"]] == [0, 1, 2]
    assert len({choice["message"]["content"] for choice in answer["choices"]}) > 1


@pytest.mark.parametrize(
    ("headers", "fields", "status", "code"),
    [
        ({}, {}, 401, "missing_api_key"),
        ({"Authorization": "Bearer sk-wrong"}, {}, 401, "invalid_api_key"),
        ({"Authorization": accounts.API_KEY}, {}, 401, "invalid_api_key"),
        (None, {"model": "gpt-0"}, 404, "model_not_found"),
        (None, {"model": None}, 400, None),
        (None, {"messages": None}, 400, "invalid_value"),
        (None, {"messages": []}, 400, "invalid_value"),
        (None, {"messages": [{"role": "user"}]}, 400, "invalid_value"),
        (None, {"messages": ["hello"]}, 400, "invalid_value"),
        (None, {"temperature": 3}, 400, "invalid_value"),
        (None, {"max_tokens": "many"}, 400, "invalid_value"),
        (None, {"n": True}, 400, "invalid_value"),
    ],
)
def test_a_bad_openai_request_is_told(
    client: httpx.Client,
    demo: RunningDemo,
    headers: dict[str, str] | None,
    fields: dict[str, Any],
    status: int,
    code: str | None,
) -> None:
    body = {"model": "demo-chat", "messages": MESSAGES, **fields}
    answer = client.post(OPENAI, json=body, headers=bearer(demo) if headers is None else headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_broken_json_is_told_over_each_wire(client: httpx.Client, demo: RunningDemo) -> None:
    for url in (OPENAI, V2):
        answer = client.post(url, content=b"{", headers=bearer(demo))
        assert (answer.status_code, "line 1" in answer.text) == (400, True)


def events(answer: httpx.Response, prefix: str) -> list[dict[str, Any]]:
    """Return the chunks of a stream whose every line starts with exactly `prefix` and which ends with [DONE]."""
    assert answer.headers["content-type"].lower().replace(" ", "") == "text/event-stream;charset=utf-8"
    *lines, last = [line for line in answer.text.split("\n") if line]
    assert last == f"{prefix}[DONE]"
    assert all(line.startswith(f"{prefix}{{") for line in lines)
    return [json.loads(line.removeprefix(prefix)) for line in lines]


def joined(chunks: list[dict[str, Any]], key: str, field: str = "content") -> str:
    return "".join(chunk["choices"][0][key].get(field) or "" for chunk in chunks if chunk["choices"])


def test_an_openai_stream_ends_with_a_usage_chunk_when_asked(client: httpx.Client, demo: RunningDemo) -> None:
    body = {"model": "demo-chat", "messages": MESSAGES, "seed": 1, "stream": True}
    plain = events(client.post(OPENAI, json=body, headers=bearer(demo)), "data: ")
    body["stream_options"] = {"include_usage": True}
    chunks = events(client.post(OPENAI, json=body, headers=bearer(demo)), "data: ")
    assert joined(chunks, "delta") == joined(plain, "delta") == text_of(ask(client, demo))
    assert not any("usage" in chunk for chunk in plain)
    assert [chunk["usage"] for chunk in chunks[:-1]] == [None] * (len(chunks) - 1)
    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"]["completion_tokens"] == len(chunks) - 3
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}


def test_a_reasoner_thinks_apart_from_its_answer(client: httpx.Client, demo: RunningDemo) -> None:
    body = {"model": "demo-reasoner", "messages": MESSAGES, "seed": 1, "stream": True}
    chunks = events(client.post(OPENAI, json=body, headers=bearer(demo)), "data: ")
    thought = joined(chunks, "delta", "reasoning_content")
    assert "yangtze" in thought
    whole = ask(client, demo, model="demo-reasoner")
    assert whole["choices"][0]["message"]["reasoning_content"] == thought
    assert whole["usage"]["completion_tokens_details"]["reasoning_tokens"] > 5
    chinese = ask(client, demo, model="demo-reasoner", messages=[{"role": "user", "content": "长江"}])
    assert "长江" in chinese["choices"][0]["message"]["reasoning_content"]


def test_pangu_v1_streams_messages_without_a_blank_and_with_usage(client: httpx.Client, demo: RunningDemo) -> None:
    body = {"messages": [{"content": "Introduce the Yangtze River."}], "seed": 1, "stream": True}
    answer = client.post(V1, json=body, headers={"X-Auth-Token": demo["demo_token"]})
    chunks = events(answer, "data:")
    assert all("delta" not in chunk["choices"][0] for chunk in chunks)
    assert chunks[0]["choices"][0]["message"] == {"role": "assistant"}
    assert joined(chunks, "message") == text_of(ask(client, demo))
    counts = [chunk["usage"]["completion_tokens"] for chunk in chunks]
    assert counts == sorted(counts)
    assert counts[-1] == len(chunks) - 2
    assert answer.headers["x-request-id"]


def test_pangu_v1_takes_the_key_raw_and_v2_after_bearer(client: httpx.Client, demo: RunningDemo) -> None:
    first = client.post(V1, json={"messages": MESSAGES}, headers={"X-Apig-AppCode": demo["demo_api_key"]})
    second = client.post(V2, json={"model": "demo-chat", "messages": MESSAGES}, headers=bearer(demo))
    for answer in (first, second):
        assert answer.status_code == 200
        assert answer.json()["prompt_logprobs"] is None
        assert answer.json()["choices"][0]["stop_reason"] is None


def test_pangu_v2_streams_deltas_with_usage_at_the_end(client: httpx.Client, demo: RunningDemo) -> None:
    body = {"model": "demo-reasoner", "messages": MESSAGES, "stream": True}
    chunks = events(client.post(V2, json=body, headers=bearer(demo)), "data: ")
    assert joined(chunks, "delta", "reasoning_content")
    assert ["usage" in chunk for chunk in chunks] == [False] * (len(chunks) - 1) + [True]


REASONER_V1 = V1.replace(CHAT.deployment_id, REASONER.deployment_id)
WRONG_DEPLOYMENT = V1.replace(CHAT.deployment_id, "nothing")
WRONG_PROJECT = V1.replace(accounts.HOME.id, accounts.LAB.id)


@pytest.mark.parametrize(
    ("url", "header", "value", "fields", "expected"),
    [
        (V1, "X-Other", "", {}, (401, "PANGU.0012")),
        (V1, "Authorization", "Bearer demo_api_key", {}, (401, "PANGU.0012")),
        (V1, "X-Apig-AppCode", "Bearer demo_api_key", {}, (401, "APIG.0303")),
        (V1, "X-Auth-Token", "garbage", {}, (401, "APIG.0301")),
        (V1, "X-Auth-Token", "demo_expired_token", {}, (401, "APIG.0307")),
        (V1, "X-Auth-Token", "demo_domain_token", {}, (401, "PANGU.0011")),
        (V1, "X-Auth-Token", "demo_other_project_token", {}, (401, "PANGU.0011")),
        (WRONG_PROJECT, "X-Auth-Token", "demo_other_project_token", {}, (404, "PANGU.3254")),
        (WRONG_DEPLOYMENT, "X-Auth-Token", "demo_token", {}, (404, "PANGU.3254")),
        (V1, "X-Auth-Token", "demo_token", {"messages": None}, (400, "PANGU.0010")),
        (V1, "X-Auth-Token", "demo_token", {"max_tokens": 99_999}, (400, "PANGU.3317")),
        (V1, "X-Auth-Token", "demo_token", {"n": 3}, (400, "PANGU.3320")),
        (V1, "X-Auth-Token", "demo_token", {"n": 2, "stream": True}, (400, "PANGU.3321")),
        (V2, "X-Other", "", {}, (401, "PANGU.0012")),
        (V2, "X-Auth-Token", "demo_token", {}, (401, "PANGU.0012")),
        (V2, "X-Apig-AppCode", "demo_api_key", {}, (401, "PANGU.0012")),
        (V2, "Authorization", "demo_api_key", {}, (401, "PANGU.0011")),
        (V2, "Authorization", "Bearer demo_api_key", {"model": "pangu"}, (404, "PANGU.3254")),
    ],
)
def test_a_bad_pangu_request_has_its_code(
    client: httpx.Client,
    demo: RunningDemo,
    url: str,
    header: str,
    value: str,
    fields: dict[str, Any],
    expected: tuple[int, str],
) -> None:
    scheme, _, name = value.rpartition(" ")
    given = f"{scheme} {demo.credentials.get(name, name)}".strip()
    answer = client.post(url, json={"messages": MESSAGES, **fields}, headers={header: given})
    assert (answer.status_code, answer.json()["error_code"]) == expected
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_pangu_names_a_missing_parameter(client: httpx.Client, demo: RunningDemo) -> None:
    for url, headers in ((REASONER_V1, {"X-Auth-Token": demo["demo_token"]}), (V2, bearer(demo))):
        assert client.post(url, json={"stream": True}, headers=headers).json()["error_code"] == "PANGU.3278"


def test_half_a_character_in_a_question_is_no_trouble(client: httpx.Client, demo: RunningDemo) -> None:
    content = b'{"model": "demo-chat", "messages": [{"role": "user", "content": "a star \\ud83d?"}]}'
    answer = client.post(OPENAI, content=content, headers=bearer(demo))
    assert answer.status_code == 200
    assert answer.json()["choices"][0]["message"]["content"]


def test_ollama_streams_lines_and_counts_nanoseconds(client: httpx.Client) -> None:
    body = {"model": "demo-chat", "messages": MESSAGES, "options": {"seed": 1}}
    answer = client.post("/api/chat", json=body)
    assert answer.headers["content-type"] == "application/x-ndjson"
    *lines, last = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["done"] for line in (*lines, last)] == [False] * len(lines) + [True]
    assert (last["done_reason"], last["eval_count"]) == ("stop", len(lines))
    assert last["total_duration"] >= last["eval_duration"] >= 0
    whole = client.post("/api/chat", json={**body, "stream": False}).json()
    assert whole["message"]["content"] == "".join(line["message"]["content"] for line in lines)


def test_ollama_thinks_in_a_field_of_its_own(client: httpx.Client) -> None:
    body = {"model": "demo-reasoner", "messages": MESSAGES, "stream": False, "options": {"num_predict": 12}}
    answer = client.post("/api/chat", json=body).json()
    assert answer["message"]["thinking"]
    assert answer["done_reason"] == "length"


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b'{"model": "llama"}', 404),
        (b'{"model": "half a \\ud83d character"}', 404),
        (b'{"model": ' + b"9" * 5000 + b"}", 400),
        (b'{"model": "demo-chat"}', 400),
    ],
)
def test_ollama_tells_errors_as_a_text(client: httpx.Client, content: bytes, status: int) -> None:
    answer = client.post("/api/chat", content=content)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])


CLAUDE = {"model": "demo-chat", "max_tokens": 40, "messages": MESSAGES, "seed": 1}
LOOK = {"name": "look", "input_schema": {"properties": {"query": {"type": "string"}}}}


def messages(client: httpx.Client, demo: RunningDemo, **fields: Any) -> httpx.Response:
    return client.post("/v1/messages", json={**CLAUDE, **fields}, headers={"x-api-key": demo["demo_api_key"]})


@pytest.mark.parametrize("model", ["demo-chat", "demo-reasoner"])
def test_anthropic_streams_what_it_says_whole(client: httpx.Client, demo: RunningDemo, model: str) -> None:
    whole = messages(client, demo, model=model).json()
    lines = messages(client, demo, model=model, stream=True).text.splitlines()
    events = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]
    assert [f"event: {event['type']}" for event in events] == [line for line in lines if line.startswith("event: ")]
    deltas = [event["delta"] for event in events if event["type"] == "content_block_delta"]
    for block in whole["content"]:
        kind = block["type"]
        assert "".join(delta.get(kind, "") for delta in deltas) == block[kind]
    assert events[-2]["usage"]["output_tokens"] == whole["usage"]["output_tokens"]
    assert events[-2]["delta"]["stop_reason"] == whole["stop_reason"]


def test_anthropic_calls_a_tool_that_it_is_given(client: httpx.Client, demo: RunningDemo) -> None:
    whole = messages(client, demo, tools=[LOOK]).json()
    question = MESSAGES[-1]["content"]
    assert whole["stop_reason"] == "tool_use"
    assert [(block["name"], block["input"]) for block in whole["content"]] == [("look", {"query": question})]
    assert messages(client, demo, tools=[{"name": "odd"}]).json()["content"][0]["type"] == "text"


def test_anthropic_tells_errors_in_its_own_shape(client: httpx.Client, demo: RunningDemo) -> None:
    assert client.post("/v1/messages", json=CLAUDE).json()["error"]["type"] == "authentication_error"
    assert messages(client, demo, model="gone").json()["error"]["type"] == "not_found_error"
    assert messages(client, demo, messages=[]).json()["error"]["type"] == "invalid_request_error"
    short = {key: value for key, value in CLAUDE.items() if key != "max_tokens"}
    answer = client.post("/v1/messages", json=short, headers={"x-api-key": demo["demo_api_key"]})
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "max_tokens: Field required")


def test_pieces_say_the_same_as_an_array_and_as_text(client: httpx.Client) -> None:
    body = {"prompt": "What is a token?", "seed": 1, "max_tokens": 20}
    *values, last = client.post("/pieces/array", json=body).json()
    text = client.post("/pieces/text", json=body)
    assert text.headers["content-type"].startswith("text/plain")
    assert "".join(value["output"]["text"] for value in values) == text.text
    assert last["usage"]["output_tokens"] == len(values)
    assert client.post("/pieces/text", content=b"{").status_code == 400


def test_models_are_listed(client: httpx.Client, demo: RunningDemo) -> None:
    models = client.get("/v1/models", headers=bearer(demo)).json()["data"]
    assert [model["id"] for model in models] == ["demo-chat", "demo-reasoner"]
    assert client.get("/v1/models").status_code == 401
    assert [model["name"] for model in client.get("/api/tags").json()["models"]] == ["demo-chat", "demo-reasoner"]


def test_the_pace_can_be_asked_for(client: httpx.Client, demo: RunningDemo) -> None:
    """The slowest pace lets a client see single tokens; a token of the first second is enough to know."""
    body = {"model": "demo-chat", "messages": MESSAGES, "stream": True, "demo_pace_ms": 5}
    with client.stream("POST", OPENAI, json=body, headers=bearer(demo)) as answer:
        pieces = [piece for piece in answer.iter_raw() if piece]
    assert len(pieces) > 10
