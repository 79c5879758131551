"""First Light YAML: what is saved is what comes back, and what cannot be read says where and why."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from firstlight.formats.firstlight_yaml import (
    FormatError,
    dump_collection,
    dump_environment,
    dump_request,
    dump_workspace,
    parse_collection,
    parse_environment,
    parse_request,
    parse_workspace,
)
from firstlight.formats.yaml_nodes import read_mapping
from firstlight.formats.yaml_writer import write_mapping
from firstlight.model.collection import Collection, Environment, VariableRow, WorkspacePage
from firstlight.model.request import (
    PROTOCOLS,
    STREAMS,
    Authorization,
    Body,
    FormPart,
    Header,
    Message,
    Param,
    Request,
    RequestSettings,
)
from firstlight.resources import resource_path

AWKWARD = st.sampled_from(
    [
        "yes", "No", "1.0", "1.10", "0x1F", "1e400", "null", "~", "", " ", "  x", "x  ", "\t", "\tx", "a: b", "a #b",
        "- a", "{{demo_url}}/x", "\n", "\n\n", "a\n", "a\n\n", "\na", " a\n b", "a\n \nb", "a\n  ", "\ta\n", "\n ",
        "é\u0301", "鸢尾花\n🚀", "a\r\nb", "\u2028", "\x85", "\ufeff", "\x00", "\uffff", "'", '"', "\\", "---",
        "key:", "2026-11-22", "=", "<<", "!x", "&a", "*a", "%x", "@x", "`x`", "|", ">", "?", "[", "on", "y", "12:30:45",
        "x" * 5000, "a:\tb", "# x\n# y\n", " \n", "...\na",
    ]
)  # fmt: skip
TEXT = st.text() | AWKWARD
NUMBER = st.none() | st.floats(0, 1e300, allow_nan=False)
URL = TEXT.filter(lambda text: "?" not in text.partition("#")[0])
PARAM = st.builds(Param, name=TEXT, value=TEXT, enabled=st.booleans(), description=TEXT, bare=st.booleans())
HEADER = st.builds(Header, name=TEXT, value=TEXT, enabled=st.booleans(), description=TEXT)
PART = st.builds(
    FormPart,
    name=TEXT,
    kind=st.sampled_from(["text", "file"]),
    value=TEXT,
    files=st.lists(TEXT, max_size=2).map(tuple),
    file_names=st.lists(TEXT, max_size=2).map(tuple),
    content_type=TEXT,
    enabled=st.booleans(),
    description=TEXT,
)
KIND = st.sampled_from(["none", "raw", "a-kind-of-the-future"])
KEY = TEXT.filter(lambda text: text != "kind")
NAMED = st.dictionaries(KEY, TEXT, max_size=3)
MESSAGE = st.builds(
    Message,
    name=TEXT,
    kind=st.sampled_from(["text", "json", "binary", "file", "a-kind-of-the-future"]),
    text=TEXT,
    encoding=st.sampled_from(["hex", "base64"]),
    path=TEXT,
)
REQUEST = st.builds(
    Request,
    name=TEXT,
    protocol=st.sampled_from(PROTOCOLS),
    method=TEXT.filter(bool),
    url=URL,
    params=st.lists(PARAM, max_size=3).map(tuple),
    headers=st.lists(HEADER, max_size=3).map(tuple),
    authorization=st.builds(Authorization, kind=KIND, values=NAMED),
    body=st.builds(
        Body,
        kind=KIND,
        text=TEXT,
        language=st.sampled_from(["json", "xml"]),
        parts=st.lists(PART, max_size=2).map(tuple),
        path=TEXT,
        pairs=st.lists(PARAM, max_size=2).map(tuple),
        query=TEXT,
        variables=TEXT,
        operation=TEXT,
        new_meta_uuid=st.booleans(),
    ),
    messages=st.lists(MESSAGE, max_size=3).map(tuple),
    settings=st.builds(
        RequestSettings,
        subprotocols=TEXT,
        compress_messages=st.booleans(),
        largest_message_mb=NUMBER,
        ping_every_s=NUMBER,
        follow_redirects=st.booleans(),
        verify_tls=st.booleans(),
        connect_timeout_s=NUMBER,
        idle_timeout_s=NUMBER,
        total_timeout_s=NUMBER,
        stream=st.sampled_from(STREAMS),
        stream_text_path=TEXT,
        gateway_timings=st.booleans(),
    ),
    description=TEXT,
)


@given(REQUEST)
def test_a_saved_request_comes_back_as_it_was(request_: Request) -> None:
    text = dump_request(request_)
    text.encode()
    assert parse_request(text) == request_
    assert dump_request(parse_request(text)) == text


@given(TEXT)
def test_other_yaml_tools_read_every_text_as_a_text(text: str) -> None:
    assert yaml.safe_load(write_mapping({"name": text, "list": [text]})) == {"name": text, "list": [text]}


JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, JSON_LIKE, max_size=4))
def test_whatever_a_later_version_writes_survives_a_load_and_a_save(tree: dict[str, object]) -> None:
    once = write_mapping(tree)
    assert write_mapping(read_mapping(once).entries) == once


VARIABLES = st.lists(
    st.builds(VariableRow, name=TEXT, value=TEXT, enabled=st.booleans(), description=TEXT, secret=st.booleans()),
    max_size=3,
).map(tuple)


@given(
    st.builds(Collection, name=TEXT, description=TEXT, variables=VARIABLES, order=st.lists(TEXT, max_size=3).map(tuple))
)
def test_a_saved_collection_comes_back_as_it_was(collection: Collection) -> None:
    assert parse_collection(dump_collection(collection)) == collection


@given(st.builds(Environment, name=TEXT, variables=VARIABLES))
def test_a_saved_environment_comes_back_as_it_was(environment: Environment) -> None:
    assert parse_environment(dump_environment(environment)) == environment


@given(st.builds(WorkspacePage, name=TEXT, variables=VARIABLES, order=st.lists(TEXT, max_size=3).map(tuple)))
def test_a_saved_workspace_page_comes_back_as_it_was(page: WorkspacePage) -> None:
    assert parse_workspace(dump_workspace(page)) == page


@given(st.text() | st.text(alphabet="a:-#&*!|>'\"[]{},?% \n\t~<=1"))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    problem = None
    try:
        parse_request(text)
    except FormatError as error:
        problem = error
    assert problem is None or (problem.line >= 1 and problem.column >= 1 and str(problem.reason))


FULL = """\
name: 识别一朵花 🌷
method: POST
url: "{{demo_url}}/v1/infers/iris"
params:
  - name: verbose
    bare: true
