"""One file, sent as it is."""

from __future__ import annotations

from mimetypes import guess_type

from firstlight.bodies.kind import BodyKind, FileLookup
from firstlight.model.failure import failed
from firstlight.model.prepared import EncodedBody
from firstlight.model.request import Body
from firstlight.texts import N_, Phrase


def _encode(body: Body, find_file: FileLookup) -> EncodedBody:
    if not body.path:
        raise failed(
            "file",
            "no-file-chosen",
            Phrase("The body is a file, but none is chosen."),
            Phrase("Choose one on the Body tab."),
        )
    found = find_file(body.path)
    return EncodedBody(pieces=(found,), content_type=guess_type(found.path)[0] or "application/octet-stream")


KIND = BodyKind(kind="binary", label=N_("binary"), encode=_encode, fields=("path",))
