"""FIRSTS: for every edition what its console hands out, and what the wizard's first request to it must come to.

Addresses are the vendors' own. A test leads them to the demo, whose services check path, host, headers, body and
credential: see `credentials`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from demo_server import RunningDemo
from firstlight.demo import accounts
from firstlight.demo.llm.models import CHAT
from firstlight.demo.modelarts.services import CHAT as GATEWAY_CHAT
from firstlight.demo.modelarts.services import FLOWERS, IRIS

Values: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """One first request."""

    edition: str
    paste: str = ""
    """What is pasted; empty: no address says what it is, so it is chosen and filled in by hand."""
    parts: Values = field(default_factory=dict)
    """What is filled in besides."""
    trial: str = "chat"
    model: str = ""
    on_node: bool = False
    """It leads to the demo's node, else to its gateways."""
    checked: bool = True
    """Without the right credential it is refused."""
    refused: int = 401

    @property
    def name(self) -> str:
        """What a test calls it."""
        return f"{self.edition}-{self.trial}"

    @property
    def host(self) -> str:
        """Where its address leads, with the port."""
        return (self.paste or self.parts["origin"]).removeprefix("http://").partition("/")[0]


_GROUP, _APP_GROUP = "5d1f0c7ab2e94c3f8a6e2b7d90c4f1e3", "8a30c1d47e5b4f29a6d0e3b19c72f584"
_APIG = f"http://{_GROUP}.apig.cn-southwest-2.huaweicloudapis.com"
_APP = f"http://{_APP_GROUP}.apig.cn-southwest-2.huaweicloudapis.com"
_INFER = f"{_APIG}/v1/infers"
_PANGU = "http://pangu.cn-southwest-2.myhuaweicloud.com"
_V1 = f"/v1/{accounts.HOME.id}/deployments/{CHAT.deployment_id}/chat/completions"
_POOL = f"/v2/{accounts.HOME.id}/pools/pool-1/deployments/{CHAT.deployment_id}/chat/completions"
_EAS = "cn-hangzhou.pai-eas.aliyuncs.com"
_EAS_CHAT = "api/predict/chat/v1/chat/completions"
_OPEN = {"on_node": True, "checked": False}

