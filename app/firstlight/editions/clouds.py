"""Endpoints of other clouds, told by their host names: Azure, SageMaker, Hugging Face (VENDORS §8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from firstlight.editions.address import Address
from firstlight.editions.common import ORIGIN, PATH, from_host, rest, told
from firstlight.editions.custom import CUSTOM
from firstlight.editions.edition import HOST, Match, Told
from firstlight.texts import N_, Phrase

_REGION = N_("Region")
_FROM_HOST = Phrase("From the host name.")


def _reader(hosts: str, *more: Told) -> Callable[[Address], Match | None]:
    """Return what reads addresses at these hosts; a group `region` in the expression is told, and `more`."""
    pattern = re.compile(hosts)

    def read(address: Address) -> Match | None:
        found = pattern.fullmatch(address.host)
        if found is None:
            return None
        region = found.groupdict().get("region")
        return Match(
            sure=HOST,
            parts={
                "origin": from_host(address),
                "path": rest(address.path.strip("/"), address.query, Phrase("the host")),
            },
            told=(*((told("region", _REGION, region, _FROM_HOST),) if region else ()), *more),
        )

    return read


AZURE_ML = replace(
    CUSTOM,
    kind="azure-ml",
    channel="public",
    label=N_("Azure ML online endpoint"),
    note=N_("{endpoint}.{region}.inference.ml.azure.com/score. The key, or a token, goes behind Bearer."),
    parts=(ORIGIN, replace(PATH, label=N_("Path"), help="", placeholder="/score")),
    read=_reader(r"[a-z0-9-]+\.(?P<region>[a-z0-9]+)\.inference\.ml\.azure\.com"),
    credentials=("bearer",),
    starts=("json", "file", "chat"),
)
AZURE_OPENAI = replace(
    CUSTOM,
    kind="azure-openai",
    vendor="openai",
    channel="public",
    label=N_("Azure OpenAI"),
    note=N_("The deployment stands in the path, api-version behind it. The key goes into the header api-key."),
    parts=(
        ORIGIN,
        replace(PATH, label=N_("Path"), help="", placeholder="/openai/deployments/…/chat/completions?api-version=…"),
    ),
    read=_reader(
        r"[a-z0-9-]+\.(?:openai|cognitiveservices)\.azure\.com",
        told("key_header", N_("Header of the key"), "api-key", Phrase("Azure OpenAI reads it there.")),
    ),
    credentials=("apikey", "bearer"),
    starts=("chat", "json"),
)
HUGGING_FACE = replace(
    CUSTOM,
    kind="hugging-face",
    channel="public",
    label=N_("Hugging Face Inference Endpoint"),
    note=N_("The token (hf_…) goes behind Bearer. 503 while the endpoint starts from zero: send it again in a minute."),
    read=_reader(r"[a-z0-9-]+\.(?P<region>[a-z0-9-]+)\.(?:aws|azure|gcp)\.endpoints\.huggingface\.cloud"),
    credentials=("bearer",),
)
SAGEMAKER = replace(
    CUSTOM,
    kind="sagemaker",
    channel="public",
    label=N_("Amazon SageMaker endpoint"),
    note=N_("runtime.sagemaker.{region}.amazonaws.com/endpoints/{name}/invocations, signed with AWS SigV4."),
    parts=(ORIGIN, replace(PATH, label=N_("Path"), help="", placeholder="/endpoints/…/invocations")),
    read=_reader(
        r"runtime\.sagemaker\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?",
        told("aws_service", N_("Service name"), "sagemaker", Phrase("The signature names it.")),
    ),
    credentials=("aws-sigv4",),
)
EDITIONS = (AZURE_ML, AZURE_OPENAI, HUGGING_FACE, SAGEMAKER)
