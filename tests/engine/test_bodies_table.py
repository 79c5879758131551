"""What the Body tab holds becomes exactly these bytes."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import HTTP
from pathlib import Path

import pytest

from firstlight.bodies import BODIES, RAW_LANGUAGES, BodyKind, body_kind
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import EncodedBody, FileSlice
from firstlight.model.request import Body, FormPart, Param
from firstlight.runner.files import find_file


def whole(body: EncodedBody) -> bytes:
    data = b"".join(p if isinstance(p, bytes) else Path(p.path).read_bytes() for p in body.pieces)
    assert len(data) == body.size_bytes
    return data


@pytest.mark.parametrize("entry", BODIES, ids=lambda entry: entry.kind)
def test_every_body_kind_encodes_and_is_found_by_its_word(entry: BodyKind, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x00\x01")
    rows, pairs = (FormPart(name="n", value="v"),), (Param(name="n", value="v"),)
    body = Body(kind=entry.kind, text="{}", path="a.bin", parts=rows, pairs=pairs, query="{ me }")
    encoded = entry.encode(body, lambda path: find_file(path, str(tmp_path)))
    assert body_kind(entry.kind) is entry
    assert entry.label
    assert bool(whole(encoded)) == (entry.kind != "none")
    assert bool(encoded.content_type) == (entry.kind != "none")


def test_the_kinds_are_those_of_postman() -> None:
    assert [entry.label for entry in BODIES] == [
        "none",
        "form-data",
        "x-www-form-urlencoded",
        "raw",
        "binary",
        "GraphQL",
    ]


@pytest.mark.parametrize(("language", "content_type"), [(row[0], row[2]) for row in RAW_LANGUAGES])
def test_raw_text_is_sent_to_the_letter_with_its_type(language: str, content_type: str) -> None:
    text = '{"a": 1.10, "b": "ü\\u00e9 中"}\r\n'
    encoded = body_kind("raw").encode(Body(kind="raw", text=text, language=language), no_files)
    assert whole(encoded) == text.encode()
    assert encoded.content_type == content_type


def no_files(path: str) -> FileSlice:
    raise AssertionError(path)


def test_form_data_reads_back_as_it_was_typed(tmp_path: Path) -> None:
    picture, other = tmp_path / '图 "1".png', tmp_path / "b.dat"
    picture.write_bytes(b"\x89PNG\r\n--not-the-boundary\r\n")
    other.write_bytes(b"")
    parts = (
        FormPart(name="text", value="line 1\r\nline 2 ü"),
        FormPart(name="skipped", value="x", enabled=False),
        FormPart(name="typed", value="{}", content_type="application/json"),
        FormPart(name="images", kind="file", files=(picture.name, str(other))),
    )
    encoded = body_kind("form-data").encode(Body(kind="form-data", parts=parts), lambda p: find_file(p, str(tmp_path)))
    data = whole(encoded)
    parsed = message_from_bytes(f"Content-Type: {encoded.content_type}\r\n\r\n".encode() + data, policy=HTTP)
    rows = list(parsed.iter_parts())
    assert [row.get_param("name", header="content-disposition") for row in rows] == [
        "text",
        "typed",
        "images",
        "images",
    ]
    assert rows[0].get_payload(decode=True) == "line 1\r\nline 2 ü".encode()
    assert rows[1].get_content_type() == "application/json"
    assert rows[2].get_content_type() == "image/png"
    assert rows[2].get_payload(decode=True) == picture.read_bytes()
    assert rows[3].get_content_type() == "application/octet-stream"
    assert 'filename="图 %221%22.png"'.encode() in data
    assert b'filename="b.dat"' in data


def test_files_travel_under_the_names_that_were_given(tmp_path: Path) -> None:
    for name in ("a.png", "b.dat", "c.png"):
        (tmp_path / name).write_bytes(b"x")
    part = FormPart(name="images", kind="file", files=("a.png", "b.dat", "c.png"), file_names=("", '图".jpg'))
    body = Body(kind="form-data", parts=(part,))
    data = whole(body_kind("form-data").encode(body, lambda path: find_file(path, str(tmp_path)))).decode()
    assert data.count("filename=") == 3
    assert 'filename="a.png"\r\nContent-Type: image/png' in data
    assert 'filename="图%22.jpg"\r\nContent-Type: image/jpeg' in data
    assert 'filename="c.png"' in data


def test_two_forms_do_not_share_a_boundary() -> None:
    body = Body(kind="form-data", parts=(FormPart(name="a", value="b"),))
    made = {body_kind("form-data").encode(body, no_files).content_type for _ in range(5)}
    assert len(made) == 5


def test_a_file_body_is_typed_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "rose.jpg").write_bytes(b"jpg")
    encoded = body_kind("binary").encode(Body(kind="binary", path="rose.jpg"), lambda p: find_file(p, str(tmp_path)))
    assert (encoded.content_type, whole(encoded)) == ("image/jpeg", b"jpg")


@pytest.mark.parametrize(
    ("body", "kind", "names"),
    [
        (Body(kind="binary", path="gone.jpg"), "missing-file", "gone.jpg"),
        (Body(kind="binary"), "no-file-chosen", ""),
        (Body(kind="form-data", parts=(FormPart(name="images", kind="file"),)), "no-file-chosen", "images"),
        (Body(kind="form-data", parts=(FormPart(name="i", kind="file", files=("x.png",)),)), "missing-file", "x.png"),
        (Body(kind="binary", path="."), "not-a-file", ""),
    ],
)
def test_a_file_that_cannot_be_sent_is_named(body: Body, kind: str, names: str, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError) as caught:
        body_kind(body.kind).encode(body, lambda path: find_file(path, str(tmp_path)))
    failure = caught.value.failure
    assert (failure.layer, failure.kind) == ("file", kind)
    assert names in str(failure.message)
    assert failure.hint


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(ExchangeError, match="graph"):
        body_kind("graph")