headers:
  - name: X-Trace
    value: "1.10"
    enabled: false
auth:
  kind: x-auth-token
  token: "{{secret:iris-token}}"
body:
  kind: raw
  text: |-
    {
    \t"meta": {"uuid": "10eb0091"},  \n\
      "price": 1.10
    }
settings:
  verify_tls: false
  total_timeout_s: 2.5
  stream: json-array
  stream_text_path: "$.output.text"
"""


def test_the_file_reads_like_this() -> None:
    assert dump_request(parse_request(FULL)) == FULL


def test_one_line_of_json_is_a_block_too_so_that_edits_make_readable_diffs() -> None:
    body = Body(kind="raw", text='{"a": 1}')
    assert 'text: |-\n    {"a": 1}\n' in dump_request(Request(name="x", body=body))


GRAPHQL = """\
name: Flower
method: POST
url: http://x
body:
  kind: graphql
  query: |
    query Flower($id: ID!) {
      flower(id: $id) { name }
    }
  variables: |-
    {"id": 1.10}
  operation: Flower
"""


def test_a_graphql_body_reads_like_this() -> None:
    request = parse_request(GRAPHQL)
    assert request.body.query.startswith("query Flower(")
    assert (request.body.variables, request.body.operation) == ('{"id": 1.10}', "Flower")
    assert dump_request(request) == GRAPHQL


def test_only_what_differs_from_empty_is_written() -> None:
    assert dump_request(Request(name="Ping", url="http://x")) == "name: Ping\nmethod: GET\nurl: http://x\n"


def test_numbers_and_yes_are_taken_as_they_were_typed() -> None:
    rows = ["- name: 1_000", "  value: yes", "- {name: A, value: 12345678901234567890.10}", "- name: B", "  value:"]
    text = "\n".join(["name: 1.10", "url: 007", "headers:", *rows])
    request = parse_request(text)
    assert (request.name, request.url) == ("1.10", "007")
    assert [(h.name, h.value) for h in request.headers] == [
        ("1_000", "yes"),
        ("A", "12345678901234567890.10"),
        ("B", ""),
    ]


def test_a_query_typed_into_the_url_becomes_rows() -> None:
    request = parse_request("url: http://x/p?a=1&b#top\nparams: [{name: c}]")
    assert request.url == "http://x/p#top"
    assert request.params == (Param(name="a", value="1"), Param(name="b", bare=True), Param(name="c"))


UNKNOWN = """\
name: x
method: GET
url: http://x
params:
  - name: a
    value: "1"
    sort: 2.50
headers:
  - name: A
    color: red
  - name: A
    color: [1, 0x1F]
auth:
  kind: bearer
  token: t
  refresh:
    every: 5 min
body:
  kind: form-data
  parts:
    - name: images
      files:
        - files/rose.jpg
      checksum: yes
  draft: null
settings:
  verify_tls: false
  http_version: "2"
tests:
  - status: 200
    note: |
      two
      lines
