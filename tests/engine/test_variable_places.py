"""Where a variable may stand, setting it there, and which secrets a workspace refers to."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstlight.model.request import Request
from firstlight.store.secret_uses import secret_uses
from firstlight.store.secrets import SecretStore
from firstlight.store.variable_places import set_variable, variable_places
from firstlight.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "ws", "Lab")
    collection = made.add_collection("Iris")
    inner = made.add_folder(collection, "Inner")
    made.add_request(inner, Request(name="Predict", url="{{host}}/{{secret:iris-token}}"))
    (made.folder / "environments").mkdir()
    (made.folder / "environments" / "staging.yaml").write_text(
        "name: Staging\nvariables:\n  host: http://s\n  token: '{{secret:staging-token}}'\nowner: me\n", "utf-8"
    )
    return made


PATH = "collections/Iris/Inner/predict.yaml"


def test_a_variable_may_stand_in_every_page_around_its_request_and_in_the_environments(workspace: Workspace) -> None:
    places = variable_places(workspace, PATH, "host")
    assert [(place.kind, place.name, place.value) for place in places] == [
        ("workspace", "Lab", None),
        ("collection", "Iris", None),
        ("folder", "Inner", None),
        ("environment", "Staging", "http://s"),
    ]
    assert [place.kind for place in variable_places(workspace, "", "host")] == ["workspace", "environment"]


@pytest.mark.parametrize("number", range(4))
def test_a_variable_is_set_where_it_was_wanted_and_everything_else_stays(workspace: Workspace, number: int) -> None:
    place = variable_places(workspace, PATH, "host")[number]
    set_variable(workspace, place, "host", "http://new/{{stage}}", SecretStore())
    set_variable(workspace, place, "stage", "1.10", SecretStore())
    again = variable_places(workspace, PATH, "host")
    assert [other.value for other in again if other.kind == place.kind] == ["http://new/{{stage}}"]
    assert (
        workspace.surroundings(PATH, "Staging" if place.kind == "environment" else "").variables["stage"].value
        == "1.10"
    )
    staging = (workspace.folder / "environments" / "staging.yaml").read_text("utf-8")
    assert "owner: me" in staging
    assert "{{secret:staging-token}}" in staging
    assert [node.name for node in workspace.tree()] == ["Iris"]


def test_every_secret_is_listed_with_who_refers_to_it(workspace: Workspace) -> None:
    (workspace.folder / "collections" / "Iris" / "broken.yaml").write_text("url: [{{secret:staging-token}}\n", "utf-8")
    uses = secret_uses(workspace)
    assert {name: [(user.kind, user.name) for user in users] for name, users in uses.items()} == {
        "iris-token": [("request", "Iris / Inner / Predict")],
        "staging-token": [("environment", "Staging"), ("request", "Iris / broken.yaml")],
    }
    assert uses["iris-token"][0].path == PATH


def test_a_link_out_of_the_workspace_is_not_read_for_secrets(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text("url: '{{secret:outside}}'\n", "utf-8")
    (workspace.folder / "collections" / "Iris" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    assert "outside" not in secret_uses(workspace)


def test_the_value_of_a_secret_variable_does_not_reach_the_page(workspace: Workspace) -> None:
    file = workspace.folder / "environments" / "staging.yaml"
    file.write_text("name: Staging\nvariables:\n  - {name: token, value: '{{secret:old}}', secret: true}\n", "utf-8")
    secrets = SecretStore()
    secrets.session_only = True
    set_variable(workspace, variable_places(workspace, "", "token")[-1], "token", "sk-123456", secrets)
    assert "sk-123456" not in file.read_text("utf-8")
    assert list(secrets.session.values()) == ["sk-123456"]
