"""A URL that stands for its request shows no secret."""

from __future__ import annotations

import pytest

from firstlight.model.request import Request
from firstlight.model.shown_url import shown_url
from firstlight.model.urls import with_typed_url


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("http://127.0.0.1/x?a=1&b", "http://127.0.0.1/x?a=1&b"),
        ("http://user:pass@host/x", "http://user:••••••@host/x"),
        ("http://user:{{secret:p}}@host/x", "http://user:{{secret:p}}@host/x"),
        ("http://host/?API_KEY=abc&a=1", "http://host/?API_KEY=••••••&a=1"),
        ("http://host/?token={{t}}&sig=", "http://host/?token={{t}}&sig="),
        ("", ""),
    ],
)
def test_what_is_secret_is_masked(typed: str, shown: str) -> None:
    assert shown_url(with_typed_url(Request(), typed)) == shown
