"""What counts as a secret, and how it is hidden. Pure: where secrets are kept is the store's business."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

SECRET_HEADERS = frozenset(
    {
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-auth-token", "x-subject-token",
        "x-apig-appcode", "apikey", "api-key", "x-api-key", "x-goog-api-key", "x-hw-appkey", "x-security-token",
    }
)  # fmt: skip
"""Lower-case header names whose values are secret wherever they come from."""

SECRET_PARAMS = frozenset(
    {
        "api_key",
        "apikey",
        "api-key",
        "key",
        "token",
        "access_token",
        "appcode",
        "password",
        "secret",
        "sig",
        "signature",
    }
)
"""Lower-case query names whose values are secret."""

MASK = "••••••"
REFERENCE = re.compile(r"\{\{\s*secret:([^{}]+?)\s*\}\}")
"""`{{secret:name}}`: a pointer into the secret store. Group 1 is the name."""

_SCHEME_HEADERS = frozenset({"authorization", "proxy-authorization"})
_SHORTEST = 4  # shorter values would blank out half of every log


@dataclass(frozen=True, slots=True)
class Masker:
    """Replaces every known secret in a text, in the shapes it travels in (plain, base64, URL-encoded)."""

    secrets: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: Iterable[str]) -> Masker:
        """Build a masker for `values`; longer secrets are replaced first, so none leaves a tail."""
        shapes = {shape for value in values if len(value) >= _SHORTEST for shape in _shapes(value)}
        return cls(tuple(sorted(shapes, key=len, reverse=True)))

    def mask(self, text: str) -> str:
        """Return `text` with every secret replaced by MASK."""
        for secret in self.secrets:
            if secret in text:
                text = text.replace(secret, MASK)
        return text

    def mask_header(self, name: str, value: str) -> str:
        """Return the value of a header as it may be shown; a scheme word such as Bearer stays readable."""
        if name.lower() not in SECRET_HEADERS:
            return self.mask(value)
        if name.lower() not in _SCHEME_HEADERS:
            return MASK  # the first word of a cookie is a secret already
        scheme, blank, rest = value.partition(" ")
        return f"{scheme} {MASK}" if blank and rest and len(scheme) <= 24 and scheme.isascii() else MASK


def _shapes(value: str) -> set[str]:
    from base64 import b64encode
    from json import dumps
    from urllib.parse import quote

    return {
        value,
        quote(value, safe=""),
        b64encode(value.encode()).decode(),
        dumps(value)[1:-1],
        dumps(value, ensure_ascii=False)[1:-1],
    }
