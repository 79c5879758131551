"""How a request was signed: what a person compares with the log of a gateway, or with what another tool signed."""

from __future__ import annotations

import msgspec

from firstlight.model.secrets import Masker

_SHOWN_DIGITS = 8
"""Of a signature: enough to compare two of them, too little to send the request again."""


class Signing(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One signature, step by step. Texts are as they were signed, except `authorization`."""

    algorithm: str
    at: str
    """The date that was signed, as it is sent."""
    tolerance_s: int = 0
    """How far the gateway lets a clock be off; 0 when it does not look."""
    canonical_request: str = ""
    """Empty where the method has none."""
    string_to_sign: str = ""
    authorization: str = ""
    """The header that is sent, its signature shortened."""
    payload: str = "hashed"
    """`hashed`, `unsigned`: what the signature says of the body."""


def shortened(authorization: str, signature: str) -> str:
    """Return the header as it may be shown: whoever reads it can compare the signature but not use it."""
    return authorization.replace(signature, f"{signature[:_SHOWN_DIGITS]}…")


def masked_signing(signing: Signing | None, masker: Masker) -> Signing | None:
    """Return `signing` as it may be shown: security tokens and other secret headers are signed in the clear."""
    if signing is None:
        return None
    return msgspec.structs.replace(
        signing,
        canonical_request=_masked_lines(signing.canonical_request, masker),
        string_to_sign=masker.mask(signing.string_to_sign),
        authorization=masker.mask(signing.authorization),
    )


def _masked_lines(text: str, masker: Masker) -> str:
    lines = (_masked_line(line, masker) for line in text.split("\n"))
    return "\n".join(lines)


def _masked_line(line: str, masker: Masker) -> str:
    """Mask a line; one that is a header by the rules of headers."""
    name, colon, value = line.partition(":")
    return f"{name}:{masker.mask_header(name, value)}" if colon and value else masker.mask_words(line)
