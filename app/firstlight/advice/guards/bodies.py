"""Guards of the body: one that is not read, JSON that is none, a stream that cannot be one."""

from __future__ import annotations

import re

from firstlight.advice.guards.guard import Said, Situation
from firstlight.texts import Phrase

_NO_BODY = frozenset({"GET", "HEAD"})


def get_with_body(situation: Situation) -> Said:
    """Servers and gateways drop the body of a GET, or refuse it (RFC 9110 §9.3.1)."""
    if situation.sent.method not in _NO_BODY:
        return None
    return (
        Phrase("{method} carries a body; most servers ignore it or refuse.", method=situation.sent.method),
        Phrase("Choose POST, or “none” on the Body tab."),
    )


def json_broken(situation: Situation) -> Said:
    """The header promises JSON, the body is none."""
    said = situation.headers.get("content-type", "").partition(";")[0].strip().lower()
    if situation.is_json or not (said == "application/json" or said.endswith("+json")):
        return None
    return (
        Phrase("The body is sent as JSON, but it is not JSON."),
        Phrase("The line under the editor says where it breaks; text goes as “Text”."),
    )


def stream_not_read(situation: Situation) -> Said:
    """The body asks for a stream, the request's settings or its Accept header do not want one."""
    if situation.fields.get("stream") is not True:
        return None
    if situation.sent.settings.stream == "off":
        return (
            Phrase("The body asks for a stream, but the request reads none."),
            Phrase("Set “Read as a stream” to Automatic in the Settings tab, or stream to false."),
        )
    accepted = situation.headers.get("accept", "*/*").lower()
    if any(kind in accepted for kind in ("*/*", "text/*", "event-stream", "ndjson")):
        return None
    return (
        Phrase("The body asks for a stream, but Accept allows {accepted} only.", accepted=accepted),
        Phrase("Untick the row Accept, or write text/event-stream."),
    )


def path_does_not_stream(situation: Situation) -> Said:
    """TGI streams on another path than it answers whole."""
    if situation.fields.get("stream") is not True or not re.search(r"/generate$", situation.address.path):
        return None
    if situation.is_of("ollama") or "inputs" not in situation.fields:
        return None
    return (
        Phrase("The body asks for a stream; on this path the answer comes whole."),
        Phrase("Send it to /generate_stream."),
    )


def several_choices(situation: Situation) -> Said:
    """Pangu streams one answer only (PANGU.3321)."""
    count = situation.fields.get("n")
    if situation.fields.get("stream") is not True:
        return None
    if not isinstance(count, int) or count < 2:
        return None
    return (
        Phrase("n is {count}, but a stream of Pangu has one answer.", count=count),
        Phrase("Set n to 1, or stream to false."),
    )
