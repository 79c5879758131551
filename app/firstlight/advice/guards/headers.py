"""Guards of header values that were pasted or typed wrongly."""

from __future__ import annotations

import re

from firstlight.advice.guards.guard import Said, Situation
from firstlight.model.secrets import MASK
from firstlight.texts import Phrase

_DOUBLED = re.compile(r"^(bearer|basic|token)\s+\1(\s|$)", re.IGNORECASE)
_SCHEME = re.compile(r"^(bearer|basic|token)\s", re.IGNORECASE)
_RAW = {
    "x-auth-token": "X-Auth-Token",
    "x-apig-appcode": "X-Apig-AppCode",
    "x-api-key": "X-Api-Key",
    "api-key": "api-key",
    "apikey": "apikey",
}
"""Headers whose value is the credential alone."""
_QUOTES = "\"'“”‘’<>"


def doubled_scheme(situation: Situation) -> Said:
    """`Bearer Bearer …`: the key was pasted with the word that is added anyway."""
    found = _DOUBLED.match(situation.headers.get("authorization", ""))
    if not found:
        return None
    return (
        Phrase("Authorization says {word} twice.", word=found[1]),
        Phrase("Paste the token alone, without the word {word}.", word=found[1]),
    )


def scheme_before_token(situation: Situation) -> Said:
    """These headers take the value alone."""
    for name, shown in _RAW.items():
        if name in situation.headers and (found := _SCHEME.match(situation.headers[name])):
            return (
                Phrase("{name} begins with the word {word}; it takes the value alone.", name=shown, word=found[1]),
                Phrase("Remove the word {word}.", word=found[1]),
            )
    return None


def blanks_in_token(situation: Situation) -> Said:
    """A token has no blanks; a line break that was pasted became one."""
    for name, shown in _RAW.items():
        value = situation.headers.get(name, "").strip()
        if value and value != MASK and re.search(r"\s", value) and not _SCHEME.match(value):
            return (
                Phrase("The value of {name} has a blank in it: it was probably pasted with a line break.", name=shown),
                Phrase("Paste it again in one piece; the Authorization tab removes blanks by itself."),
            )
    return None


def token_in_quotes(situation: Situation) -> Said:
    """Quotation marks and angle brackets come from samples."""
    for name in (*_RAW, "authorization"):
        if name not in situation.headers:
            continue
        value = situation.headers[name].rpartition(" ")[2]
        if len(value) > 1 and value[0] in _QUOTES and value[-1] in _QUOTES:
            shown = _RAW.get(name, "Authorization")
            return (
                Phrase("The value of {name} stands in quotation marks or brackets.", name=shown),
                Phrase("Remove them: they are sent as part of the token."),
            )
    return None


def content_type(situation: Situation) -> Said:
    """A Content-Type that was set by hand has to name the body that is really sent."""
    rows = (row for row in situation.request.headers if row.enabled and row.name.strip().lower() == "content-type")
    row = next(rows, None)
    if row is None or not row.value.strip():
        return None
    said = row.value.partition(";")[0].strip().lower()
    real = situation.sent.body.content_type.partition(";")[0].strip().lower()
    if not real or not _clash(said, real):
        return None
    return (
        Phrase("Content-Type says {said}, but the body is {real}.", said=said, real=real),
        Phrase("Untick the row on the Headers tab: the right one is added by itself."),
    )


def _clash(said: str, real: str) -> bool:
    """Tell whether a server that believes the header cannot read the body."""
    shapes = ("multipart/form-data", "application/x-www-form-urlencoded")
    if said in shapes or real in shapes:
        return said != real
    return "json" in said and real.startswith(("image/", "audio/", "video/"))
