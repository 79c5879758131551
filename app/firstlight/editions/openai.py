"""OpenAI-compatible services: OpenAI's API itself, vLLM, Ollama, TGI and whoever speaks like them (VENDORS §6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from firstlight.editions.address import Address, glued, with_scheme
from firstlight.editions.common import ORIGIN
from firstlight.editions.edition import GUESS, HOST, SHAPE, Edition, Found, Match, Part, Place
from firstlight.texts import N_, Phrase

_OPERATION = re.compile(
    r"(?P<base>.*?)(?P<operation>/(?:chat/completions|completions|embeddings|responses|rerank|score|models(?:/(?!.*/metadata)[^:]*)?))"
)
_VERSION = re.compile(r"(?P<before>.*)/v1")
_BASE = re.compile(r".*/(?:v\d+|openai)")
_KNOWN_HOSTS = re.compile(
    r"api\.openai\.com|api\.deepseek\.com|dashscope(?:-intl)?\.aliyuncs\.com|ark\.[a-z0-9-]+\.volces\.com"
    r"|qianfan\.baidubce\.com|openrouter\.ai|api\.moonshot\.cn|open\.bigmodel\.cn"
)
_BESIDE_V1 = frozenset({"/health", "/metrics", "/version", "/ping", "/tokenize"})
_KINDS = ("bearer", "apikey")

_CHAT = "/v1/chat/completions"
BASE_URL = replace(
    ORIGIN,
    name="base",
    label=N_("Base URL"),
    help=N_("What OpenAI clients call base_url. A /v1 at its end becomes part of the path."),
    placeholder="http://127.0.0.1:8000/v1",
)
PATH = Part(
    name="path",
    label=N_("Path"),
    help=N_("The operation that is called."),
    placeholder=_CHAT,
    optional=True,
)


def _split(base: str, operation: str) -> tuple[str, str]:
    """Move a /v1 from the base into the path, so that /health and /metrics can be reached as well."""
    found = _VERSION.fullmatch(base)
    return (found["before"], f"/v1{operation}") if found else (base, operation)


def _match(address: Address, base: str, operation: str, sure: int) -> Match:
    before, path = _split(base, operation)
    query = f"?{address.query}" if address.query else ""
    return Match(
        sure=sure,
        parts={
            "base": Found(value=address.origin + before, why=Phrase("The address up to the version of the API.")),
            "path": Found(value=path + query, why=Phrase("The operation of the API behind it.")),
        },
    )


def _read(address: Address) -> Match | None:
    return read_base(address, known=_KNOWN_HOSTS.fullmatch(address.host) is not None)


def read_base(address: Address, *, known: bool) -> Match | None:
    """Read a base URL, or one of an operation behind it; of a `known` host anything is one."""
    path = address.path.rstrip("/")
    if not address.authority:
        return None
    if found := _OPERATION.fullmatch(path):
        models = found["operation"].startswith("/models")  # a list is looked at; what is tried first is the chat
        operation = "/chat/completions" if models else found["operation"]
        return _match(address, found["base"], operation, HOST if known else SHAPE)
    if _BASE.fullmatch(path):
        return _match(address, path, "/chat/completions", HOST if known else SHAPE)
    return _match(address, path or "/v1", "/chat/completions", HOST) if known else None


def build_base(values: Mapping[str, str]) -> Place:
    """Return `{base}` and the path; a base that ends with the path's /v1 gives it away once."""
    base = with_scheme(values["base"])
    path = values.get("path", "").strip()
    if not path:
        before, path = _split(base, "/chat/completions")
        return Place(url=before, path=path)
    if path.startswith("/v1/") and (found := _VERSION.fullmatch(base)):
        base = found["before"]
    return Place(url=base, path=glued("", path))


OPENAI = Edition(
    kind="openai",
    vendor="openai",
    label=N_("OpenAI-compatible"),
    note=N_("Anything that OpenAI's clients can talk to: {base URL}/chat/completions."),
    parts=(BASE_URL, PATH),
    read=_read,
    build=build_base,
    credentials=_KINDS,
    starts=("chat", "json"),
)


def _read_vllm(address: Address) -> Match | None:
    if address.port == "8000" and (address.path.rstrip("/") in {"", "/v1"} or address.path in _BESIDE_V1):
        return _match(address, "/v1", "/chat/completions", GUESS)
    return None


VLLM = replace(
    OPENAI,
    kind="vllm",
    channel="custom",
    label=N_("vLLM"),
    note=N_("Port 8000 unless set otherwise. Without --api-key nobody checks a key; /health and /metrics are open."),
    read=_read_vllm,
)


def _read_ollama(address: Address) -> Match | None:
    path = address.path.rstrip("/")
    native = path in {"/api/chat", "/api/generate", "/api/tags", "/api/version", "/api/show", "/api/ps"}
    if not native and address.port != "11434":
        return None
    base = Found(value=address.origin, why=Phrase("The address up to its path."))
    chosen = path if path in {"/api/chat", "/api/generate"} else _CHAT if path.startswith("/v1") else "/api/chat"
    usual = address.port == "11434"
    why = Phrase("Port 11434 is Ollama's.") if usual else Phrase("The path is one of Ollama's.")
    return Match(sure=HOST if usual else SHAPE, parts={"base": base, "path": Found(value=chosen, why=why)})


OLLAMA = replace(
    OPENAI,
    kind="ollama",
    channel="custom",
    label=N_("Ollama"),
    note=N_("Port 11434, no sign-in. /api/chat streams lines of JSON; the OpenAI twin is /v1/chat/completions."),
    parts=(replace(BASE_URL, placeholder="http://127.0.0.1:11434", help=""), replace(PATH, placeholder="/api/chat")),
    read=_read_ollama,
    build=lambda values: _build_plain(values, "/api/chat"),
    credentials=("bearer",),
)


def _read_tgi(address: Address) -> Match | None:
    path = address.path.rstrip("/")
    if path not in {"/generate", "/generate_stream", "/info"}:
        return None
    chosen = "/generate_stream" if path == "/info" else path
    return Match(
        sure=SHAPE,
        parts={
            "base": Found(value=address.origin, why=Phrase("The address up to its path.")),
            "path": Found(value=chosen, why=Phrase("The path is one of TGI's.")),
        },
    )


def _build_plain(values: Mapping[str, str], default: str) -> Place:
    return Place(url=with_scheme(values["base"]), path=glued("", values.get("path", "").strip() or default))


TGI = replace(
    OPENAI,
    kind="tgi",
    channel="custom",
    label=N_("TGI (Text Generation Inference)"),
    note=N_("/generate and /generate_stream take inputs and parameters; the OpenAI twin is /v1/chat/completions."),
    parts=(
        replace(BASE_URL, placeholder="http://127.0.0.1:8080", help=""),
        replace(PATH, placeholder="/generate_stream"),
    ),
    read=_read_tgi,
    build=lambda values: _build_plain(values, "/generate_stream"),
    credentials=("bearer",),
)
EDITIONS = (OPENAI, VLLM, OLLAMA, TGI)
