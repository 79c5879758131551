"""Rows of variables in files: short where they say no more than a value, whole where they do, lossless always."""

from __future__ import annotations

from pathlib import Path

import pytest
from servers import scope

from firstlight.formats.firstlight_yaml import (
    dump_collection,
    dump_environment,
    parse_collection,
    parse_environment,
)
from firstlight.model.collection import Collection, Environment, VariableRow
from firstlight.model.exchange import Variable
from firstlight.model.failure import ExchangeError
from firstlight.model.request import INHERIT, Authorization, Request
from firstlight.runner.dynamic import DYNAMIC, Dynamic
from firstlight.runner.variables import resolve
from firstlight.store.scopes import rows_as_variables
from firstlight.store.secret_fields import stash_authorization, stash_rows
from firstlight.store.workspace import Workspace


def test_a_row_is_one_line_until_it_says_more() -> None:
    rows = (
        VariableRow(name="base", value="https://h"),
        VariableRow(name="old", value="1.10", enabled=False, description="before May"),
        VariableRow(name="token", value="{{secret:staging-token}}", secret=True),
    )
    text = dump_environment(Environment(name="Staging", variables=rows))
    assert text == (
        'name: Staging\nvariables:\n  base: https://h\n  old:\n    value: "1.10"\n    description: before May\n'
        '    enabled: false\n  token:\n    value: "{{secret:staging-token}}"\n    secret: true\n'
    )
    assert parse_environment(text).variables == rows


def test_files_of_before_are_read_as_they_were() -> None:
    old = "name: E\nvariables:\n  a: 1.10\n  b: yes\n  c:\n"
    assert parse_environment(old).variables == tuple(VariableRow(name=n, value=v) for n, v in
                                                     (("a", "1.10"), ("b", "yes"), ("c", "")))  # fmt: skip


def test_rows_of_one_name_make_a_list() -> None:
    rows = (VariableRow(name="base", value="a"), VariableRow(name="base", value="b", enabled=False))
    text = dump_collection(Collection(name="C", variables=rows))
    assert "- name: base\n    value: a\n" in text
    assert parse_collection(text).variables == rows


@pytest.mark.parametrize(
    "text",
    [
        "name: E\nvariables:\n  a:\n    value: x\n    color: red\n  b:\n    - 1\n    - 2\n",
        'name: E\nvariables:\n  - name: a\n    value: x\n    color: red\n  - name: a\n    value: "y"\n  - b: [1]\n',
    ],
)
def test_what_a_later_version_says_of_a_row_survives(text: str) -> None:
    once = dump_environment(parse_environment(text))
    assert "color: red" in once
    assert "- 1" in once
    assert dump_environment(parse_environment(once)) == once


def test_the_last_ticked_row_of_a_name_counts() -> None:
    rows = (
        VariableRow(name="a", value="1"),
        VariableRow(name=" a ", value="2", description="d"),
        VariableRow(name="a", value="3", enabled=False),
        VariableRow(name="", value="no name"),
    )
    assert rows_as_variables("environment", rows, "Staging") == {
        "a": Variable(value="2", origin="environment", origin_name="Staging", description="d")
    }


class Kept(dict[str, str]):
    """A secret store in memory: what stash_rows needs of one."""

    def set(self, name: str, value: str) -> None:
        self[name] = value


def test_secret_rows_leave_a_reference_in_the_file() -> None:
    kept = Kept()
    rows = (VariableRow(name="API Key", value="s3cret", secret=True), VariableRow(name="plain", value="x"))
    saved = stash_rows(rows, "environments/staging.yaml", kept)
    assert saved[0].value == "{{secret:staging-api-key}}"
    assert saved[1] == rows[1]
    assert kept == {"staging-api-key": "s3cret"}
    assert stash_rows(saved, "environments/staging.yaml", kept) == saved
    own = stash_authorization(Authorization(kind="bearer", values={"token": "tok"}), "collections/Iris", kept)
    assert own.values == {"token": "{{secret:iris-token}}"}


def test_the_value_of_a_secret_variable_is_masked_wherever_it_came_from() -> None:
    where = scope(b="s3cret")
    variables = {**where.variables, "a": Variable(value="x{{b}}", origin="environment", secret=True)}
    _filled, secrets = resolve(Request(url="{{a}}"), scope().__class__(variables=variables, secret=where.secret))
    assert secrets == {"xs3cret"}


