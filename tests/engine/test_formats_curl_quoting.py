"""A command's words are what its shell would hand over: bash, cmd and PowerShell quote in their own ways."""

from __future__ import annotations

import pytest

from firstlight.formats.curl import parse_curl
from firstlight.model.request import Body, Request


def read(text: str) -> Request:
    """Return the request of a command of which everything is understood."""
    reading = parse_curl(text)
    assert reading.notes == (), [str(note) for note in reading.notes]
    return reading.requests[0]


def notes(text: str) -> list[str]:
    return [str(note) for note in parse_curl(text).notes]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        (r"a\ b", "a b"),
        (r"'a'\''b'", "a'b"),
        (r'"a\"b\\c\d"', 'a"b\\c\\d'),
        ('"a\\\nb"', "ab"),
        (r"$'\a\b\e\f\n\r\t\v\\\'\"\?'", "\a\b\x1b\f\n\r\t\v\\'\"?"),
        (r"$'\x41\101\u00e9\U0001F600\cA\q'", "AAé😀\x01\\q"),
        (r"$'\U7FFFFFFF'", "\N{REPLACEMENT CHARACTER}"),
        ('$"x"', "x"),
        ("'open", "open"),
        ('"open', "open"),
        ("$'open", "open"),
        ("$'open\\", "open\\"),
        ("a#b", "a#b"),
        ("a$", "a$"),
        ("${x", "${x"),
        ("a&b", "a&b"),
    ],
)
def test_bash_quoting(typed: str, word: str) -> None:
    request = parse_curl(f"curl http://h --data-raw {typed}").requests[0]
    assert request.body.text == word


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ('^"a^&b^"', "a&b"),
        ('"a&b"', "a&b"),
        (r'^"a\\\^"b^"', 'a\\"b'),
        (r'^"C:\dir\\^"', "C:\\dir\\"),
        ('^"a^\n\nb^"', "a\nb"),
        ("a^ b", "a b"[:1]),
        ('""', ""),
    ],
)
def test_cmd_quoting(typed: str, word: str) -> None:
    request = parse_curl(f"curl ^\n http://h --data-raw {typed}").requests[0]
    assert request.body.text == word


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("'a''b'", "a'b"),
        ('"a`"b`n""c`$d"', 'a"b\n"c$d'),
        ("@'\nit's\n\"x\"\n'@", 'it\'s\n"x"'),
        ('@"\n$env:X `t\n"@', "{{X}} \t"),
        ('"${env:X}$Y$"', "{{X}}{{Y}}$"),
        ("'open", "open"),
        ('"open', "open"),
        ("a`b", "a\b"),
        ("'{\"a\": 1}'", '{"a": 1}'),
    ],
)
def test_powershell_quoting(typed: str, word: str) -> None:
    request = parse_curl(f"curl.exe `\n 'http://h' --data-raw {typed}").requests[0]
    assert request.body.text == word


def test_a_command_for_windows_without_carets() -> None:
    request = read(r'curl.exe -H "Content-Type: application/json" -d "{\"a\":1}" http://h/p')
    assert request.body == Body(kind="raw", text='{"a":1}')
    assert parse_curl(r'curl.exe -H "X: %TOKEN%" http://h').requests[0].headers[0].value == "{{TOKEN}}"


def test_powershell_stops_where_the_command_does() -> None:
    assert notes("curl.exe 'http://h'; Get-Date") == ["What follows the command was left out: Get-Date …"]
    assert notes("curl.exe 'http://h'\nGet-Date") == ["What follows the command was left out: Get-Date …"]
    assert notes('curl.exe "http://h" & dir') == ["What follows the command was left out: dir …"]
    assert notes('curl.exe "http://h"\ndir') == ["What follows the command was left out: dir …"]
