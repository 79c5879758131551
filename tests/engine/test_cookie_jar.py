"""Cookies of a workspace on the disk: they survive, nobody else reads them, windows do not lose those of another."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from firstlight.model.cookies import Cookie
from firstlight.model.failure import ExchangeError
from firstlight.store.cookie_jar import CookieJar


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def cookie(name: str, value: str = "1", expires_s: float | None = None) -> Cookie:
    return Cookie(name=name, value=value, domain="shop.example", expires_s=expires_s)


def names(jar: CookieJar) -> list[str]:
    return [one.name for one in jar.cookies()]


def test_cookies_are_there_at_the_next_start_and_are_private(tmp_path: Path) -> None:
    jar = CookieJar.of(tmp_path / "ws")
    jar.sync()
    assert not jar.path.exists()
    jar.change(put=[cookie("a", "ü=;")])
    assert names(jar) == ["a"]
    jar.sync()
    again = CookieJar.of(tmp_path / "ws")
    assert names(again) == []
    again.sync()
    assert again.cookies() == jar.cookies()
    assert stat.S_IMODE(jar.path.stat().st_mode) == 0o600 or os.name == "nt"
    assert not jar.path.is_relative_to(tmp_path / "ws")


def test_every_workspace_has_its_own(tmp_path: Path) -> None:
    one, other = CookieJar.of(tmp_path / "a" / "ws"), CookieJar.of(tmp_path / "b" / "ws")
    one.change(put=[cookie("a")])
    one.sync()
    other.sync()
    assert names(other) == []


def test_two_windows_do_not_lose_the_cookies_of_each_other(tmp_path: Path) -> None:
    one, other = CookieJar.of(tmp_path), CookieJar.of(tmp_path)
    one.change(put=[cookie("a"), cookie("both", "old")])
    other.change(put=[cookie("b"), cookie("both", "new")])
    one.sync()
    other.sync()
    assert names(other) == ["a", "both", "b"]
    one.sync()
    assert one.cookies() == other.cookies()
    one.change(drop=[cookie("b").key])
    one.sync()
    other.change(put=[cookie("c")])
    other.sync()
    assert names(other) == ["a", "both", "c"]


def test_what_has_ended_leaves_the_file(tmp_path: Path) -> None:
    jar = CookieJar.of(tmp_path)
    jar.change(put=[cookie("a", expires_s=time.time() - 1), cookie("b", expires_s=time.time() + 1000)])
    jar.sync()
    assert names(jar) == ["b"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"cookies": 3}', b"\xff"])
def test_a_broken_file_is_put_aside(tmp_path: Path, content: bytes) -> None:
    jar = CookieJar.of(tmp_path)
    jar.path.parent.mkdir(parents=True)
    jar.path.write_bytes(content)
    jar.change(put=[cookie("a")])
    jar.sync()
    assert names(jar) == ["a"]
    assert jar.path.with_suffix(".broken").read_bytes() == content


def test_what_cannot_be_written_is_kept_and_tried_again(tmp_path: Path) -> None:
    jar = CookieJar.of(tmp_path)
    jar.change(put=[cookie("a")])
    jar.path.parent.parent.mkdir(parents=True)
    jar.path.parent.write_bytes(b"a file where the folder belongs")
    with pytest.raises(ExchangeError):
        jar.sync()
    assert names(jar) == ["a"]
    jar.path.parent.unlink()
    jar.sync()
    other = CookieJar.of(tmp_path)
    other.sync()
    assert names(other) == ["a"]