@pytest.mark.parametrize("entry", DYNAMIC, ids=lambda entry: entry.name)
def test_every_dynamic_variable_makes_a_value_and_says_what_it_is(entry: Dynamic) -> None:
    assert entry.description
    values = {resolve(Request(url="{{" + entry.name + "}}"), scope())[0].url for _ in range(40)}
    assert all(value and "{{" not in value for value in values)
    assert len(values) > 1 or "imestamp" in entry.name


def test_the_table_of_dynamic_variables_has_each_name_once() -> None:
    names = [entry.name for entry in DYNAMIC]
    assert len(set(names)) == len(names) >= 90
    assert all(name.startswith("$") for name in names)


# --- what a request inherits ---


def write(workspace: Workspace, path: str, text: str) -> None:
    file = workspace.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


BEARER = "auth:\n  kind: bearer\n  token: t\n"


@pytest.mark.parametrize(
    ("collection", "outer", "inner", "expected"),
    [
        ("", "", "", ("none", "")),
        (BEARER, "", "", ("bearer", "C")),
        (BEARER, "auth: {kind: none}\n", "", ("none", "Outer")),
        (BEARER, "", "auth: {kind: appcode, appcode: a}\n", ("appcode", "Inner")),
        (BEARER, "auth: {kind: basic}\n", "auth: {kind: inherit}\n", ("basic", "Outer")),
    ],
)
def test_the_nearest_page_that_says_something_authorises(
    tmp_path: Path, collection: str, outer: str, inner: str, expected: tuple[str, str]
) -> None:
    workspace = Workspace.create(tmp_path / "w", "W")
    write(workspace, "collections/C/collection.yaml", "name: C\n" + collection)
    write(workspace, "collections/C/O/folder.yaml", "name: Outer\n" + outer)
    write(workspace, "collections/C/O/I/folder.yaml", "name: Inner\n" + inner)
    around = workspace.surroundings("collections/C/O/I/r.yaml")
    assert (around.authorization.kind, around.authorization_from) == expected


def test_a_page_that_says_nothing_of_authorization_stays_so() -> None:
    text = "name: C\nauth:\n  kind: none\n"
    assert dump_collection(parse_collection(text)) == text
    assert parse_collection("name: C\n").authorization == INHERIT
    assert dump_collection(parse_collection("name: C\n")) == "name: C\n"


# --- the files of environments ---


def test_environments_are_made_renamed_deleted_and_brought_back(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", "W")
    pages = workspace.environment_pages
    assert pages.entries() == ()
    path = pages.add(Environment(name="Staging 预发", variables=(VariableRow(name="a", value="1"),)))
    assert path == "environments/staging-预发.yaml"
    with pytest.raises(ExchangeError, match="already"):
        pages.add(Environment(name="Staging 预发"))
    other = pages.add(Environment(name="staging_预发"))
    assert other != path
    moved = pages.rename(path, "Production")
    assert [(entry.name, entry.path) for entry in pages.entries()] == [
        ("Production", "environments/production.yaml"),
        ("staging_预发", other),
    ]
    assert pages.load(moved).variables == (VariableRow(name="a", value="1"),)
    with pytest.raises(ExchangeError, match="already"):
        pages.rename(other, "Production")
    workspace.delete(moved)
    assert workspace.environments() == ("staging_预发",)
    deleted = workspace.last_deleted()
    assert deleted is not None
    assert workspace.undo_delete(deleted) == {moved: moved}
    assert pages.load(moved).name == "Production"


def test_a_broken_environment_is_listed_with_its_problem(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", "W")
    write(workspace, "environments/bad.yaml", "name: [\n")
    (entry,) = workspace.environment_pages.entries()
    assert entry.name == "bad"
    assert "bad.yaml" in str(entry.problem)


def test_saving_a_page_keeps_the_order_that_the_tree_wrote_meanwhile(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", "W")
    path = workspace.add_collection("C")
    page = workspace.load_collection(path)
    workspace.add_request(path, Request(name="R"))
    workspace.save_collection(path, Collection(name=page.name, description="new"))
    saved = workspace.load_collection(path)
    assert (saved.description, saved.order) == ("new", ("r.yaml",))
    home = workspace.load_page()
    workspace.save_page(type(home)(name="Home", variables=(VariableRow(name="a", value="1"),)))
    assert workspace.name == "Home"
    assert workspace.surroundings("").variables["a"].value == "1"
