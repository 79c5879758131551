"""A wrong command line is told in one plain line, in the user's language, with code 2."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from firstlight.cli import arguments
from firstlight.cli.usage_errors import in_our_words
from firstlight.texts import use_language

WRONG = [
    (arguments.parse_send, [], "TARGET is missing", "缺少 TARGET"),
    (arguments.parse_send, ["x", "--curl", "curl y"], "TARGET and --curl exclude", "TARGET 与 --curl"),
    (arguments.parse_send, ["x", "--bogus"], "--bogus is not known here", "无法识别 --bogus"),
    (arguments.parse_send, ["x", "--events"], "--events needs a value", "--events 需要一个值"),
    (arguments.parse_send, ["x", "--json=3"], "--json takes no value", "--json 不带值"),
    (arguments.parse_send, ["x", "--events", "yaml"], "--events cannot be 'yaml'; choose", "--events 不能为 'yaml'"),
    (arguments.parse_send, ["x", "--var", "y"], "--var: “y” is not NAME=VALUE", "--var：“y”不是“名称=值”的形式"),
    (arguments.parse_demo, ["--port", "70000"], "--port: “70000” is not a port", "--port：“70000”不是端口号"),
    (arguments.parse_send, ["x", "--json", "--events", "jsonl"], "--json and --events exclude", "--json 与 --events"),
]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize(("parse", "typed", "english", "chinese"), WRONG)
def test_a_wrong_command_line_is_told_in_the_users_language(
    parse: Callable[[list[str]], object],
    typed: list[str],
    english: str,
    chinese: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for language, said, advice in (("en", english, " (see "), ("zh_CN", chinese, "（参见 ")):
        use_language(language)
        with pytest.raises(SystemExit) as ended:
            parse(typed)
        line = capsys.readouterr().err
        assert ended.value.code == 2
        assert line.startswith(f"firstlight {parse.__name__.removeprefix('parse_')}: {said}")
        assert advice in line
        assert line.count("\n") == 1


def test_what_argparse_says_in_a_later_version_is_shown_as_it_is() -> None:
    use_language("zh_CN")
    assert in_our_words("something new") == "something new"
