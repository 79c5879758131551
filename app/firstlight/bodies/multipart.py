"""form-data (RFC 7578): text and file parts between boundaries. Files are named here and read while sending."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from itertools import zip_longest
from mimetypes import guess_type

from firstlight.bodies.kind import BodyKind, FileLookup
from firstlight.model.failure import failed
from firstlight.model.prepared import EncodedBody, FileSlice
from firstlight.model.request import Body, FormPart
from firstlight.texts import N_, Phrase

_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""What browsers escape in names (WHATWG HTML, multipart/form-data); everything else travels as UTF-8."""


def _encode(body: Body, find_file: FileLookup) -> EncodedBody:
    boundary = f"----FirstLight{secrets.token_hex(16)}"
    pieces: list[bytes | FileSlice] = []
    for part in body.parts:
        if part.enabled and (part.name or part.value or part.files):
            for piece in _part(part, find_file):
                pieces += (f"--{boundary}\r\n".encode(), *piece, b"\r\n")
    pieces.append(f"--{boundary}--\r\n".encode())
    return EncodedBody(pieces=tuple(_joined(pieces)), content_type=f"multipart/form-data; boundary={boundary}")


def _part(part: FormPart, find_file: FileLookup) -> Iterator[tuple[bytes | FileSlice, ...]]:
    if part.kind != "file":
        yield _head(part.name, "", part.content_type), part.value.encode("utf-8", errors="surrogatepass")
        return
    if not part.files:
        raise failed(
            "file",
            "no-file-chosen",
            Phrase("The form-data row “{name}” has no file.", name=part.name),
            Phrase("Choose one on the Body tab, or untick the row."),
        )
    for path, given in zip_longest(part.files, part.file_names[: len(part.files)], fillvalue=""):
        found = find_file(path)
        name = given or found.path.replace("\\", "/").rpartition("/")[2]
        yield _head(part.name, name, part.content_type or guess_type(name)[0] or "application/octet-stream"), found


def _head(name: str, filename: str, content_type: str) -> bytes:
    lines = f'Content-Disposition: form-data; name="{name.translate(_ESCAPES)}"'
    if filename:
        lines += f'; filename="{filename.translate(_ESCAPES)}"'
    if content_type:
        lines += f"\r\nContent-Type: {' '.join(content_type.split())}"
    return f"{lines}\r\n\r\n".encode("utf-8", errors="surrogateescape")


def _joined(pieces: list[bytes | FileSlice]) -> Iterator[bytes | FileSlice]:
    """Join neighbouring bytes, so that a form of texts is one piece and one write."""
    waiting: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, bytes):
            waiting.append(piece)
            continue
        yield b"".join(waiting)
        waiting.clear()
        yield piece
    yield b"".join(waiting)


KIND = BodyKind(kind="form-data", label=N_("form-data"), encode=_encode, fields=("parts",))
