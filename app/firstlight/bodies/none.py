"""No body at all."""

from __future__ import annotations

from firstlight.bodies.kind import BodyKind, FileLookup
from firstlight.model.prepared import EncodedBody
from firstlight.model.request import Body
from firstlight.texts import N_


def _encode(body: Body, find_file: FileLookup) -> EncodedBody:
    return EncodedBody()


KIND = BodyKind(kind="none", label=N_("none"), encode=_encode)
