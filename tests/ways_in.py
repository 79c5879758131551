"""WAYS: every way into a service that vendors describe (VENDORS §3.2, §4.1, §5, §8), as the demo workspace offers it.

One line of SIGN_INS is one line of those tables. Each is tried over the protocols and channels its service has: from
the window and from the command line, with the right secret and with a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from firstlight.model.service import NO_CREDENTIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One way to sign in at one service."""

    row: str
    """The line of the vendor's table."""
    credential: str = NO_CREDENTIAL
    secret: str = ""
    """The secret of the demo that is wrong when the service is to refuse; empty: nobody asks for one."""
    refused: str = ""
    """The code under which the refusal is explained, or the kind of the failure of a token that is not issued."""
    channel: str = "Public"
    status: int = 401
    """What a wrong secret is answered with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One sending: a request of a service over one channel with one credential."""

    service: str
    protocol: str
    """HTTP, SSE or WebSocket."""
    request: str
    """Collection/Request, by their names."""
    path: str
    """The request's file in the workspace."""
    sign_in: SignIn

    def __str__(self) -> str:
        return f"{self.service}, {self.protocol}, {self.sign_in.channel}, {self.sign_in.credential}"


_TOKEN = SignIn(row="§3.2 Token", credential="IAM token", secret="demo_token", refused="ModelArts.0203")
_APP = SignIn(row="§3.2 APP simple", credential="AppCode", secret="demo_appcode", refused="APIG.0303")
_AKSK = SignIn(row="§3.2 AK/SK", credential="AK/SK", secret="demo_sk", refused="APIG.0301")
_APP_SIGNED = SignIn(
    row="§3.2 APP signature", credential="App signature", secret="demo_app_secret", refused="APIG.0303"
)
_FOUR = (_TOKEN, _APP, _AKSK, _APP_SIGNED)
_NINE = (
    *_FOUR,
    SignIn(
        row="§3.2 Token", credential="IAM user and password", secret="demo_password", refused="iam-wrong-password"
    ),
    SignIn(row="§3.2 Token", credential="IAM user with MFA", secret="demo_password", refused="iam-wrong-password"),
    SignIn(row="§3.2 APP key", credential="AppKey", secret="demo_app_key", refused="APIG.0303"),
    SignIn(
        row="§3.2 gateway options: app_secret", credential="AppKey and AppSecret", secret="demo_app_secret",
        refused="APIG.0303",
    ),
    SignIn(
        row="§3.2 gateway options: app_basic", credential="App as Basic auth", secret="demo_app_secret",
        refused="APIG.0303",
    ),
)  # fmt: skip
_PRIVATE = (
    SignIn(row="§3.2 Token", credential="IAM token", secret="demo_token", refused="ModelArts.0203",
           channel="VPC endpoint"),
    SignIn(row="§3.1 VPC high-speed", channel="VPC high-speed"),
)  # fmt: skip
_KEY = "demo_api_key"

SIGN_INS: Mapping[str, tuple[SignIn, ...]] = {
    "Iris classifier": (*_NINE, *_PRIVATE),
    "Flower classifier": (*_FOUR, *_PRIVATE),
    "Object detection": (*_FOUR, *_PRIVATE),
    "Chat on ModelArts": (*_NINE, *_PRIVATE),
    "Chat, new generation": (
        SignIn(row="§3.2 New generation: API key", credential="API key", secret=_KEY, refused="ModelArts.0208"),
        SignIn(row="§3.2 New generation: token", credential="IAM token", secret="demo_token", refused="ModelArts.0203"),
        SignIn(row="§3.2 New generation: none", channel="Without sign-in"),
    ),
    "MaaS chat": (SignIn(row="§3.2 MaaS", credential="API key", secret=_KEY, refused="ModelArts.81003"),),
    "Pangu chat": (
        SignIn(row="§4.1 V1 token", credential="IAM token", secret="demo_token", refused="APIG.0301", channel="V1"),
        SignIn(row="§4.1 V1 API key", credential="API key for V1", secret=_KEY, refused="APIG.0303", channel="V1"),
        SignIn(row="§4.1 V2 API key", credential="API key for V2", secret=_KEY, refused="PANGU.0011", channel="V2"),
        SignIn(row="§4.3 edge", channel="Edge load balancer"),
        SignIn(row="§4.3 edge", channel="Edge node"),
    ),
    "EAS chat": (
        SignIn(row="§5.2 raw token", credential="EAS token", secret="demo_eas_token", refused="401"),
        SignIn(row="§5.2 Bearer", credential="Token after Bearer", secret="demo_eas_token", refused="401"),
        SignIn(row="§5.2 signature", credential="EAS signature", secret="demo_eas_token", refused="401"),
        SignIn(row="§5.2 raw token", credential="EAS token", secret="demo_eas_token", refused="401", channel="VPC"),
        SignIn(row="§5.1 dedicated gateway", credential="EAS token", secret="demo_eas_token", refused="401",
               channel="Dedicated gateway"),
        SignIn(row="§5.1 group", credential="Group token", secret="demo_eas_group_token", refused="401",
               channel="Group"),
        SignIn(row="§5.1 VPC direct", channel="VPC direct"),
    ),
    "OpenAI-compatible chat": (
        SignIn(row="§6 API key", credential="API key", secret=_KEY, refused="invalid_api_key"),
        SignIn(
            row="§6 API key", credential="API key", secret=_KEY, refused="invalid_api_key", channel="Another origin"
        ),
    ),
    "Self-hosted chat": (SignIn(row="§6 no key", channel="Server"),),
    "KServe and Triton": (SignIn(row="§8 KServe v2, Triton", channel="Server"),),
    "TensorFlow Serving": (SignIn(row="§8 TF Serving", channel="Server"),),
    "TorchServe": (
        SignIn(row="§8 TorchServe", credential="API key", secret=_KEY, refused="InvalidKeyException", channel="Server",
               status=400),
    ),
}  # fmt: skip

