"""What is read from the head of an answer, and the words for its status."""

from __future__ import annotations

import pytest

from firstlight.model.response import MetaUuid, Response, reason_phrase


def answered(*headers: tuple[str, str]) -> Response:
    return Response(status=200, reason="OK", http_version="HTTP/1.1", headers=headers, body=b"")


def test_a_header_is_found_in_any_spelling_and_the_first_of_several_counts() -> None:
    response = answered(("content-type", "Text/HTML ; charset=utf-8"), ("X-Id", "1"), ("x-id", "2"))
    assert response.header("X-ID") == "1"
    assert response.header("X-Other") == ""
    assert response.media_type == "text/html"
    assert answered().media_type == ""


@pytest.mark.parametrize(
    ("status", "words"),
    [(200, "OK"), (404, "Not Found"), (450, "Queue Full"), (494, "Request Header Too Large"), (530, "Site Frozen"),
     (799, "")],
)  # fmt: skip
def test_every_status_that_gateways_send_has_its_words(status: int, words: str) -> None:
    assert reason_phrase(status) == words


def test_an_answer_belongs_to_the_request_whose_uuid_it_gives_back() -> None:
    assert MetaUuid(sent="a", received="a").matches
    assert not MetaUuid(sent="a", received="").matches
