"""Whatever can go wrong is named: layer, kind, what was seen, the next step; and what came before it is kept."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from servers import collect, run, scope

from causes import CAUSES, ELSEWHERE, Cause, Stage, demo
from firstlight.demo.faults import tls
from firstlight.demo.faults.broken import SCRIPTS
from firstlight.model.events import Failed, HeadersReceived
from firstlight.store.settings import Settings
from firstlight.store.settings_use import network_settings
from firstlight.transport import HttpTransport

FAILURES = Path(__file__).resolve().parents[2] / "app" / "firstlight" / "transport" / "failures"


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.name)
def test_a_failure_is_named_and_what_came_before_it_is_kept(
    cause: Cause, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = cause.request(stage)
    cause.around(stage, monkeypatch)
    settings = network_settings(Settings(**cause.settings), lambda _name: None)  # type: ignore[arg-type]  # fields of it

    async def work() -> None:
        transport = HttpTransport(settings)
        outcome, events = await collect(request, transport, scope(stage.folder, **cause.variables))
        await transport.aclose()

        failure = outcome.failure
        assert failure is not None
        assert (failure.layer, failure.kind) == (cause.layer, cause.kind), str(failure.message)
        assert cause.english in str(failure.message)
        assert failure.hint
        assert (outcome.sent is None) == (len(events) == 1) == cause.never_sent
        assert isinstance(events[-1], Failed)
        assert sum(isinstance(event, Failed | HeadersReceived) for event in events) == (2 if cause.status else 1)
        response = outcome.response
        assert (response.status if response else None) == cause.status
        if response is not None:
            assert response.headers
            assert (cause.arrived or b"") in response.body
            assert len(response.body) < 3_000_000

    run(work())


def test_the_headers_of_a_torn_head_are_those_that_came_whole(stage: Stage) -> None:
    cause = next(cause for cause in CAUSES if cause.name == "closed within the head")
    outcome, _ = run(collect(cause.request(stage)))
    assert outcome.response is not None
    assert (outcome.response.reason, outcome.response.headers) == ("OK", (("Server", "half"),))


def kinds_in_the_code() -> set[str]:
    """Return every kind that stands in the modules which name what happens on the network."""
    found = set()
    for module in ("answering", "breaking", "certificates", "connecting", "http2_stream", "limits"):
        for call in ast.walk(ast.parse((FAILURES / f"{module}.py").read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"failed", "_failure"}:
                words = (each for place in call.args[:2] for each in ast.walk(place) if isinstance(each, ast.Constant))
                found.update(str(word.value) for word in words)
    return {kind for kind in found if "-" in kind}


def test_every_kind_of_failure_has_a_cause() -> None:
    produced = {cause.kind for cause in CAUSES}
    assert kinds_in_the_code() - produced - set(ELSEWHERE) == set()
    assert set(ELSEWHERE) & produced == set()


def test_every_fault_of_the_demo_is_a_cause() -> None:
    assert {path for path, _ in SCRIPTS} | {fault.label for fault in tls.FAULTS} == demo.PLAYED


def test_the_names_of_causes_differ() -> None:
    assert len({cause.name for cause in CAUSES}) == len(CAUSES)
