"""What counts as a secret, and how it is hidden. Pure: where secrets are kept is the store's business."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

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

ENVIRONMENT_PREFIX = "FIRSTLIGHT_SECRET_"
"""Environment variables that start so are secrets; the command line of an isolated machine uses them."""

MASK = "••••••"
USER_INFO = re.compile(
    r"""^(?P<before>\s*(?:[A-Za-z][\w+.-]*://)?[^/?#@:\[]*:)
    (?!//|(?:\d+|\{\{[^{}]*\}\})(?:[/?#]|$))  # no scheme, and no port: an @ may stand in the path behind it
    (?P<password>[^@]+)(?=@)""",
    re.VERBOSE,
)
"""The beginning of a URL with a password in it, as people type it: without a scheme, or with a slash not encoded."""
REFERENCE = re.compile(r"\{\{\s*+secret:\s*+([^{}\s]++(?:\s++[^{}\s]++)*+)\s*+\}\}")
"""`{{secret:name}}`: a pointer into the secret store. Group 1 is the name. Linear, whatever is typed."""

_SCHEME_HEADERS = frozenset({"authorization", "proxy-authorization"})
_SHORTEST = 4  # shorter values would blank out half of every log
_SHORTEST_INSIDE_BASE64 = 8  # characters; fewer turn up by chance
_HEX = re.compile("%[0-9A-F]{2}")
_ESCAPED_BY_GO = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def environment_name(name: str) -> str:
    """Return the environment variable of a secret: `iris-token` → `FIRSTLIGHT_SECRET_IRIS_TOKEN`."""
    return ENVIRONMENT_PREFIX + re.sub(r"[^A-Za-z0-9_]", "_", name).upper()


@dataclass(frozen=True, slots=True)
class Masker:
    """Replaces every known secret in a text, in the shapes it travels in: plain, in URLs, JSON, base64, hex."""

    secrets: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    """Secrets of up to three characters: hidden in headers and URLs alone, where they stand as words of their own."""

    @classmethod
    def of(cls, values: Iterable[str]) -> Masker:
        """Build a masker for `values`; longer secrets are replaced first, so none leaves a tail."""
        return _masker(frozenset(values))

    def mask(self, text: str) -> str:
        """Return `text` with every secret replaced by MASK."""
        for secret in self.secrets:
            if secret in text:
                text = text.replace(secret, MASK)
        return text

    def mask_bytes(self, data: bytes) -> bytes:
        """Return `data` with every secret replaced; bytes that are no text stay as they are."""
        return self.mask(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    def mask_words(self, text: str) -> str:
        """Return a URL or the value of a header with every secret replaced, short ones too."""
        text = self.mask(text)
        for secret in self.short:
            if secret in text:
                text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", MASK, text)
        return text

    def mask_header(self, name: str, value: str) -> str:
        """Return the value of a header as it may be shown; a scheme word such as Bearer stays readable."""
        if name.lower() not in SECRET_HEADERS:
            return self.mask_words(value)
        if name.lower() not in _SCHEME_HEADERS:
            return MASK  # the first word of a cookie is a secret already
        scheme, blank, rest = value.partition(" ")
        return f"{scheme} {MASK}" if blank and rest and len(scheme) <= 24 and scheme.isascii() else MASK


@lru_cache(maxsize=16)
def _masker(values: frozenset[str]) -> Masker:
    """Every exchange asks three times for the same secrets: before the guards, at its start and for its head."""
    known = {value for given in values for value in (given, given.strip()) if value.strip()}
    shapes = {shape for value in known if len(value) >= _SHORTEST for shape in _shapes(value)}
    short = {shape for value in known if len(value) < _SHORTEST for shape in _url_shapes(value)}
    return Masker(tuple(sorted(shapes, key=len, reverse=True)), tuple(sorted(short, key=len, reverse=True)))


@lru_cache(maxsize=64)
def _shapes(value: str) -> frozenset[str]:
    from html import escape

    in_python = {repr(value)[1:-1], ascii(value)[1:-1]}  # in a traceback
    plain = {value, escape(value), _as_latin1(value), *in_python, *_url_shapes(value)}
    once = {shape for text in plain for shape in _in_json(text)}
    twice = {shape for text in once for shape in _in_json(text)}  # a gateway quotes the answer of what it called
    data = value.encode("utf-8", "replace")
    return frozenset({*plain, *once, *twice, data.hex(), data.hex().upper(), *_base64_shapes(data)})


def _as_latin1(text: str) -> str:
    """Return UTF-8 text as it looks to whoever reads it as Latin-1: the reason phrase of an answer is read so."""
    return text.encode("utf-8", "replace").decode("latin-1")


def _in_json(text: str) -> set[str]:
    """Return `text` as it stands within a JSON string, by the habits of several libraries."""
    from json import dumps

    shapes = {dumps(text)[1:-1], dumps(text, ensure_ascii=False)[1:-1]}
    shapes |= {shape.replace("/", "\\/") for shape in shapes}  # PHP
    return shapes | {shape.translate(_ESCAPED_BY_GO) for shape in shapes}


def _url_shapes(value: str) -> set[str]:
    from urllib.parse import quote, quote_plus

    from firstlight.model.wire_url import as_sent  # late: it imports this module

    quoted = {
        as_sent(value),
        quote(value, safe="", errors="replace"),
        quote(value, errors="replace"),
        quote_plus(value, errors="replace"),
    }
    return {value} | quoted | {_HEX.sub(lambda found: found[0].lower(), text) for text in quoted}


def _base64_shapes(data: bytes) -> Iterator[str]:
    """Yield `data` in base64: alone, and the characters that it decides when it stands within something longer."""
    from base64 import b64encode
    from urllib.parse import quote

    yield b64encode(data).decode()
    for before in range(3):
        encoded = b64encode(bytes(before) + data).decode()
        inside = encoded[-(-before * 8 // 6) : (before + len(data)) * 8 // 6]
        if len(inside) >= _SHORTEST_INSIDE_BASE64:
            yield inside
            yield inside.replace("+", "-").replace("/", "_")
            yield quote(inside, safe="")
