"""What is shown and read back is the same Request, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QAbstractSpinBox, QPlainTextEdit
from pytestqt.qtbot import QtBot
from request_screen import Screen

from firstlight.auth import METHODS
from firstlight.bodies import BODIES, RAW_LANGUAGES
from firstlight.model.request import Authorization, Body, FormPart, Header, Param, Request, RequestSettings
from firstlight.ui.request.editor import RequestEditor

texts = st.text(max_size=20) | st.sampled_from(["", " ", "a\r\nb", "x\u00a0y\u2028z\u2029", "{{secret:a}}", "😀\t"])
flags = st.booleans()
params = st.builds(Param, name=texts, value=texts, enabled=flags, description=texts, bare=flags)
headers = st.builds(Header, name=texts, value=texts, enabled=flags, description=texts)
parts = st.builds(
    FormPart,
    name=texts,
    kind=st.sampled_from(["text", "file"]),
    value=texts,
    files=st.lists(texts, max_size=2).map(tuple),
    file_names=st.lists(texts, max_size=2).map(tuple),
    content_type=texts,
    enabled=flags,
    description=texts,
)
bodies = st.builds(
    Body,
    kind=st.sampled_from([*(kind.kind for kind in BODIES), "of-a-newer-version"]),
    text=texts,
    language=st.sampled_from([*(row[0] for row in RAW_LANGUAGES), "yaml"]),
    parts=st.lists(parts, max_size=3).map(tuple),
    path=texts.filter(lambda path: "\0" not in path),
    pairs=st.lists(params, max_size=3).map(tuple),
    query=texts,
    variables=texts,
    operation=texts,
    new_meta_uuid=flags,
)
kinds = st.sampled_from([*(method.kind for method in METHODS), "of-a-newer-version"])
authorizations = st.builds(Authorization, kind=kinds, values=st.dictionaries(texts, texts, max_size=3))
limits = st.none() | st.floats(min_value=0, max_value=1e9)
request_settings = st.builds(
    RequestSettings,
    follow_redirects=flags,
    verify_tls=flags,
    connect_timeout_s=limits,
    idle_timeout_s=limits,
    total_timeout_s=limits,
)
requests = st.builds(
    Request,
    name=texts,
    method=texts,
    url=texts,
    params=st.lists(params, max_size=3).map(tuple),
    headers=st.lists(headers, max_size=3).map(tuple),
    authorization=authorizations,
    body=bodies,
    settings=request_settings,
    description=texts,
)


@pytest.mark.parametrize("looked_at", [True, False])
def test_a_shown_request_reads_back_unchanged(qtbot: QtBot, looked_at: bool) -> None:
    screen = Screen(qtbot)
    editor, changes = screen.editor, screen.changes
    if looked_at:
        screen.open_all()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(request=requests)
    def check(request: Request) -> None:
        editor.show_request(request)
        assert editor.request() == request
        assert not changes

    check()


def test_keys_of_a_newer_version_travel_along(qtbot: QtBot) -> None:
    editor = RequestEditor()
    qtbot.addWidget(editor)
    editor.show_request(Request(name="a", unknown={"later": 1}))

    assert editor.request().unknown == {"later": 1}


def test_looking_at_a_part_is_no_change(qtbot: QtBot) -> None:
    request = Request(
        authorization=Authorization(kind="bearer", values={"token": "t"}),
        headers=(Header(name="X", value="1"),),
        body=Body(kind="raw", text='{"a": 1}'),
        settings=RequestSettings(idle_timeout_s=2.5),
    )
    screen = Screen(qtbot, request)

    screen.open_all()

    assert screen.request == request
    assert not screen.changes
    assert screen.find(QPlainTextEdit, "bodyEditor").toPlainText() == '{"a": 1}'
    assert screen.find(QAbstractSpinBox, "idle_timeout_s").text().startswith("2.5")
