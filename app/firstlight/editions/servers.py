"""Model servers: KServe v2 and Triton, TensorFlow Serving, TorchServe (VENDORS §8)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from firstlight.editions.address import Address, with_scheme
from firstlight.editions.common import NAME, ORIGIN, behind, from_host
from firstlight.editions.edition import GUESS, HOST, SHAPE, Edition, Found, Match, Part, Place
from firstlight.texts import N_, Phrase

_V2 = re.compile(
    r"/v2/models/(?P<model>[^/]+)(?:/versions/(?P<version>[^/]+))?(?:/(?P<verb>infer|ready|config|stats))?"
)
_V2_ROOT = re.compile(r"/v2(?:/health/(?:live|ready))?|/v2/repository/index")
_GENERATE = re.compile(
    r"/v2/models/(?P<model>[^/]+)(?:/versions/(?P<version>[^/]+))?/(?P<verb>generate_stream|generate)"
)
_TF = re.compile(
    r"/v1/models/(?P<model>[^/:]+)(?:/versions/(?P<version>\d+)|/labels/(?P<label>[^/:]+))?"
    r"(?::(?P<verb>predict|classify|regress)|/metadata)"
)
_TORCH = re.compile(r"/(?P<verb>predictions|explanations)/(?P<model>[^/]+)(?:/(?P<version>[^/]+))?")

_MODEL = Part(name="model", label=N_("Model"), pattern=NAME, expected=N_("A model's name has no blank and no slash."))
_VERSION = Part(
    name="version",
    label=N_("Version"),
    help=N_("Empty: the one that the server chooses."),
    optional=True,
    pattern=NAME,
    expected=N_("A version has no blank and no slash."),
)
_KINDS = ("bearer", "apikey", "basic")


def _facts(address: Address, found: re.Match[str], before: str, verb: str) -> dict[str, Found]:
    names = found.groupdict()
    version = names.get("version") or names.get("label") or ""
    why = Phrase("It stands behind the model.") if version else Phrase("The address names none.")
    return {
        "origin": from_host(address),
        "model": behind(found["model"], before),
        "version": Found(value=version, why=why),
        "verb": Found(value=verb, why=Phrase("The operation in the address.")),
    }


def _without_model(address: Address) -> Match:
    return Match(sure=SHAPE, parts={"origin": from_host(address)})


def _read_kserve(address: Address) -> Match | None:
    path = address.path.rstrip("/")
    if found := _V2.fullmatch(path):
        return Match(sure=SHAPE, parts=_facts(address, found, "/v2/models/", "infer"))
    return _without_model(address) if _V2_ROOT.fullmatch(path) else None


def _read_triton(address: Address) -> Match | None:
    path = address.path.rstrip("/")
    if found := _GENERATE.fullmatch(path):
        return Match(sure=SHAPE, parts=_facts(address, found, "/v2/models/", found["verb"]))
    found = _V2.fullmatch(path)  # KServe's own servers look the same
    return Match(sure=GUESS, parts=_facts(address, found, "/v2/models/", "infer")) if found else None


def _build_v2(values: Mapping[str, str]) -> Place:
    version = values.get("version", "").strip()
    behind_model = f"/versions/{version}" if version else ""
    path = f"/v2/models/{values['model'].strip()}{behind_model}/{values.get('verb', '') or 'infer'}"
    return Place(url=with_scheme(values["origin"], "http"), path=path)


KSERVE = Edition(
    kind="kserve",
    vendor="kserve",
    label=N_("KServe v2 (Open Inference Protocol)"),
    note=N_("/v2/models/{model}/infer: tensors by name, shape and data type. The protocol has no sign-in."),
    parts=(replace(ORIGIN, placeholder="http://127.0.0.1:8080"), _MODEL, _VERSION),
    read=_read_kserve,
    build=_build_v2,
    credentials=_KINDS,
    starts=("json",),
    channel="custom",
)
TRITON = replace(
    KSERVE,
    kind="triton",
    label=N_("Triton"),
    note=N_("KServe v2 on port 8000, and /generate for text models. /metrics stands on port 8002."),
    parts=(
        replace(ORIGIN, placeholder="http://127.0.0.1:8000"),
        _MODEL,
        _VERSION,
        Part(
            name="verb",
            label=N_("Operation"),
            choices=(("infer", N_("Tensors (infer)")), ("generate", N_("Text (generate)")),
                     ("generate_stream", N_("Text, streamed (generate_stream)"))),
        ),
    ),
    read=_read_triton,
)  # fmt: skip


def _read_tf(address: Address) -> Match | None:
    found = _TF.fullmatch(address.path.rstrip("/"))
    if found is None:
        return None
    facts = _facts(address, found, "/v1/models/", found["verb"] or "predict")
    return Match(sure=HOST if address.port == "8501" else SHAPE, parts=facts)


def _build_tf(values: Mapping[str, str]) -> Place:
    version = values.get("version", "").strip()
    behind_model = f"/{'versions' if version.isdigit() else 'labels'}/{version}" if version else ""
    path = f"/v1/models/{values['model'].strip()}{behind_model}:{values.get('verb', '') or 'predict'}"
    return Place(url=with_scheme(values["origin"], "http"), path=path)


TF_SERVING = Edition(
    kind="tf-serving",
    vendor="tf-serving",
    label=N_("TensorFlow Serving"),
    note=N_("Port 8501; /v1/models/{model}:predict with instances or inputs. There is no sign-in."),
    parts=(
        replace(ORIGIN, placeholder="http://127.0.0.1:8501"),
        _MODEL,
        replace(_VERSION, label=N_("Version or label"), help=N_("Digits are a version, anything else is a label.")),
        Part(
            name="verb",
            label=N_("Operation"),
            choices=(("predict", "predict"), ("classify", "classify"), ("regress", "regress")),
        ),
    ),
    read=_read_tf,
    build=_build_tf,
    credentials=_KINDS,
    starts=("json",),
    channel="custom",
)


def _read_torch(address: Address) -> Match | None:
    found = _TORCH.fullmatch(address.path.rstrip("/"))
    if found is None:
        return None
    return Match(sure=SHAPE, parts=_facts(address, found, f"/{found['verb']}/", found["verb"]))


def _build_torch(values: Mapping[str, str]) -> Place:
    version = values.get("version", "").strip()
    path = f"/{values.get('verb', '') or 'predictions'}/{values['model'].strip()}{f'/{version}' if version else ''}"
    return Place(url=with_scheme(values["origin"], "http"), path=path)


TORCHSERVE = Edition(
    kind="torchserve",
    vendor="torchserve",
    label=N_("TorchServe"),
    note=N_("Port 8080; newer releases want a key after Bearer unless that is turned off."),
    parts=(
        replace(ORIGIN, placeholder="http://127.0.0.1:8080"),
        _MODEL,
        _VERSION,
        Part(
            name="verb",
            label=N_("Operation"),
            choices=(("predictions", "predictions"), ("explanations", "explanations")),
        ),
    ),
    read=_read_torch,
    build=_build_torch,
    credentials=("bearer",),
    starts=("file", "json"),
    channel="custom",
)
EDITIONS = (KSERVE, TRITON, TF_SERVING, TORCHSERVE)