"""


def test_keys_of_a_later_version_survive_at_every_level() -> None:
    saved = dump_request(parse_request(UNKNOWN))
    assert yaml.safe_load(saved) == yaml.safe_load(UNKNOWN)
    assert "sort: 2.50" in saved
    assert "- 0x1F" in saved
    assert "checksum: yes" in saved


def test_keys_of_a_later_version_survive_in_the_other_files() -> None:
    text = (
        "name: n\ncolor: 1.0\nauth:\n  kind: none\n  deep: {a: 1}\nvariables:\n  a: b\n  c: {value: d, x: 1}\nicon: x\n"
    )
    assert yaml.safe_load(dump_collection(parse_collection(text))) == yaml.safe_load(text)
    page = "format: 1\nname: n\nsync: [a]\n"
    assert yaml.safe_load(dump_workspace(parse_workspace(page))) == yaml.safe_load(page)


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("", 1, 1, "The file is empty."),
        ("# only a comment\n", 1, 1, "The file is empty."),
        ("just words", 1, 1, "The file must consist of “name: value” lines."),
        ("color: red", 1, 1, "Not a request: there is no “name”, “method” or “url”."),
        ("name: a\nname: b", 2, 1, "“name” stands here a second time."),
        ("name: a\nheaders:\n- name: A\n  name: B", 4, 3, "“name” stands here a second time."),
        ("name: a\n\turl: b", 2, 1, "A tab stands where only blanks are allowed."),
        ("name: a: b", 1, 8, "A colon too many: put the text in quotation marks."),
        ("name: [a", 2, 1, "A quotation mark or bracket is opened and never closed."),
        ("name: 'a", 1, 9, "A quotation mark or bracket is opened and never closed."),
        ("name: x\n<<<<<<< HEAD\nurl: a\n=======\nurl: b\n", 2, 1, "A merge conflict of git is not resolved here."),
        ("name: x\nurl: [1]", 2, 6, "“url” must be a text, not a list or a group."),
        ("name: x\nheaders: 5", 2, 10, "“headers” must be a list of rows, each with “- name: …”."),
        ("name: x\nheaders:\n- 5", 3, 3, "“headers” must be a list of rows, each with “- name: …”."),
        ("name: x\nbody: text", 2, 7, "“body” must be a group of “name: value” lines."),
        ("name: x\nsettings:\n  verify_tls: maybe", 3, 15, "“verify_tls” must be true or false."),
        ("url: x\nsettings:\n  idle_timeout_s: -1", 3, 19, "“idle_timeout_s” must be a number of seconds, or null."),
        ("url: x\nsettings:\n  idle_timeout_s: soon", 3, 19, "“idle_timeout_s” must be a number of seconds, or null."),
        ("name: x\n? [a]\n: b", 2, 3, "A name must be a text, not a list or a group."),
        ("name: x\n---\nname: y", 2, 1, "The file holds a second document: “---” may stand only at the top."),
        ("name: !!set x", 1, 7, "Tags such as tag:yaml.org,2002:set are not accepted."),
        ("name: !python/object x", 1, 7, "Tags such as !python/object are not accepted."),
        ("name: x\x07", 1, 8, "A control character that no text file may hold."),
        ("name: é\nurl: é\x07", 2, 7, "A control character that no text file may hold."),
        ("x: " + "[" * 100_000, 1, 103, "The file is nested too deeply."),
    ],
)  # fmt: skip
def test_a_broken_file_says_where_and_why(text: str, line: int, column: int, reason: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_request(text)
    assert (caught.value.line, caught.value.column, str(caught.value.reason)) == (line, column, reason)


def test_null_is_empty_everywhere() -> None:
    text = "name: x\nurl:\nparams:\nheaders: ~\nauth: null\nbody:\nsettings:\ndescription:\n"
    assert parse_request(text) == Request(name="x")
    assert parse_collection("name: x\nvariables:\norder:\nauth:\n") == Collection(name="x")


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(FormatError, match="Anchors and aliases"):
        parse_request("name: x\n" + "\n".join(rows))


def test_a_workspace_of_a_later_format_is_not_opened_by_guessing() -> None:
    with pytest.raises(FormatError, match="format 2; this First Light reads format 1"):
        parse_workspace("name: x\nformat: 2\n")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert parse_request("\ufeff" + FULL.replace("\n", "\r\n")) == parse_request(FULL)


DEMO = sorted(resource_path("demo", "workspace", "collections").rglob("*.yaml"))


@pytest.mark.parametrize("file", DEMO, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_saving_a_demo_file_unchanged_makes_no_diff(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    is_page = file.name in {"collection.yaml", "folder.yaml"}
    assert (dump_collection(parse_collection(text)) if is_page else dump_request(parse_request(text))) == text