_FILES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "Iris classifier": {"HTTP": ("First steps/Predict one iris", "First-steps/predict-one-iris")},
    "Flower classifier": {"HTTP": ("First steps/Classify a picture", "First-steps/classify-a-picture")},
    "Object detection": {"HTTP": ("ModelArts/Object detection", "ModelArts/object-detection")},
    "Chat on ModelArts": {
        "HTTP": ("ModelArts/Chat behind the gateway", "ModelArts/chat-behind-the-gateway"),
        "SSE": ("ModelArts/Streamed chat behind the gateway", "ModelArts/streamed-chat-behind-the-gateway"),
        "WebSocket": ("WebSocket/Chat behind ModelArts", "WebSocket/chat-behind-modelarts"),
    },
    "Chat, new generation": {
        "HTTP": ("ModelArts/New generation, chat", "ModelArts/new-generation-chat"),
        "SSE": ("ModelArts/New generation, streamed chat", "ModelArts/new-generation-streamed-chat"),
        "WebSocket": ("WebSocket/Chat, new generation", "WebSocket/chat-new-generation"),
    },
    "MaaS chat": {
        "HTTP": ("ModelArts/MaaS, chat", "ModelArts/maas-chat"),
        "SSE": ("ModelArts/MaaS, streamed chat", "ModelArts/maas-streamed-chat"),
    },
    "Pangu chat": {
        "HTTP": ("Pangu/V1 with a token", "Pangu/v1-with-a-token"),
        "SSE": ("Pangu/V1 with an API key, streamed", "Pangu/v1-with-an-api-key-streamed"),
    },
    "EAS chat": {
        "HTTP": ("PAI-EAS/Chat", "PAI-EAS/chat"),
        "SSE": ("PAI-EAS/Streamed chat", "PAI-EAS/streamed-chat"),
        "WebSocket": ("WebSocket/Chat behind PAI-EAS", "WebSocket/chat-behind-pai-eas"),
    },
    "OpenAI-compatible chat": {
        "HTTP": ("OpenAI-compatible/Chat", "OpenAI-compatible/chat"),
        "SSE": ("OpenAI-compatible/Streamed chat", "OpenAI-compatible/streamed-chat"),
    },
    "Self-hosted chat": {
        "HTTP": ("Self-hosted/vLLM, chat", "Self-hosted/vllm-chat"),
        "SSE": ("Self-hosted/vLLM, streamed chat", "Self-hosted/vllm-streamed-chat"),
    },
    "KServe and Triton": {
        "HTTP": ("Self-hosted/KServe v2, iris", "Self-hosted/kserve-iris"),
        "SSE": ("Self-hosted/Triton, streamed text", "Self-hosted/triton-streamed"),
    },
    "TensorFlow Serving": {"HTTP": ("Self-hosted/TensorFlow Serving, iris", "Self-hosted/tf-serving-iris")},
    "TorchServe": {"HTTP": ("Self-hosted/TorchServe, flower", "Self-hosted/torchserve-flower")},
}
"""Of each service and protocol the request that is sent, by name and by file."""


def _ways() -> Iterator[Way]:
    for service, requests in _FILES.items():
        for protocol, (name, file) in requests.items():
            for sign_in in SIGN_INS[service]:
                path = f"collections/{file}.yaml"
                yield Way(service=service, protocol=protocol, request=name, path=path, sign_in=sign_in)


WAYS = tuple(_ways())
SAID = ("Tell me of the moon.", '{"demo_close": 1000}')
"""What is said over a WebSocket: a question, and that it is time to say goodbye."""


def damaged(secret: str) -> str:
    """Return a secret of the same length that opens nothing."""
    return "Wrong0" + secret[6:]
