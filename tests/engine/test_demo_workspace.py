"""Every request of the demo workspace answers on the first click, as its description says.

Each one is loaded from its file and sent by the real engine over the real transport to the running demo.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from advertised import ADVERTISED
from browser import Person

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
