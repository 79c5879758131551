"""Every request of the demo workspace answers on the first click, as its description says.

Each one is loaded from its file and sent by the real engine over the real transport to the running demo.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from browser import Person
from promises import (
    Advertised,
    all_of,
    answers,
    arrived_without_token,
    arrives_as,
    calls,
    came_in_one_piece,
    chats,
    comes_back,
    cut_inside_an_event,
    explained,
    fails,
    flower,
    is_huge,
    is_the_rose,
    keeps_every_digit,
    project,
    refused,
    says,
    streams,
    talks,
    tells_of,
    with_header,
)

from demo_server import RunningDemo
from firstlight.model.events import Cancelled, Event, Token
from firstlight.model.exchange import Exchange, Scope, Variable
from firstlight.model.network import NetworkSettings
from firstlight.model.request import Request
from firstlight.model.route import Choice, chosen
from firstlight.model.service import NO_CREDENTIAL
from firstlight.resources import resource_path
from firstlight.runner.conversation import Conversation
from firstlight.runner.exchange import exchange
from firstlight.runner.tokens import Tokens
from firstlight.store.tree import Node
from firstlight.store.workspace import Workspace
from firstlight.transport import HttpTransport

FOLDER = resource_path("demo", "workspace")
LARGEST_BYTES = 30_000_000
"""More than the huge body, and soon reached by those without end."""


ADVERTISED: dict[str, Advertised] = {
    "First steps/Hello JSON": answers(200, lambda body: body["message"] == "Hello, First Light!"),
    "First steps/Predict one iris": answers(200, flower("versicolor")),
    "First steps/Classify a picture": answers(200, lambda body: body["predicted_label"] == "sunflower"),
    "First steps/Streamed chat": streams("fish", usage="completion_tokens"),
    "First steps/Streamed chat in Chinese": streams("长江", usage="completion_tokens"),
    "ModelArts/Get a project token": all_of(answers(201, project), with_header("X-Subject-Token")),
    "ModelArts/Verify a token": answers(200, project),
    "ModelArts/List projects": answers(200, lambda body: len(body["projects"]) == 3),
    "ModelArts/List services": answers(200, lambda body: body["total_count"] == 7),
    "ModelArts/Iris with a token": answers(200, lambda body: len(body["data"]["resp_data"]) == 3),
    "ModelArts/Iris with an AppCode": answers(200, flower("versicolor")),
    "ModelArts/Flower classification": answers(200, lambda body: body["predicted_label"] == "iris"),
    "ModelArts/Object detection": answers(200, lambda body: len(body["detection_boxes"]) == 4),
    "ModelArts/Chat behind the gateway": chats("telescope"),
    "ModelArts/Streamed chat behind the gateway": streams("telescope"),
    "ModelArts/New generation, chat": chats("telescope"),
    "ModelArts/New generation, streamed chat": streams("telescope", usage="completion_tokens"),
    "ModelArts/MaaS, chat": chats("telescope"),
    "ModelArts/MaaS, streamed chat": streams("telescope", usage="completion_tokens"),
    "ModelArts/Where the time goes": all_of(
        answers(200), with_header("X-Apig-Upstream-Latency"), with_header("X-Apig-RateLimit-api")
    ),
    "ModelArts/Refused/No token": refused(401, "ModelArts.0201"),
    "ModelArts/Refused/Expired token": refused(401, "ModelArts.0202"),
    "ModelArts/Refused/Damaged token": refused(401, "ModelArts.0203"),
    "ModelArts/Refused/Domain-scoped token": refused(400, "ModelArts.0204"),
    "ModelArts/Refused/Token of another project": refused(403, "ModelArts.0210"),
    "ModelArts/Refused/Unknown AppCode": refused(401, "APIG.0303"),
    "ModelArts/Refused/Wrong path": refused(404, "APIG.0101"),
    "ModelArts/Refused/GET instead of POST": refused(405, "Method Not Allowed"),
    "ModelArts/Refused/Broken JSON": refused(400, "ModelArts.4105"),
    "ModelArts/Refused/Service not started": refused(400, "ModelArts.4203"),
    "ModelArts/Refused/Not a picture": refused(200, "MR.0105"),
    "ModelArts/Refused/Wrong password": refused(401, "IAM.0062"),
    "Signed requests/AK/SK": answers(200, flower("versicolor")),
    "Signed requests/AK/SK, a picture": answers(200, lambda body: body["predicted_label"]),
    "Signed requests/AK/SK, derived key": answers(200, flower("versicolor")),
    "Signed requests/App signature": answers(200, flower("versicolor")),
    "Signed requests/AppKey alone": answers(200, flower("versicolor")),
    "Signed requests/AppKey and AppSecret": answers(200, flower("versicolor")),
    "Signed requests/App as Basic auth": answers(200, flower("versicolor")),
    "Signed requests/New ModelArts, API key": answers(200, flower("versicolor")),
    "Signed requests/EAS signature": answers(200, lambda body: body["data"]),
    "Signed requests/EAS token after Bearer": answers(200, lambda body: body["data"]),
    "Signed requests/AWS signature": answers(200, flower("versicolor")),
    "Signed requests/Digest": answers(200, lambda body: body["user"] == "demo-user"),
    "Signed requests/Refused/Wrong secret key": says(401, "verify aksk signature fail"),
    "Signed requests/Refused/Unknown access key": says(401, "ak not exist"),
    "Signed requests/Refused/Project of somebody else": refused(403, "ModelArts.0210"),
    "Signed requests/Refused/Wrong AppSecret": says(401, "signature mismatch"),
    "Signed requests/Refused/New ModelArts, signed": refused(401, "ModelArts.0208"),
    "Signed requests/Refused/EAS signature of another token": says(401, "invalid signature"),
    "Signed requests/Refused/AWS, wrong secret key": says(403, "does not match"),
    "Fetched tokens/Password": answers(200, flower("versicolor")),
    "Fetched tokens/Password and MFA": answers(200, flower("versicolor")),
    "Fetched tokens/AK/SK for a token": answers(200, flower("versicolor")),
    "Fetched tokens/Projects seen by a sub-project": answers(200, lambda body: len(body["projects"]) == 3),
    "Fetched tokens/A token for 20 seconds": answers(200, flower("versicolor")),
    "Fetched tokens/OAuth 2.0, client credentials": answers(200, lambda body: body["client"] == "demo-client"),
    "Fetched tokens/OAuth 2.0, password": answers(200, lambda body: body["user"] == "demo-user"),
    "Fetched tokens/OAuth 2.0, in the browser": answers(200, lambda body: body["user"] == "demo-user"),
    "Fetched tokens/OAuth 2.0, a token for 20 seconds": answers(200, lambda body: body["client"] == "demo-client"),
    "Fetched tokens/Refused/OAuth 2.0, wrong client secret": fails("service", "oauth-invalid-client"),
    "Fetched tokens/Refused/OAuth 2.0, unknown scope": fails("service", "oauth-invalid-scope"),
    "Fetched tokens/Refused/Wrong account name": fails("service", "iam-wrong-login"),
    "Fetched tokens/Refused/User of the console only": fails("service", "iam-console-only"),
    "Fetched tokens/Refused/MFA code missing": fails("service", "iam-mfa-needed"),
    "Fetched tokens/Refused/No such project": fails("service", "iam-no-project"),
    "Fetched tokens/Refused/Token of the whole account": refused(400, "ModelArts.0204"),
    "Fetched tokens/Refused/Project of another region": refused(401, "ModelArts.0207"),
    "Pangu/V1 with a token": chats("fish"),
    "Pangu/V1 with an API key, streamed": streams("fish", usage="completion_tokens"),
    "Pangu/V1 text, streamed": streams("fish", usage="completion_tokens"),
    "Pangu/V2 with an API key": chats("fish"),
    "Pangu/V2 streamed, with reasoning": streams("长江", usage="completion_tokens", reasoning=True),
    "Pangu/Refused/V1 with a Bearer key": refused(401, "PANGU.0012"),
    "Pangu/Refused/V2 with a token": refused(401, "PANGU.0012"),
    "Pangu/Refused/V2 with an AppCode header": refused(401, "PANGU.0012"),
    "Pangu/Refused/Unknown deployment": refused(404, "PANGU.3254"),
    "Pangu/Refused/No messages": refused(400, "PANGU.3278"),
    "PAI-EAS/Chat": chats("Hello"),
    "PAI-EAS/Streamed chat": streams("telescope", usage="completion_tokens"),
    "PAI-EAS/Token after Bearer": chats("Hello"),
    "PAI-EAS/List models": answers(200, lambda body: body["data"][0]["id"] == "demo-chat"),
    "PAI-EAS/Echo a file": is_the_rose,
    "PAI-EAS/Where the instances are": answers(200, lambda body: body["endpoints"]["items"][0]["ip"] == "127.0.0.1"),
    "PAI-EAS/Refused/Wrong token": says(401, "Unauthorized"),
    "PAI-EAS/Refused/Forgotten path": says(404, "Not Found"),
    "PAI-EAS/Refused/Queue full": says(450, "queue"),
    "PAI-EAS/Refused/No instance ready": says(503, "upstream"),
    "OpenAI-compatible/List models": answers(200, lambda body: body["data"][1]["id"] == "demo-reasoner"),
    "OpenAI-compatible/Chat": chats("summer's day"),
    "OpenAI-compatible/Streamed chat": streams("moon", usage="completion_tokens"),
    "OpenAI-compatible/Reasoning, streamed": streams("light", usage="completion_tokens", reasoning=True),
    "OpenAI-compatible/Cut off at 12 tokens": streams("明月", finish="length"),
    "OpenAI-compatible/Refused/Wrong key": refused(401, "invalid_api_key"),
    "OpenAI-compatible/Refused/Unknown model": refused(404, "model_not_found"),
    "OpenAI-compatible/Refused/No messages": says(400, "messages"),
    "Self-hosted/vLLM, chat": chats("telescope"),
    "Self-hosted/vLLM, streamed chat": streams("telescope", usage="completion_tokens"),
    "Self-hosted/Ollama, NDJSON stream": streams("token", usage="eval_count"),
    "Self-hosted/TGI, streamed": streams("telescope", "eos_token", usage="generated_tokens"),
    "Self-hosted/KServe v2, iris": answers(200, lambda body: body["outputs"][0]["data"] == ["versicolor"]),
    "Self-hosted/Triton, streamed text": streams("telescope", finish=None),
    "Self-hosted/TensorFlow Serving, iris": answers(200, lambda body: body["predictions"][0][1] > 0.9),
    "Self-hosted/TorchServe, flower": answers(200, lambda body: max(body, key=body.get) == "rose"),
    "Other streams/Anthropic, streamed": streams("light", "end_turn", "output_tokens", reasoning=True),
    "Other streams/Anthropic, tool call": calls("search_poems", {"query": "Which poem speaks of the moon?"}),
    "Other streams/JSON array in pieces": arrives_as("json-array", "output_tokens"),
    "Other streams/Plain text in pieces": arrives_as("text"),
    "WebSocket/Chat behind ModelArts": talks("长江", usage="completion_tokens"),
    "WebSocket/Chat with an AppCode": talks("moon"),
    "WebSocket/Chat, new generation": talks("moon"),
    "WebSocket/Chat behind PAI-EAS": all_of(talks("Hello", code=4000, by="peer"), tells_of("4000")),
    "WebSocket/Echo": comes_back(4),
    "WebSocket/Refused/No token": fails("protocol", "handshake-refused", received="ModelArts.0201"),
    "WebSocket/Refused/Not a WebSocket": fails("protocol", "not-http"),
    "WebSocket/Refused/Closed by policy": all_of(talks("", code=1008, by="peer"), tells_of("1008")),
    "WebSocket/Refused/No goodbye": fails("read", "closed-without-goodbye", received=""),
    "WebSocket/Refused/Reserved bits": fails("protocol", "reserved-bits", received=""),
    "WebSocket/Refused/Wrong accept key": fails("protocol", "bad-handshake", received=""),
    "Faults/Slow answer": answers(200, lambda body: body["waited_ms"] == 5),
    "Faults/Slow answer, out of patience": fails("wait", "idle-timeout"),
    "Faults/Stream cut in the middle": cut_inside_an_event,
    "Faults/Body cut short": fails("read", "truncated-body", received="predictresult"),
    "Faults/Error inside a stream": fails("service", "error-in-stream", received="[DONE]"),
    "Faults/Stream held back": came_in_one_piece,
    "Faults/Malformed JSON": says(200, '"predictresult" "setosa"'),
    "Faults/Huge body": is_huge,
    "Faults/Numbers to the last digit": keeps_every_digit,
    "Faults/Too many requests": all_of(refused(429, "ModelArts.4206"), with_header("Retry-After")),
    "Faults/Redirect, not followed": all_of(answers(307), with_header("Location")),
    "Faults/Redirect to another origin": arrived_without_token,
    "Faults/Redirect without end": fails("protocol", "too-many-redirects", received="redirect-loop"),
    "Faults/Status 450": answers(450),
    **{f"Faults/Status {status}": explained(status, "http") for status in (494, 499, 530)},
    "Faults/Before sending/Unknown variable": fails("variable", "unknown-variable"),
    "Faults/Before sending/Unknown secret": fails("variable", "unknown-secret"),
    "Faults/Before sending/File that is gone": fails("file", "missing-file"),
    "Faults/Before sending/Empty credential": fails("variable", "empty-credential"),
    "Faults/Before sending/Blank in a header name": fails("protocol", "bad-header-name"),
    "Faults/Before sending/Authorities that are gone": fails("tls", "bad-ca-file"),
    "Faults/Explained/ModelArts code": explained(504, "modelarts"),
    "Faults/Explained/API Gateway code": explained(401, "apig"),
    "Faults/Explained/IAM code": explained(403, "iam"),
    "Faults/Explained/IAM without a code": explained(401, "iam"),
    "Faults/Explained/MaaS code": explained(403, "maas"),
    "Faults/Explained/Pangu code": explained(400, "pangu"),
    "Faults/Explained/OpenAI code": explained(400, "openai"),
    "Faults/Explained/vLLM error": explained(404, "vllm"),
    "Faults/Explained/TGI error": explained(429, "tgi"),
    "Faults/Explained/Ollama error": explained(404, "ollama"),
    "Faults/Explained/Failed behind status 200": explained(200, "modelarts"),
    "Faults/Explained/Error page of a proxy": explained(502, "http"),
    "Faults/Explained/Code that nobody knows": explained(409, "http"),
    "Faults/Packed with brotli": answers(200, lambda body: body["encoding"] == "br"),
    "Faults/Echo": answers(200, lambda body: ["x-note", "hello"] in body["headers"]),
    "Faults/Not HTTP at all": fails("protocol", "not-http"),
    "Faults/Connection reset": fails("wait", "connection-reset"),
    "Faults/Broken chunk": fails("protocol", "bad-chunk", received="hello"),
    "Faults/Nobody listens": fails("connect", "connection-refused"),
    "Faults/Connection/Unknown host": fails("dns", "unknown-host"),
    "Faults/Connection/No way there": fails("connect", "unreachable"),
    "Faults/Connection/Connect to nowhere": fails("connect", "bad-connect-to"),
    "Faults/Connection/HTTP/2 alone": fails("protocol", "no-http2"),
    "Faults/TLS/Expired certificate": fails("tls", "certificate-expired"),
    "Faults/TLS/Certificate not yet valid": fails("tls", "certificate-not-yet-valid"),
    "Faults/TLS/Certificate for another host": fails("tls", "certificate-wrong-host"),
    "Faults/TLS/Self-signed certificate": fails("tls", "certificate-self-signed"),
    "Faults/TLS/Unknown authority": fails("tls", "certificate-unknown-ca"),
    "Faults/TLS/Weak key": fails("tls", "certificate-weak"),
    "Faults/TLS/TLS 1.1 at most": fails("tls", "no-common-tls"),
    "Faults/TLS/Plain HTTP behind https": fails("tls", "not-tls"),
    "Faults/TLS/TLS behind http": fails("protocol", "https-port"),
    "Faults/TLS/Hang-up in the handshake": fails("tls", "tls-closed"),
    "Faults/TLS/Reset in the handshake": fails("tls", "connection-reset"),
    "Faults/TLS/Handshake without end": fails("tls", "tls-timeout"),
    "Faults/Broken answers/No answer": fails("wait", "no-answer"),
    "Faults/Broken answers/Silence": fails("wait", "idle-timeout"),
    "Faults/Broken answers/Total time is up": fails("read", "total-timeout", received="hello"),
    "Faults/Broken answers/Body without a head": fails("protocol", "no-status-line"),
    "Faults/Broken answers/HTTP/2 without asking": fails("protocol", "http2-only"),
    "Faults/Broken answers/Broken status line": fails("protocol", "bad-status-line"),
    "Faults/Broken answers/Broken header": fails("protocol", "bad-head", received=""),
    "Faults/Broken answers/Two lengths": fails("protocol", "bad-head", received=""),
    "Faults/Broken answers/Head cut off": fails("read", "truncated-head", received=""),
    "Faults/Broken answers/Head reset": fails("read", "truncated-head", received=""),
    "Faults/Broken answers/Body reset": fails("read", "connection-reset", received="hello"),
    "Faults/Broken answers/Body that stops": fails("read", "idle-timeout", received="hello"),
    "Faults/Broken answers/Chunks cut off": fails("read", "truncated-body", received="hello"),
    "Faults/Broken answers/Not really gzip": fails("read", "bad-content-encoding", received=""),
    "Faults/Broken answers/Gzip cut off": fails("read", "bad-content-encoding", received="first light"),
    "Faults/Broken answers/Gzip with a wrong checksum": fails("read", "bad-content-encoding", received="first light"),
    "Faults/Broken answers/Not really brotli": fails("read", "bad-content-encoding", received=""),
    "Faults/Broken answers/Not really zstd": fails("read", "bad-content-encoding", received=""),
    "Faults/Too much/Ten thousand header lines": fails("protocol", "too-many-headers", received=""),
    "Faults/Too much/Endless headers": fails("protocol", "head-too-large", received=""),
    "Faults/Too much/Endless early hints": fails("protocol", "too-many-informational"),
    "Faults/Too much/Endless body": fails("read", "body-too-large", received="and so on"),
    "Faults/Too much/Decompression bomb": fails("read", "body-too-large", received="\0\0"),
}
"""What each request's description promises. `Endless stream` has a test of its own."""


