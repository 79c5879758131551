"""A secret is hidden in every shape it travels in."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

import pytest

from firstlight.model.secrets import MASK, Masker

SECRET = 'p@ss/w"örd+1'


@pytest.mark.parametrize(
    "shape",
    [SECRET, quote(SECRET, safe=""), b64encode(SECRET.encode()).decode(), SECRET.replace('"', '\\"')],
)
def test_no_shape_of_a_secret_is_readable(shape: str) -> None:
    shown = Masker.of([SECRET]).mask(f"before {shape} after")
    assert shown == f"before {MASK} after"


def test_a_longer_secret_leaves_no_tail_behind() -> None:
    assert Masker.of(["abcd", "abcdefgh"]).mask("abcdefgh") == MASK


def test_secret_headers_are_hidden_even_when_nobody_declared_them_secret() -> None:
    masker = Masker()
    assert masker.mask_header("X-Auth-Token", "MIIabc") == MASK
    assert masker.mask_header("Authorization", "Bearer abc") == f"Bearer {MASK}"
    assert masker.mask_header("Authorization", "raw-eas-token") == MASK
    assert masker.mask_header("Set-Cookie", "sid=abc; Path=/") == MASK
    assert masker.mask_header("Cookie", "sid=abc; b=2") == MASK
    assert masker.mask_header("Accept", "application/json") == "application/json"


def test_very_short_values_do_not_blank_out_the_log() -> None:
    assert Masker.of(["a"]).mask("a cat") == "a cat"
