"""Every first request of the wizard reaches a server that checks it: each edition, each way to sign in there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from servers import collect, run, scope

from demo_server import RunningDemo, running_demo
from first_requests import FIRSTS, First, credentials
from firstlight.editions import EDITIONS, edition
from firstlight.editions.credentials import prefilled
from firstlight.editions.draft import ChannelDraft, CredentialDraft, Draft, service_of
from firstlight.editions.recognise import recognise
from firstlight.editions.trial import Trial, first_request, sample_json, usual_field, wants_model
from firstlight.model.exchange import Exchange
from firstlight.model.request import FROM_SERVICE, Request
from firstlight.model.service import NO_CREDENTIAL
from firstlight.transport import HttpTransport

PICTURE = Path(__file__).parents[2] / "resources/demo/workspace/files/rose.jpg"


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningDemo]:
    """Give a demo of this module alone: here keys are refused again and again."""
    with running_demo() as running:
        yield running


def test_every_edition_has_a_first_request() -> None:
    assert {first.edition for first in FIRSTS} == {one.kind for one in EDITIONS}


def filled_in(first: First) -> ChannelDraft:
    """Return the channel as the wizard has it after its first step."""
    chosen, values = edition(first.edition), {}
    if first.paste:
        found = recognise(first.paste)
        mine = next(one for one in found.candidates if one.edition.kind == first.edition)
        assert mine in found.candidates[: 2 if found.asks else 1], "it would not be chosen"
        values = mine.values()
    draft = ChannelDraft(name="One", edition=chosen, values={**values, **first.parts})
    assert draft.problems() == {}
    return draft


def asked(first: First, draft: ChannelDraft) -> Request:
    """Return what the last step makes of it with nothing but its samples."""
    place = draft.place()
    model = first.model if wants_model(draft.edition, place) else ""
    trials = {
        "json": Trial(kind="json", text=sample_json(draft.edition, place)),
        "chat": Trial(kind="chat", message="Introduce the Yangtze River.", model=model),
        "file": Trial(kind="file", file=str(PICTURE), field=usual_field(draft.edition)),
    }
    assert first.trial in draft.edition.starts
    return first_request(draft.edition, place, trials[first.trial])


def sent(demo: RunningDemo, first: First, kind: str, values: dict[str, str]) -> Exchange:
    """Send the first request; the vendor's address leads to the demo."""
    draft = filled_in(first)
    match = draft.match()
    filled = {**prefilled(kind, draft.values, match.told if match else ()), **values}
    signs = (CredentialDraft(name="Key", kind=kind, values=filled),) if kind else ()
    made = service_of(Draft(name="New", channels=(draft,), credentials=signs))
    here = demo.addresses["demo_node_url"] if first.on_node else demo.url
    channel = replace(made.channels[0], connect_to=here.removeprefix("http://"))
    around = replace(
        scope(),
        service=replace(made, channels=(channel,)),
    )
    request = replace(
        asked(first, draft),
        service="New",
        channel="One",
        credential="Key" if kind else NO_CREDENTIAL,
        authorization=FROM_SERVICE,
    )

    async def work() -> Exchange:
        transport = HttpTransport()
        try:
            outcome, _ = await collect(request, transport, around)
        finally:
            await transport.aclose()
        return outcome

    return run(work())


WAYS = [
    pytest.param(first, kind, id=f"{first.name}-{kind or 'none'}")
    for first in FIRSTS
    for kind in edition(first.edition).credentials or ("",)
]


@pytest.mark.parametrize(("first", "kind"), WAYS)
def test_the_first_request_is_answered(demo: RunningDemo, first: First, kind: str) -> None:
    done = sent(demo, first, kind, credentials(demo, first)[kind] if kind else {})
    assert (done.failure, done.response and done.response.status) == (None, 200), done
    says_something(first, done)


def says_something(first: First, done: Exchange) -> None:
    """The answer is one that was computed from what was sent."""
    assert done.response is not None
    text = done.response.body.decode()
    if first.trial == "chat":
        assert done.stream is not None
        assert done.stream.text
        return
    if "generate" in first.paste or first.edition == "hugging-face":
        assert "text_output" in text or "generated_text" in text
        return
    answer: Any = json.loads(text)
    if first.edition == "custom":
        assert "Hello" in text
    elif first.trial == "file":
        assert "rose" in text
    else:
        assert "setosa" in text or answer["predictions"][0][0] > 0.9
    if first.edition.startswith("modelarts") and first.trial == "json":
        assert len(answer["meta"]["uuid"]) == 36


@pytest.mark.parametrize(("first", "kind"), [way for way in WAYS if way.values[0].checked])  # type: ignore[attr-defined]
def test_a_wrong_secret_is_refused(demo: RunningDemo, first: First, kind: str) -> None:
    right = credentials(demo, first)[kind]
    secret = next(reversed(right))
    done = sent(demo, first, kind, {**right, secret: right[secret][:-1] + "!"})
    if kind == "huawei-iam":
        assert done.failure is not None
        assert done.failure.kind in {"iam-wrong-password", "iam-locked"}  # after five of them
        return
    assert done.response is not None
    assert done.response.status == first.refused, done.response.body


@pytest.mark.parametrize("first", [one for one in FIRSTS if one.checked], ids=lambda one: one.name)
def test_without_a_credential_it_is_refused(demo: RunningDemo, first: First) -> None:
    done = sent(demo, first, "", {})
    assert done.response is not None
    assert done.response.status == first.refused, done.response.body
