"""A typed text, sent as UTF-8 to the letter."""

from __future__ import annotations

from firstlight.bodies import meta_uuid
from firstlight.bodies.kind import BodyKind, FileLookup
from firstlight.model.prepared import EncodedBody
from firstlight.model.request import Body
from firstlight.texts import N_

RAW_LANGUAGES: tuple[tuple[str, str, str], ...] = (
    ("json", "JSON", "application/json"),
    ("text", N_("Text"), "text/plain; charset=utf-8"),
    ("xml", "XML", "application/xml"),
    ("html", "HTML", "text/html; charset=utf-8"),
    ("javascript", "JavaScript", "application/javascript"),
)
"""(word in files, label, Content-Type), in menu order. Those without charset are UTF-8 by their own standard."""


def _encode(body: Body, find_file: FileLookup) -> EncodedBody:
    text = meta_uuid.renewed(body.text) if body.new_meta_uuid and body.language == "json" else body.text
    data = text.encode("utf-8", errors="surrogatepass")
    content_type = next((row[2] for row in RAW_LANGUAGES if row[0] == body.language), "text/plain; charset=utf-8")
    if not data:
        return EncodedBody()
    found = meta_uuid.read(data) if body.language == "json" else ""
    return EncodedBody(pieces=(data,), content_type=content_type, meta_uuid=found)


KIND = BodyKind(kind="raw", label=N_("raw"), encode=_encode, fields=("text",))
