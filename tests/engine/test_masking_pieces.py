"""A secret is hidden however the bytes arrive, and nothing else is lost, moved or added."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.cli.console import Output
from firstlight.cli.event_lines import EventLines
from firstlight.model.events import BodyReceived, Finished
from firstlight.model.masked_pieces import PieceMasker
from firstlight.model.request import Request
from firstlight.model.response import Timings
from firstlight.model.secrets import MASK, Masker

LONG = "MIItoken+of/many=characters" * 40
SECRETS = ("s3cret-öne", "abcd", "abcdefgh", "aaaaaaaaab", LONG)


def shown(pieces: list[bytes], *secrets: str) -> bytes:
    masker = PieceMasker(Masker.of(secrets))
    return b"".join([*map(masker.feed, pieces), masker.rest()])


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_that_is_cut_anywhere_is_hidden(secret: str) -> None:
    data = f"before {secret} after".encode()
    for cut in range(0, len(data), max(1, len(data) // 60)):
        assert shown([data[:cut], data[cut:]], secret).decode() == f"before {MASK} after", cut


@pytest.mark.parametrize("secret", ["s3cret-öne", "abcdefgh", "aaaaaaaaab"])
def test_a_secret_that_comes_byte_by_byte_is_hidden(secret: str) -> None:
    data = f"{secret}a {secret[:-1]} {secret}".encode()
    pieces = [data[at : at + 1] for at in range(len(data))]
    assert shown(pieces, *SECRETS).decode() == f"{MASK}a {secret[:-1]} {MASK}".replace("abcdefg ", f"{MASK}efg ")


def test_what_only_began_like_a_secret_is_told_in_the_end() -> None:
    masker = PieceMasker(Masker.of(["s3cret-one"]))
    assert masker.feed(b"all of s3cret-o") == b"all of "
    assert masker.rest() == b"s3cret-o"
    assert masker.rest() == b""


def test_a_whole_secret_is_not_cut_for_the_sake_of_another_that_may_begin_in_it() -> None:
    assert shown([b"x abcd", b"zzzz y"], "xyzabcd", "abcdabcd", "dzzzzz", "abcd").decode() == f"x {MASK}zzzz y"


def test_a_longer_secret_is_waited_for() -> None:
    assert shown([b"abcd", b"efgh"], "abcd", "abcdefgh").decode() == MASK
    assert shown([b"abcd", b"e"], "abcd", "abcdefgh").decode() == f"{MASK}e"


@given(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_without_secrets_every_byte_stays(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(data)]
    assert shown([data[a:b] for a, b in pairwise(edges) if a <= b]) == data


@given(st.lists(st.sampled_from([b"a", b"b", b"abab", b"abb", b"x"]), max_size=30))
def test_texts_that_repeat_themselves_hide_what_they_would_hide_as_a_whole(pieces: list[bytes]) -> None:
    assert b"ababb" not in shown(pieces, "ababb")
    assert shown(pieces, "ababb") == Masker.of(["ababb"]).mask_bytes(b"".join(pieces))


def test_the_events_of_a_body_hide_a_secret_that_arrives_in_two(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    lines = EventLines(Output())
    lines.begin(Request(), Masker.of(["s3cret-one"]))
    for piece in (b"told s3cr", b"et-one, then s3"):
        lines.hear(BodyReceived(at_ns=1, data=piece))
    lines.hear(Finished(at_ns=2, body_bytes=24, timings=Timings()))
    told = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [(line["kind"], line.get("bytes"), line.get("text")) for line in told] == [
        ("body", 9, "told "), ("body", 15, f"{MASK}, then "), ("body", 0, "s3"), ("finished", None, None),
    ]  # fmt: skip
