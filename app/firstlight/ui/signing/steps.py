"""What the dialog tells of a signature, step by step. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from firstlight.auth.occasion import UNKNOWN_HASH
from firstlight.model.signing import Signing
from firstlight.texts import tr


class Step(NamedTuple):
    """A text that was made, and what it is made of."""

    name: str
    """Of the object; never changes."""
    title: str
    meaning: str
    text: str


def steps(signing: Signing) -> list[Step]:
    """Return the steps in their order."""
    made: list[Step] = []
    if signing.canonical_request:
        meaning = tr("Line by line: method, path, parameters, each signed header, their names, SHA-256 of the body.")
        made.append(Step("canonicalRequest", tr("Canonical request"), meaning, signing.canonical_request))
    made.append(Step("stringToSign", tr("String to sign"), _to_sign(signing), signing.string_to_sign))
    made.append(
        Step(
            "signedAuthorization",
            tr("Header {name}", name="Authorization"),
            tr("The header that is sent. The signature is shown in part, so that it can be compared but not used."),
            signing.authorization,
        )
    )
    return made


def _to_sign(signing: Signing) -> str:
    if not signing.canonical_request:
        return tr("Line by line: POST, MD5 of the body, Content-Type, date, path. The token signs it with HMAC-SHA1.")
    if len(signing.string_to_sign.split("\n")) == 4:
        return tr("Line by line: algorithm, date, region and service, SHA-256 of the text above. The secret signs it.")
    return tr("Line by line: algorithm, date, SHA-256 of the text above. The secret signs it.")


def introduction(signing: Signing, *, sent: bool) -> str:
    """Say what this is about in plain words."""
    told = tr(
        "The gateway makes the same texts from what arrives and signs them with its copy of the secret. "
        "One character that differs, and it refuses the request."
    )
    if not sent:
        told += "\n" + tr("This is a preview: date and signature are made anew when the request is sent.")
        if UNKNOWN_HASH in signing.canonical_request + signing.string_to_sign:
            told += " " + tr("The hash of the file is computed then as well.")
    if signing.payload == "unsigned":
        told += "\n" + tr("The body is not covered: whoever is in between could change it.")
    return told