FIRSTS = (
    First(edition="modelarts", paste=f"{_INFER}/{IRIS.id}", trial="json"),
    First(edition="modelarts", paste=f"{_INFER}/{FLOWERS.id}", trial="file"),
    First(edition="modelarts", paste=f"{_INFER}/{GATEWAY_CHAT.id}/v1/chat/completions", model=CHAT.name),
    First(edition="modelarts-app", paste=f"{_APP}/v1/infers/{IRIS.id}", trial="json"),
    First(
        edition="modelarts-endpoint", trial="json",
        parts={"connect_to": "{demo}", "origin": _APIG, "service_id": IRIS.id},
    ),
    First(edition="modelarts-direct", trial="json", parts={"origin": "http://192.168.0.30:8080"}, **_OPEN),
    First(edition="modelarts-edge", trial="json", parts={"origin": "http://10.1.2.3:1024"}, **_OPEN),
    First(
        edition="modelarts-v2", model=CHAT.name,
        paste=f"http://infer.example.com/v2/infer/{GATEWAY_CHAT.id}/v1/chat/completions",
    ),
    First(edition="maas", paste="http://api.modelarts-maas.com/v1/chat/completions", model=CHAT.name),
    First(
        edition="pangu-edge-balancer", paste="http://10.1.2.3:8080/edge/api/v2/chat/completions", model=CHAT.name,
        checked=False,
    ),
    First(edition="pangu-edge-node", paste="http://10.1.2.3:30080/api/v2/chat/completions", model=CHAT.name, **_OPEN),
    First(edition="pangu-v1", paste=_PANGU + _V1),
    First(edition="pangu-v2", paste=f"{_PANGU}/api/v2/chat/completions", model=CHAT.name),
    First(edition="pangu-pool", paste=_PANGU + _POOL),
    First(edition="eas", paste=f"http://1612345678901234.{_EAS}/{_EAS_CHAT}", model=CHAT.name),
    First(edition="eas-vpc", paste=f"http://1612345678901234.vpc.{_EAS}/{_EAS_CHAT}", model=CHAT.name),
    First(edition="eas-gateway", paste=f"http://gw-a1b2c3.{_EAS}/{_EAS_CHAT}", model=CHAT.name),
    First(edition="eas-gateway-vpc", paste=f"http://gw-a1b2c3-vpc.{_EAS}/{_EAS_CHAT}", model=CHAT.name),
    First(edition="eas-own-host", paste=f"http://chat.1612345678901234.{_EAS}/v1/chat/completions", model=CHAT.name),
    First(edition="eas-direct", parts={"origin": "http://10.0.0.5:8000"}, model=CHAT.name, **_OPEN),
    First(edition="kserve", paste="http://10.0.0.7:8080/v2/models/iris/infer", trial="json", **_OPEN),
    First(
        edition="triton", parts={"origin": "http://10.0.0.7:8000", "model": "iris"}, trial="json", **_OPEN
    ),
    First(edition="triton", paste=f"http://10.0.0.7:8000/v2/models/{CHAT.name}/generate_stream", trial="json", **_OPEN),
    First(edition="tf-serving", paste="http://10.0.0.7:8501/v1/models/iris:predict", trial="json", **_OPEN),
    First(
        edition="torchserve", paste="http://10.0.0.7:8080/predictions/iris", trial="json", on_node=True, refused=400
    ),
    First(
        edition="torchserve", paste="http://10.0.0.7:8080/predictions/flowers", trial="file", on_node=True, refused=400
    ),
    First(edition="openai", paste="http://llm.example.com/v1", model=CHAT.name),
    First(edition="vllm", paste="http://10.0.0.7:8000", model=CHAT.name, **_OPEN),
    First(edition="ollama", paste="http://10.0.0.7:11434", model=CHAT.name, **_OPEN),
    First(edition="tgi", paste="http://10.0.0.7:8080/generate_stream", **_OPEN),
    First(edition="azure-ml", paste="http://iris.westeurope.inference.ml.azure.com/score", trial="json"),
    First(
        edition="azure-openai",
        paste=f"http://res.openai.azure.com/openai/deployments/{CHAT.name}/chat/completions?api-version=2024-10-21",
    ),
    First(edition="hugging-face", paste="http://abc.us-east-1.aws.endpoints.huggingface.cloud", trial="json"),
    First(
        edition="sagemaker", paste="http://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/iris/invocations",
        trial="json", refused=403,
    ),
    First(edition="custom", paste="http://service.example.com/faults/echo", trial="json", checked=False),
)  # fmt: skip


def credentials(demo: RunningDemo, first: First) -> dict[str, dict[str, str]]:
    """Return for each kind what is filled in besides what the wizard fills in; the last value is the secret."""
    eas, pangu = first.edition.startswith("eas"), first.edition.startswith("pangu")
    key = {"azure-openai": "api-key", "openai": "Authorization"}.get(first.edition, "X-API-Key")
    word = "Bearer " if key == "Authorization" else ""
    app = {"app_key": demo["demo_app_key"], "app_secret": demo["demo_app_secret"]}
    return {
        "huawei-iam": {
            "endpoint": demo.url, "account": demo["demo_account"], "user": demo["demo_user"],
            "project": accounts.HOME.name, "password": demo["demo_password"],
        },
        "x-auth-token": {"token": demo["demo_token"]},
        "aksk": {"ak": demo["demo_ak"], "sk": demo["demo_sk"]},
        "appcode": {"appcode": demo["demo_api_key" if pangu else "demo_appcode"]},
        "app-signature": app,
        "app-key": {"app_key": demo["demo_app_key"]},
        "app-secret": app,
        "app-basic": {"username": app["app_key"], "password": app["app_secret"]},
        "bearer": {"token": demo["demo_eas_token" if eas else "demo_api_key"]},
        "eas-token": {"token": demo["demo_eas_token"]},
        "eas-signature": {"token": demo["demo_eas_token"]},
        "apikey": {"key": key, "value": word + demo["demo_api_key"]},
        "basic": {"username": "demo", "password": demo["demo_password"]},
        "aws-sigv4": {"access_key": demo["demo_ak"], "secret_key": demo["demo_sk"]},
    }  # fmt: skip
