"""A script signs for itself: the demo, which verifies signatures, answers it."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from demo_server import RunningDemo
from firstlight.demo.modelarts.services import FLOWERS, IRIS
from firstlight.formats.snippets import SNIPPETS, Repeat, Snippet
from firstlight.model.exchange import Scope, Variable
from firstlight.model.request import Authorization, Body, FormPart, Header, Request
from firstlight.model.secrets import environment_name
from firstlight.resources import resource_path
from firstlight.runner.outgoing import outgoing

FLOWER = '{"data": {"req_data": [{"sepal_length": 5.9, "sepal_width": 3.0, "petal_length": 4.2, "petal_width": 1.5}]}}'
ROSE = str(resource_path("demo", "workspace", "files", "rose.jpg"))
BODIES = {
    "json": Body(kind="raw", text=FLOWER),
    "form": Body(kind="form-data", parts=(FormPart(name="images", kind="file", files=(ROSE,)),)),
    "file": Body(kind="binary", path=ROSE),
}
SCRIPTS = [snippet for snippet in SNIPPETS if snippet.signs]


def scope(demo: RunningDemo) -> Scope:
    return Scope(variables={}, secret=demo.credentials.get)


def credentials(kind: str, payload: str) -> Authorization:
    keys = {"aksk": ("ak", "sk", "demo_ak", "demo_sk"),
            "app-signature": ("app_key", "app_secret", "demo_app_key", "demo_app_secret")}[kind]  # fmt: skip
    values = {keys[0]: f"{{{{secret:{keys[2]}}}}}", keys[1]: f"{{{{secret:{keys[3]}}}}}", "payload": payload}
    return Authorization(kind=kind, values=values)


def run(text: str) -> str:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(text, "snippet", "exec"), {"__name__": "__main__"})
    return shown.getvalue()


@pytest.mark.parametrize("snippet", SCRIPTS, ids=lambda snippet: snippet.kind)
@pytest.mark.parametrize("kind", ["aksk", "app-signature"])
@pytest.mark.parametrize("payload", ["auto", "signed", "unsigned"])
@pytest.mark.parametrize("name", BODIES)
def test_the_script_is_answered(
    demo: RunningDemo, monkeypatch: pytest.MonkeyPatch, snippet: Snippet, kind: str, payload: str, name: str
) -> None:
    if kind == "app-signature" and payload == "auto":
        payload = "signed"
    for secret, value in demo.credentials.items():
        monkeypatch.setenv(environment_name(secret), value)
    service = IRIS if name == "json" else FLOWERS
    request = Request(
        method="POST",
        url=f"{demo.url}/v1/infers/{service.id}?b=%20+&a=ü&c",
        headers=(Header(name="x-stage", value="RELEASE"), Header(name="X-Other", value="not signed")),
        body=BODIES[name],
        authorization=credentials(kind, payload),
    )
    text = snippet.written(outgoing(request, scope(demo)), Repeat())
    assert not text.startswith("#")  # nothing is missing
    assert demo["demo_sk"] not in text
    said = run(text)
    # The flowers want a form: a picture alone passes the gateway and is then refused by the service.
    assert said.startswith("200" if name != "file" else '200\n{"erno"') or "MR.0105" in said, said


def test_a_get_and_kept_variables_are_written_as_well(demo: RunningDemo) -> None:
    known = Scope(variables={"ak": Variable(value="AK1", origin="workspace")}, secret=lambda _name: "s")
    request = Request(
        url="http://h/", authorization=Authorization(kind="aksk", values={"ak": "{{ak}}", "sk": "{{secret:s}}"})
    )
    for snippet in SCRIPTS:
        text = snippet.written(outgoing(request, known, keep_variables=True), Repeat(executions=2, threads=2))
        assert '"{{ak}}"' in text
        compile(text, "snippet", "exec")


def test_nothing_new_stands_in_a_script_that_signs_nothing(tmp_path: Path) -> None:
    for snippet in SCRIPTS:
        text = snippet.written(
            outgoing(Request(url="http://h/"), Scope(variables={}, secret=lambda _name: None)), Repeat()
        )
        assert "hmac" not in text
        assert "signed" not in text