def requests(nodes: Sequence[Node], trail: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.kind == "request":
            yield "/".join((*trail, node.name)), node.path
        yield from requests(node.children, (*trail, node.name))


PATHS = dict(requests(Workspace.open(FOLDER).tree()))


def loaded(demo: RunningDemo, name: str) -> tuple[Request, Scope]:
    """Load a request and what it may refer to, as the window and the command line do."""
    workspace = Workspace.open(FOLDER)
    given = {**demo.addresses, "delay_ms": "5"}
    of_the_run = {key: Variable(value=value, origin="run") for key, value in given.items()}
    around = workspace.surroundings(PATHS[name])
    request = workspace.load_request(PATHS[name])
    scope = Scope(
        variables={**around.variables, **of_the_run},
        secret=demo.credentials.get,
        folder=str(FOLDER.resolve()),
        authorization=around.authorization,
        service=workspace.services.named(request.service),
    )
    return request, scope


def _conversation(request: Request, scope: Scope) -> Conversation:
    """Send the saved messages of a WebSocket, as somebody does who clicks through them, and leave."""
    conversation = Conversation(close_after_s=0.5)
    for message in request.messages:
        conversation.send(message, scope)
    return conversation


async def sent(demo: RunningDemo, name: str, emit: Callable[[Event], None], choice: Choice | None = None) -> Exchange:
    transport = HttpTransport(NetworkSettings(largest_body_bytes=LARGEST_BYTES))
    person, tokens = Person(), Tokens()
    tokens.ask_person = person.ask
    request, scope = loaded(demo, name)
    request, scope = chosen(request, choice or Choice()), replace(scope, tokens=tokens)
    try:
        return await exchange(request, scope, transport, emit, _conversation(request, scope))
    finally:
        await person.done()
        await tokens.aclose()
        await transport.aclose()


def test_every_request_is_described_and_none_is_forgotten_here() -> None:
    assert set(PATHS) == {*ADVERTISED, "Faults/Endless stream"}
    workspace = Workspace.open(FOLDER)
    assert all(workspace.load_request(path).description for path in PATHS.values())


def test_no_secret_is_written_into_the_workspace(demo: RunningDemo) -> None:
    secret = [demo[name] for name in demo.credentials if name not in {"demo_user", "demo_account"}]
    for file in FOLDER.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        assert not [value for value in secret if value in text], file


@pytest.mark.parametrize("name", ADVERTISED)
def test_a_request_of_the_demo_workspace_answers_as_advertised(demo: RunningDemo, name: str) -> None:
    ADVERTISED[name](asyncio.run(sent(demo, name, lambda _: None)))


SERVICES = {entry.name: entry.value for entry in Workspace.open(FOLDER).services.entries()}
ONE_OF_EACH = {
    "Iris classifier": "First steps/Predict one iris",
    "Flower classifier": "First steps/Classify a picture",
    "Object detection": "ModelArts/Object detection",
    "Chat on ModelArts": "ModelArts/Streamed chat behind the gateway",
    "Chat, new generation": "ModelArts/New generation, streamed chat",
    "MaaS chat": "ModelArts/MaaS, chat",
    "OpenAI-compatible chat": "OpenAI-compatible/Chat",
    "Self-hosted chat": "Self-hosted/vLLM, chat",
    "KServe and Triton": "Self-hosted/KServe v2, iris",
    "TensorFlow Serving": "Self-hosted/TensorFlow Serving, iris",
    "TorchServe": "Self-hosted/TorchServe, flower",
}
"""Requests that every channel of their service answers, with every one of its credentials."""
PANGU = [
    ("V1", "IAM token", "Pangu/V1 with a token"),
    ("V1", "API key for V1", "Pangu/V1 with a token"),
    ("V2", "API key for V2", "Pangu/V2 with an API key"),
    ("Edge load balancer", NO_CREDENTIAL, "Pangu/V2 with an API key"),
    ("Edge node", NO_CREDENTIAL, "Pangu/V2 with an API key"),
]
EAS = [
    *(
        (channel, credential, "PAI-EAS/Chat")
        for channel in ("Public", "VPC", "Dedicated gateway")
        for credential in ("EAS token", "Token after Bearer", "EAS signature")
    ),
    ("Group", "Group token", "PAI-EAS/Chat"),
    ("VPC direct", NO_CREDENTIAL, "PAI-EAS/Chat"),
]
COMBINATIONS = [
    *(
        (channel.name, credential, request)
        for name, request in ONE_OF_EACH.items()
        for channel in SERVICES[name].channels
        for credential in (
            *(entry.name for entry in SERVICES[name].credentials),
            *([] if channel.credential else [NO_CREDENTIAL]),
        )
    ),
    *PANGU,
    *EAS,
]


@pytest.mark.parametrize(("channel", "credential", "name"), COMBINATIONS)
def test_every_channel_of_a_demo_service_answers_with_every_credential(
    demo: RunningDemo, channel: str, credential: str, name: str
) -> None:
    choice = Choice(channel=channel, credential=credential)
    ADVERTISED[name](asyncio.run(sent(demo, name, lambda _: None, choice)))


def test_a_gateway_refuses_what_carries_no_credential_or_that_of_another_api(demo: RunningDemo) -> None:
    for name, choice in (
        ("First steps/Predict one iris", Choice(credential=NO_CREDENTIAL)),
        ("Pangu/V1 with a token", Choice(channel="V2", credential="API key for V1")),
        ("PAI-EAS/Chat", Choice(channel="VPC", credential=NO_CREDENTIAL)),
        ("PAI-EAS/Chat", Choice(channel="Group", credential="EAS token")),
        ("PAI-EAS/Chat", Choice(channel="Public", credential="Group token")),
    ):
        done = asyncio.run(sent(demo, name, lambda _: None, choice))
        assert done.response is not None
        assert done.response.status == 401


def test_every_demo_service_is_described_and_has_a_request() -> None:
    used = {Workspace.open(FOLDER).load_request(path).service for path in PATHS.values()} - {""}
    assert used == set(SERVICES)
    assert all(service is not None and service.description for service in SERVICES.values())


def test_the_endless_stream_goes_on_until_it_is_cancelled(demo: RunningDemo) -> None:
    events: list[Event] = []

    async def until_some_tokens() -> None:
        enough = asyncio.Event()

        def emit(event: Event) -> None:
            events.append(event)
            if sum(isinstance(event, Token) for event in events) >= 100:
                enough.set()

        sending = asyncio.get_running_loop().create_task(sent(demo, "Faults/Endless stream", emit))
        await enough.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending

    asyncio.run(until_some_tokens())
    assert isinstance(events[-1], Cancelled)
