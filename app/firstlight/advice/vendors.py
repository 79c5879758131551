"""Whose answer it is: recognised from code, host, headers, path and the shape of the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

Rows = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One kind of service. Its name is that of its file in resources/explanations."""

    name: str
    codes: str = ""
    """A pattern of its error codes."""
    hosts: str = ""
    """A pattern within `host:port`."""
    paths: str = ""
    """A pattern within the path."""
    sent: frozenset[str] = frozenset()
    """Names of request headers that only it takes."""
    answered: frozenset[str] = frozenset()
    """Names of response headers that only it sends."""
    behind: tuple[str, ...] = ()
    """Whose errors come through it as well: its gateway's, its model server's."""


VENDORS = (
    Vendor(
        name="iam",
        codes=r"IAM\.",
        hosts=r"^iam[.-]",
        paths=r"/v3/auth/|/v3/projects|/v3\.0/OS-",
        answered=frozenset({"x-iam-trace-id"}),
        behind=("apig",),
    ),
    Vendor(
        name="maas",
        codes=r"ModelArts\.81\d{3}$",
        hosts=r"modelarts-maas\.com|maas\.",
        behind=("modelarts", "apig", "openai"),
    ),
    Vendor(
        name="modelarts",
        codes=r"ModelArts\.|MR\.\d",
        hosts=r"modelarts|\.apig\.[\w-]+\.huaweicloudapis\.com",
        paths=r"/v1/infers(/|$)|/v2/infer(/|$)",
        behind=("apig",),
    ),
    Vendor(
        name="pangu",
        codes=r"PANGU\.",
        hosts=r"^pangu\.",
        paths=r"/v1/[^/]+/deployments/|/v2/[^/]+/pools/|/api/v2/chat/completions",
        behind=("apig", "openai"),
    ),
    Vendor(
        name="eas",
        hosts=r"\.pai-eas\.aliyuncs\.com|pai-eas-vpc\.",
        paths=r"^/api/predict/",
        answered=frozenset({"x-eas-request-id", "x-eas-queueservice-request-id"}),
    ),
    Vendor(
        name="apig",
        codes=r"APIG\.\d",
        sent=frozenset({"x-apig-appcode", "x-auth-token", "x-apig-mode"}),
        answered=frozenset({"x-apig-latency", "x-apig-upstream-latency", "x-apig-ratelimit-api"}),
    ),
    Vendor(name="ollama", hosts=r":11434$", paths=r"^/api/(generate|chat|tags|show|embed|pull)"),
    Vendor(name="torchserve", paths=r"^/(predictions|explanations)/"),
    Vendor(name="tgi", paths=r"/generate(_stream)?$"),
    Vendor(name="vllm", behind=("openai",)),
    Vendor(name="openai", hosts=r"openai\.", paths=r"/v1/(chat/)?completions$|/v1/(models|embeddings|responses)"),
)
"""In the order in which they are asked: what is special before what many speak."""
_BY_NAME = {vendor.name: vendor for vendor in VENDORS}
_HOSTS = tuple((vendor.name, re.compile(vendor.hosts)) for vendor in VENDORS if vendor.hosts)
_PATHS = tuple((vendor.name, re.compile(vendor.paths)) for vendor in VENDORS if vendor.paths)
"""Compiled once: they are asked with every request that is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What is known of an exchange."""

    url: str = ""
    code: str = ""
    sent: Rows = ()
    answered: Rows = ()
    document: object = None
    """The JSON of the answer."""
    service: str = ""
    """The vendor of the Service that the request belongs to."""


def recognise(clues: Clues) -> tuple[str, ...]:
    """Return the vendors whose answer it may be, the likeliest first."""
    found: dict[str, None] = {}
    for name in _clear(clues):
        found.setdefault(name)
    for name in tuple(found):
        for other in _BY_NAME[name].behind:
            found.setdefault(other)
    return tuple(found)


def _clear(clues: Clues) -> Iterator[str]:
    """Yield the vendors that clues point to, strong clues first."""
    address = urlsplit(clues.url)
    answered = {name.lower() for name, _ in clues.answered}
    sent = {name.lower() for name, _ in clues.sent}
    if clues.service in _BY_NAME:
        yield clues.service
    if clues.code:
        yield from (v.name for v in VENDORS if v.codes and re.match(v.codes, clues.code))
    by_host, by_path = _by_address(address.netloc.rpartition("@")[2].lower(), address.path)
    yield from by_host
    if answered:
        yield from (v.name for v in VENDORS if v.answered & answered)
    yield from _by_shape(clues.document)
    yield from by_path
    yield from (v.name for v in VENDORS if v.sent & sent)


@lru_cache(maxsize=64)
def _by_address(host: str, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the vendors that host and path point to. The few addresses of a session are asked with every request."""
    by_host = tuple(name for name, pattern in _HOSTS if pattern.search(host))
    return by_host, tuple(name for name, pattern in _PATHS if pattern.search(path))


def _by_shape(document: object) -> Iterator[str]:
    """Yield the model servers that answer errors in this shape (VENDORS §6)."""
    if not isinstance(document, Mapping):
        return
    error = document.get("error")
    if "error_type" in document:
        yield "tgi"
    if document.get("object") == "error" or error == "Unauthorized":
        yield "vllm"
    if isinstance(error, str) and "try pulling" in error:
        yield "ollama"
    if isinstance(error, Mapping) and "type" in error:
        if isinstance(error.get("code"), int):
            yield "vllm"
        yield "openai"
