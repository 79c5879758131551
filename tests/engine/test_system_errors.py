"""What the system refuses is told in our words, in the user's language."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from firstlight.model.system_errors import reason_of
from firstlight.texts import tr, use_language


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


def test_a_missing_file_is_told_in_chinese(tmp_path: Path) -> None:
    use_language("zh_CN")
    with pytest.raises(OSError) as missing:  # noqa: PT011 - whatever the system calls it
        (tmp_path / "nowhere").read_bytes()
    assert tr(reason_of(missing.value)) == "文件不存在"


def test_a_port_where_nothing_listens_is_told_in_our_words() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with socket.socket() as client, pytest.raises(ConnectionRefusedError) as refused:
        client.connect(("127.0.0.1", port))
    assert tr(reason_of(refused.value)) == "nothing listens there"


def test_a_port_that_is_taken_is_told_in_our_words() -> None:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        first.listen()
        with pytest.raises(OSError) as taken:  # noqa: PT011
            second.bind(first.getsockname())
        assert tr(reason_of(taken.value)) == "the port is taken"


def test_what_we_have_no_words_for_is_told_in_the_systems() -> None:
    assert tr(reason_of(OSError(errno.EXDEV, "Invalid cross-device link"))) == "Invalid cross-device link"
    assert tr(reason_of(OSError(None, "Connect call failed ('127.0.0.1', 9)"))) == "Connect call failed"
    assert tr(reason_of(ValueError("embedded null byte"))) == "embedded null byte"
    assert tr(reason_of(OSError())) == "OSError"
