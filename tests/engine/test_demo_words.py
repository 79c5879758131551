"""The demo workspace of a first start in Chinese: every word is Chinese, every request is the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from firstlight import resources
from firstlight.formats.firstlight_yaml import parse_collection, parse_request, parse_service, parse_workspace
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Request
from firstlight.model.route import as_plain
from firstlight.model.service import Service
from firstlight.resources import resource_path
from firstlight.store.demo_words import demo_words
from firstlight.store.first_start import demo_workspace, first_request
from firstlight.store.tree import Node
from firstlight.store.workspace import Workspace
from firstlight.texts import LANGUAGES

SOURCE = resource_path("demo", "workspace")
PAGES = {"firstlight.yaml", "collection.yaml", "folder.yaml"}
SAME_IN_CHINESE = {"TLS", "WebSocket", "ModelArts", "PAI-EAS"}
"""Names of products that are never translated."""

CHINESE = re.compile(r"[\u4e00-\u9fff]")
FILES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.yaml"))
SERVICES = [name for name in FILES if name.startswith("services/")]
REQUESTS = [name for name in FILES if name.rpartition("/")[2] not in PAGES and name not in SERVICES]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path))
    return tmp_path


def said_in(text: str, name: str) -> tuple[str, str]:
    """Return name and description of one file of the workspace."""
    if name == "firstlight.yaml":
        return parse_workspace(text).name, ""
    if name in SERVICES:
        return parse_service(text).name, parse_service(text).description
    page = parse_collection(text) if name.rpartition("/")[2] in PAGES else parse_request(text)
    return page.name, page.description


def row_descriptions(request: Request) -> Iterator[str]:
    rows = (*request.params, *request.headers, *request.body.parts)
    yield from (row.description for row in rows if row.description)
    yield from (message.name for message in request.messages)


def without_words(request: Request) -> Request:
    """Return what is sent, without what is only read by people."""
    return replace(
        request,
        name="",
        description="",
        service="",
        channel="",
        credential="",
        params=tuple(replace(row, description="") for row in request.params),
        headers=tuple(replace(row, description="") for row in request.headers),
        body=replace(request.body, parts=tuple(replace(row, description="") for row in request.body.parts)),
        messages=tuple(replace(row, name="") for row in request.messages),
    )


def nodes(tree: tuple[Node, ...]) -> Iterator[Node]:
    for node in tree:
        yield node
        yield from nodes(node.children)


def shape(tree: tuple[Node, ...]) -> list[object]:
    return [(node.kind, node.path, shape(node.children)) for node in tree]


@pytest.mark.parametrize("code", [code for code, _name in LANGUAGES if code != "en"])
def test_every_language_has_words_for_every_file_of_the_demo_workspace(code: str) -> None:
    assert sorted(demo_words(code)) == FILES


@pytest.mark.parametrize("name", FILES)
def test_name_and_description_are_chinese_and_keep_what_is_quoted(name: str) -> None:
    words = demo_words("zh_CN")[name]
    _name, description = said_in((SOURCE / name).read_text("utf-8"), name)
    english = "\n\n".join(part for part in description.split("\n\n") if not CHINESE.search(part))
    assert CHINESE.search(words.name) or words.name in SAME_IN_CHINESE
    assert bool(words.description) == bool(english)
    assert CHINESE.search(words.description) or not re.search(r"[a-z]{2}", re.sub(r"`[^`]*`", "", english))
    assert set(re.findall(r"`[^`]*`", words.description)) >= set(re.findall(r"`[^`]*`", english))


@pytest.mark.parametrize("name", REQUESTS)
def test_the_descriptions_of_rows_are_chinese(name: str) -> None:
    told = set(row_descriptions(parse_request((SOURCE / name).read_text("utf-8"))))
    rows = demo_words("zh_CN")[name].rows
    assert set(rows) == told
    assert all(CHINESE.search(text) for text in rows.values())


def test_the_tree_of_a_chinese_first_start_is_chinese(home: Path) -> None:
    workspace = Workspace.open(demo_workspace("zh_CN"))
    assert workspace.name == "First Light 演示"
    shown = list(nodes(workspace.tree()))
    assert len(shown) == len(FILES) - len(SERVICES) - 1
    assert {node.name for node in shown if not CHINESE.search(node.name)} == SAME_IN_CHINESE
    assert [node.path for node in shown if node.problem] == []


def test_the_chinese_requests_are_the_same_in_the_same_order(home: Path) -> None:
    chinese = Workspace.open(demo_workspace("zh_CN"))
    assert shape(chinese.tree()) == shape(Workspace.open(SOURCE).tree())
    for name in REQUESTS:
        english = parse_request((SOURCE / name).read_text("utf-8"))
        assert without_words(chinese.load_request(name)) == without_words(english), name
    described = [text for name in REQUESTS for text in row_descriptions(chinese.load_request(name))]
    assert {"向谁问好", "响应中不包含冗长的服务目录"} < set(described)
    assert all(CHINESE.search(text) for text in described)
    pictures = sorted(path.name for path in (chinese.folder / "files").iterdir())
    assert pictures == sorted(path.name for path in (SOURCE / "files").iterdir())


def test_the_chinese_services_are_the_same_and_their_requests_find_them(home: Path) -> None:
    chinese, english = Workspace.open(demo_workspace("zh_CN")), Workspace.open(SOURCE)
    for name in SERVICES:
        ours, theirs = chinese.services.load(name), english.services.load(name)
        assert CHINESE.search(ours.name)
        assert [entry.authorization for entry in ours.credentials] == [e.authorization for e in theirs.credentials]
        assert [(c.url, c.kind, bool(c.credential)) for c in ours.channels] == [
            (c.url, c.kind, bool(c.credential)) for c in theirs.channels
        ]
    for name in REQUESTS:
        request, there = chinese.load_request(name), english.load_request(name)
        service, original = chinese.services.named(request.service), english.services.named(there.service)
        assert (service is None) == (original is None)
        if service is not None and original is not None:
            assert sent(request, service) == sent(there, original)


def sent(request: Request, service: Service) -> tuple[str, object]:
    plain = as_plain(request, service)
    return plain.url, plain.authorization


def test_an_english_first_start_copies_every_byte(home: Path) -> None:
    copy = demo_workspace()
    for name in FILES:
        assert (copy / name).read_bytes() == (SOURCE / name).read_bytes()


def test_a_copy_stays_in_the_language_it_was_made_in(home: Path) -> None:
    english = demo_workspace("en")
    assert demo_workspace("zh_CN") == english
    assert Workspace.open(english).name == "First Light demo"


@pytest.mark.parametrize("code", [code for code, _name in LANGUAGES])
def test_the_request_of_the_first_start_is_there_and_streams(home: Path, code: str) -> None:
    request = Workspace.open(demo_workspace(code)).load_request(first_request(code))
    assert '"stream": true' in request.body.text


def test_words_for_a_file_that_is_not_there_leave_nothing_half_made(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "program"
    bundled = package / "resources" / "demo"
    (bundled / "workspace").mkdir(parents=True)
    (bundled / "workspace" / "firstlight.yaml").write_text("format: 1\nname: Demo\n")
    (bundled / "workspace.zh_CN.yaml").write_text("gone.yaml:\n  name: 没有\n", "utf-8")
    monkeypatch.setattr(resources, "_PACKAGE", package)
    with pytest.raises(ExchangeError, match="demo-workspace"):
        demo_workspace("zh_CN")
    assert [path.name for path in home.iterdir()] == ["program"]
