"""The parts of the demo that compute: token mint, classifier, chat model."""

from __future__ import annotations

import csv
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.demo.chat.words import is_chinese, split, topics
from firstlight.demo.chat.writer import Answer, Order
from firstlight.demo.iris.service import FEATURES, model
from firstlight.demo.tokens import TokenMint, UnreadableTokenError
from firstlight.resources import resource_path


def test_a_token_says_what_was_put_into_it_until_its_time_is_over() -> None:
    now = [time.time()]
    mint = TokenMint(lambda: now[0])
    claims = mint.read(mint.issue(user_id="u", scope="project", project_id="p", valid_s=60))
    assert (claims.user_id, claims.scope, claims.project_id) == ("u", "project", "p")
    assert not mint.expired(claims)
    now[0] += 60
    assert mint.expired(claims)


def test_another_demo_does_not_know_the_token() -> None:
    with pytest.raises(UnreadableTokenError):
        TokenMint().read(TokenMint().issue(user_id="u", scope="global"))


@given(st.floats(0, 1), st.sampled_from("Aa0+-/=é\n"))
def test_a_token_with_any_changed_character_is_unreadable(share: float, letter: str) -> None:
    mint = TokenMint()
    token = mint.issue(user_id="u", scope="global")
    place = round(share * (len(token) - 1))
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        with pytest.raises(UnreadableTokenError):
            mint.read(changed)


@given(st.text(max_size=80))
def test_no_text_that_is_not_a_token_passes(text: str) -> None:
    with pytest.raises(UnreadableTokenError):
        TokenMint().read(text)


def test_the_iris_model_has_learnt_its_flowers() -> None:
    with resource_path("demo", "iris.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # The sums that Fisher's table of 1936 gives per kind and column, in millimetres.
    sums = {
        kind: [round(sum(float(row[name]) for row in rows if row["species"] == kind) * 10) for name in FEATURES]
        for kind in ("setosa", "versicolor", "virginica")
    }
    assert sums == {
        "setosa": [2503, 1714, 731, 123],
        "versicolor": [2968, 1385, 2130, 663],
        "virginica": [3294, 1487, 2776, 1013],
    }
    chances = [model().probabilities([float(row[name]) for name in FEATURES]) for row in rows]
    right = [max(chance, key=chance.__getitem__) == row["species"] for chance, row in zip(chances, rows, strict=True)]
    assert (len(rows), sum(right)) == (150, 144)


@given(st.text())
def test_the_pieces_of_a_text_give_it_back(text: str) -> None:
    assert "".join(split(text)) == text


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("Hello", False),
        ("你好", True),
        ("What does 你 mean in English?", False),
        ("用 Python 写一段代码，好吗", True),
        ("", False),
    ],
)
def test_the_language_of_a_question_is_heard(text: str, chinese: bool) -> None:
    assert is_chinese(text) is chinese


def test_common_words_are_no_subject_unless_there_is_nothing_else() -> None:
    assert topics("Please tell me about the rivers") == ["river"]
    assert topics("Who are you") == ["who", "are", "you"]
    assert topics("你好") == ["你好"]


@given(st.text(max_size=60), st.sampled_from([0.0, 0.7, 2.0]), st.integers(1, 40))
def test_any_question_gets_an_answer_within_its_limit(question: str, temperature: float, most: int) -> None:
    order = Order(question=question, prompt_tokens=1, seed="s", temperature=temperature, max_tokens=most)
    answer, again = Answer(order), Answer(order)
    pieces = list(answer.pieces())
    assert pieces == list(again.pieces())
    assert 0 < len(pieces) == answer.completion_tokens <= most
    assert answer.finish_reason in {"stop", "length"}


def test_the_likeliest_words_do_not_go_round_in_circles() -> None:
    for question in ("What is first light?", "hello", "Why is the sky blue?", "写一首关于秋天的诗", "你是谁？"):
        answer = Answer(Order(question=question, prompt_tokens=1, seed="1", temperature=0))
        text = "".join(piece for _, piece in answer.pieces())
        assert answer.finish_reason == "stop", text
        assert text[-1] in ".!?。！？"
