"""What the gateway has signed beside what we have: the parts that differ, and what usually makes them."""

from __future__ import annotations

import pytest

from firstlight.auth.comparing import compare, pasted

OURS = """POST
/v1/infers/7/
a=1&b=2
content-type:application/json
host:h.test
x-sdk-date:20260203T040506Z

content-type;host;x-sdk-date
""" + "0f" * 32  # fmt: skip
TO_SIGN = "SDK-HMAC-SHA256\n20260203T040506Z\n" + "ab" * 32
DERIVED = "V11-HMAC-SHA256\n20260203T040506Z\n20260203/cn-north-4/modelarts\n" + "ab" * 32


@pytest.mark.parametrize(
    ("ours", "theirs", "part", "hint"),
    [
        ("POST\n", "GET\n", "Method", "redirect"),
        ("/v1/infers/7/", "/infers/7/", "Path", "rewrites"),
        ("a=1&b=2", "a=1&b=%2B", "Parameters", "encoded"),
        ("host:h.test", "host:inner", "Header host", "name that the gateway sees"),
        ("x-sdk-date:20260203T040506Z", "x-sdk-date:20260203T040507Z", "Header x-sdk-date", "two different sendings"),
        (
            "content-type:application/json",
            "content-type:application/json; charset=utf-8",
            "Header content-type",
            "proxy",
        ),
        ("0f" * 32, "UNSIGNED-PAYLOAD", "Body", "UNSIGNED-PAYLOAD"),
        ("content-type;host;x-sdk-date", "host;content-type;x-sdk-date", "Signed headers", ""),
    ],
)
def test_each_part_that_differs_is_named_with_its_usual_reason(ours: str, theirs: str, part: str, hint: str) -> None:
    assert ours in OURS
    found = compare(OURS, TO_SIGN, OURS.replace(ours, theirs, 1))
    assert found is not None
    (only,) = found
    assert str(only.part) == part
    assert hint in str(only.hint)
    assert only.ours != only.theirs


def test_a_header_that_only_one_side_signs_is_one_difference() -> None:
    theirs = OURS.replace("host:h.test\n", "host:h.test\nuser-agent:curl\n").replace("host;", "host;user-agent;")
    found = compare(OURS, TO_SIGN, theirs)
    assert found is not None
    assert [(str(one.part), one.ours, one.theirs) for one in found] == [("Header user-agent", "", "curl")]


@pytest.mark.parametrize(
    "copied",
    [
        OURS,
        f"\r\n{OURS}\n".replace("\n", "\r\n"),
        OURS.replace("\n", "\\n"),
        OURS.replace("\n", "|"),
        f"2026/02/03 [error] 12#0: *7 [lua] x.lua:1: verify fail;canonicalRequest:{OURS}, client: 1.2.3.4",
        "\n".join(f"      {line}" for line in OURS.split("\n")),
    ],
)
def test_the_same_text_is_recognised_however_it_was_copied(copied: str) -> None:
    assert compare(OURS, TO_SIGN, copied) == []
    assert pasted(copied) == OURS


def test_strings_to_sign_are_compared_as_well() -> None:
    assert compare(OURS, TO_SIGN, TO_SIGN) == []
    found = compare(OURS, TO_SIGN, TO_SIGN.replace("0506Z", "0507Z").replace("ab" * 32, "cd" * 32))
    assert found is not None
    assert [str(one.part) for one in found] == ["Date", "Hash of the canonical request"]
    assert "compare those" in str(found[1].hint)
    found = compare(OURS, DERIVED, DERIVED.replace("cn-north-4", "cn-north-1"))
    assert found is not None
    assert [str(one.part) for one in found] == ["Region and service"]
    found = compare(OURS, DERIVED, TO_SIGN)
    assert found is not None
    assert [str(one.part) for one in found] == ["Algorithm", "Region and service", "Hash of the canonical request"]


@pytest.mark.parametrize("text", ["hello", "GET\nnowhere\n\n\n\n\n\n", "", "a|b|c|d|e|f|g"])
def test_something_else_is_not_compared(text: str) -> None:
    assert compare(OURS, TO_SIGN, text) is None
