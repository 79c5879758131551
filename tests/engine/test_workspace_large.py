"""A large workspace: the tree is there after a hasty look, and tells the truth once the rest is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstlight.store.leaves import hasty_leaf, whole_leaf
from firstlight.store.tree import Node
from firstlight.store.workspace import Workspace

MANY = 600


@pytest.fixture
def large(tmp_path: Path) -> Workspace:
    """One collection of 600 requests."""
    workspace = Workspace.create(tmp_path / "w", "W")
    folder = workspace.folder / workspace.add_collection("C")
    for number in range(MANY):
        (folder / f"r{number:03}.yaml").write_text(f"name: R{number}\nmethod: PUT\nurl: http://x/{number}?a=1\n")
    return workspace


def kinds(nodes: tuple[Node, ...]) -> dict[str, str]:
    return {leaf.name: leaf.kind for leaf in nodes[0].children}


def check(workspace: Workspace) -> bool:
    """Check everything; return whether the tree changed."""
    more, changed = True, False
    while more:
        more, news = workspace.check(0.001)
        changed = changed or news
    return changed


def test_a_hasty_look_shows_what_a_thorough_one_shows(large: Workspace) -> None:
    hasty = large.tree(hasty=True)
    assert not check(large)
    assert large.tree(hasty=True) == hasty == Workspace.open(large.folder).tree()
    assert {leaf.url for leaf in hasty[0].children} == {f"http://x/{number}?a=1" for number in range(MANY)}


def test_what_is_broken_behind_its_first_lines_is_found_by_the_check(large: Workspace) -> None:
    folder = large.folder / "collections/C"
    for number in range(MANY):
        (folder / f"r{number:03}.yaml").write_text(f"name: R{number}\nmethod: PUT\nurl: http://x\nheaders: [\n")
    broken = sum(kind == "broken" for kind in kinds(large.tree(hasty=True)).values())
    assert 0 < broken < MANY
    assert check(large)
    assert set(kinds(large.tree(hasty=True)).values()) == {"broken"}


def test_a_thorough_look_does_not_trust_a_hasty_one(large: Workspace) -> None:
    folder = large.folder / "collections/C"
    for number in range(MANY):
        (folder / f"r{number:03}.yaml").write_text(f"name: R{number}\nmethod: PUT\nurl: http://x\nheaders: [\n")
    large.tree(hasty=True)
    assert set(kinds(large.tree()).values()) == {"broken"}


def test_what_changes_between_the_two_looks_is_read_again(large: Workspace) -> None:
    large.tree(hasty=True)
    for file in (large.folder / "collections/C").glob("r*.yaml"):
        file.write_text(f"name: New {file.stem}\n")
    (large.folder / "collections/C/r000.yaml").unlink()
    check(large)
    names = [leaf.name for leaf in large.tree(hasty=True)[0].children]
    assert names == [f"New r{number:03}" for number in range(1, MANY)]


TEXTS = [
    "name: a\nmethod: GET\nurl: /x\nservice: Iris, new\n",
    "name: Plain words (1)\nmethod: GET\nurl: http://x\n",
    'name: "In quotes: yes"\nmethod: POST\nurl: "{{a}}/b?c=d#e"\n',
    "name: 'Single: #quotes'\nmethod: GET\nurl: ''\n",
    "name: 'it''s'\nmethod: GET\nurl: x\n",
    'name: "es\\u00e9caped"\nmethod: GET\nurl: x\n',
    "name: comment # not the name\nmethod: GET\nurl: x\n",
    "name: 007\nmethod: GET\nurl: x\n",
    "name: yes\nmethod: GET\nurl: x\n",
    "name: null\nmethod: GET\nurl: x\n",
    "name: ~\nmethod: GET\nurl: x\n",
    "name: |-\n  block\nmethod: GET\nurl: x\n",
    "name: a\nname: b\nmethod: GET\nurl: x\n",
    "name: a\nmethod: GET\n",
    "url: http://only\n",
    "name:\nmethod: GET\nurl: x\n",
    "name: [a]\nmethod: GET\nurl: x\n",
    "name: &a b\nmethod: *a\nurl: x\n",
    "name: 鸢尾花\nmethod: GET\nurl: http://模型\n",
    "# a comment first\r\nname: Windows\r\nmethod: GET\r\nurl: x\r\n",
    "{name: flow, method: GET, url: x}\n",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_first_lines_promise_nothing_that_the_file_does_not_hold(tmp_path: Path, text: str) -> None:
    file = tmp_path / "r.yaml"
    file.write_bytes(text.encode())
    hasty = hasty_leaf(file, "r.yaml")
    assert hasty in (None, whole_leaf(file, "r.yaml", len(text)))


def test_a_plain_file_is_believed_by_its_first_lines(tmp_path: Path) -> None:
    """Else the hasty look would be no faster than the thorough one."""
    for text in TEXTS[:3]:
        (tmp_path / "r.yaml").write_text(text)
        assert hasty_leaf(tmp_path / "r.yaml", "r.yaml") is not None


def test_a_file_that_cannot_be_opened_leaves_doubts(tmp_path: Path) -> None:
    assert hasty_leaf(tmp_path / "none.yaml", "none.yaml") is None
