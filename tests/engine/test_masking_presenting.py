"""What a stranger must not read is found in any text: secrets, hosts, projects, services, accounts."""

from __future__ import annotations

import pytest

from firstlight.model.presenting import MOST_CHARACTERS, is_telling, presentable, sensitive_spans, telling_values
from firstlight.model.secrets import MASK

HIDDEN = [
    ("https://iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens", f"https://{MASK}/v3/auth/tokens"),
    ("http://127.0.0.1:8123/echo?a=1", f"http://{MASK}/echo?a=1"),
    ("https://user:pw@example.test:8443/x", f"https://{MASK}/x"),
    ("http://[2001:db8::1]:80/x", f"http://{MASK}/x"),
    ("{{demo_url}}/v1/infers/{{iris_service}}", "{{demo_url}}/v1/infers/{{iris_service}}"),
    ("https://{{host}}/x", "https://{{host}}/x"),
    ("10.0.0.7:443 · kept", f"{MASK} · kept"),
    ("Cannot reach gateway.example.com: refused", f"Cannot reach {MASK}: refused"),
    ("localhost:8080 answered", f"{MASK} answered"),
    ("/v1/0123456789abcdef0123456789abcdef/deployments/d-17/chat/completions",
     f"/v1/{MASK}/deployments/{MASK}/chat/completions"),
    ("/v1/infers/e4f6a9b2-5d1c-4c7e-9a83-0b2d7f61c5a8/x", f"/v1/infers/{MASK}/x"),
    ("/api/predict/qwen/v1/chat/completions", f"/api/predict/{MASK}/v1/chat/completions"),
    ("X-Auth-Token: MIIabc def", f"X-Auth-Token: {MASK}"),
    ("-H 'Authorization: Bearer abc'", f"-H 'Authorization: {MASK}"),
    ('"password": "hunter2",', f'"password": "{MASK}",'),
    ('  "project_id": "p-1"', f'  "project_id": "{MASK}"'),
    ("?api_key=abc&x=1", f"?api_key={MASK}&x=1"),
    ("key sk-0123456789abcdef in a sentence", f"key {MASK} in a sentence"),
    ("HPUA1234567890ABCDEF", MASK),
    ("someone@example.org wrote", f"{MASK} wrote"),
    ("a0B1c2D3e4F5g6H7i8J9k0L1m2N3o4P5", MASK),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), HIDDEN)
def test_hosts_ids_and_secrets_are_hidden(text: str, shown: str) -> None:
    assert presentable(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "POST", "200 OK", "application/json; charset=utf-8", "The token has expired.", "rose.jpg", "HTTP/1.1",
        '{"messages": [{"role": "user", "content": "Hello"}]}', "12:34:56", "3.14", "v1.2.3", "Next: renew it.", MASK,
        "https://••••••/x", "ModelArts.0202", "10.5 ms", "TLSv1.3 · AES", "", "2 more",
    ],
)  # fmt: skip
def test_ordinary_texts_stay_readable(text: str) -> None:
    assert presentable(text) == text


def test_known_words_are_hidden_wherever_they_stand() -> None:
    assert presentable("ask alice7, alice7 knows", ["alice7"]) == f"ask {MASK}, {MASK} knows"
    assert sensitive_spans("a1c", ["a1c", "1cc"]) == [(0, 3)]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [("The password is wrong.", False), ('"wrong"', True), ("wrong", True), ("x=wrong&y", True), ("wrong path", False)],
)
def test_a_known_value_that_is_an_ordinary_word_is_hidden_where_it_is_a_value(text: str, hidden: bool) -> None:
    assert bool(sensitive_spans(text, ["wrong"])) is hidden


def test_each_line_is_looked_at_by_itself_and_a_huge_one_is_hidden_whole() -> None:
    assert presentable("Cookie: a=b\nplain") == f"Cookie: {MASK}\nplain"
    assert presentable("x" * (MOST_CHARACTERS + 1)) == MASK


def test_what_stands_under_identifying_names_is_learned() -> None:
    body = {
        "auth": {
            "identity": {"methods": ["password"], "password": {"user": {"name": "anna", "domain": {"name": "acme"}}}},
            "scope": {"project": {"name": "cn-north-4"}},
        },
        "messages": [{"role": "user", "content": "hello"}],
        "user_id": "u-9",
        "model": "qwen",
        "host": "{{host}}",
    }
    assert set(telling_values(body)) == {"anna", "acme", "cn-north-4", "u-9"}


@pytest.mark.parametrize(("value", "telling"), [("ab", False), ("abc", True), ("user", False), ("{{x}}", False)])
def test_words_that_would_hide_half_of_the_screen_are_not_learned(value: str, telling: bool) -> None:
    assert is_telling(value) is telling
