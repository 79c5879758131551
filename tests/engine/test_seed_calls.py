"""Every way of calling a service that the users' five manuals describe, from what they paste to the demo's answer.

One row is one way, in our own words; the manuals' addresses lead to the demo, their placeholders are filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from servers import collect, run, scope

from demo_server import RunningDemo, running_demo
from firstlight.demo import accounts
from firstlight.demo.llm.models import CHAT
from firstlight.demo.modelarts.services import CHAT as GATEWAY_CHAT
from firstlight.demo.modelarts.services import FLOWERS, IRIS
from firstlight.editions import edition
from firstlight.editions.draft import ChannelDraft, CredentialDraft, Draft, service_of
from firstlight.editions.recognise import recognise
from firstlight.editions.trial import Trial, first_request, sample_json
from firstlight.model.exchange import Exchange
from firstlight.model.request import FROM_SERVICE
from firstlight.model.service import NO_CREDENTIAL
from firstlight.transport import HttpTransport

PICTURE = Path(__file__).parents[2] / "resources/demo/workspace/files/rose.jpg"
INFER = "http://modelarts-infers-1.cn-north-1.myhuaweicloud.com/v1/infers/"
PANGU = "http://pangu.cn-southwest-2.myhuaweicloud.com"
V1 = f"/v1/{accounts.HOME.id}/deployments/{CHAT.deployment_id}/chat/completions"
EAS = "http://1612345678901234.cn-hangzhou.pai-eas.aliyuncs.com/api/predict"
ROW = '{"data":{"req_data":[{"sepal_length":3,"sepal_width":1,"petal_length":2.2,"petal_width":4}]}}'
ASK = '{"messages":[{"content":"Introduce the Yangtze River and its typical fish species."}],"max_tokens":60}'
TALK = '{"model":"demo-chat","messages":[{"role":"system","content":"You help."},{"role":"user","content":"hello!"}]}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One way of calling."""

    seed: int
    way: str
    paste: str
    """`{token}`, `{key}`, `{eas}`, `{file}` stand for the demo's."""
    says: str
    """What the answer has in it."""
    trial: Trial | None = None
    """None: as in the pasted command."""
    kind: str = ""
    """The edition where it has to be chosen."""
    sign: tuple[str, ...] = ()
    """Kind of credential, then (field, secret) pairs, where none was pasted."""
    parts: tuple[tuple[str, str], ...] = ()
    on_node: bool = False


def chat(*, stream: bool = False, model: str = CHAT.name) -> Trial:
    return Trial(kind="chat", message="Introduce the Yangtze River.", model=model, stream=stream)


TEXT = Trial(
    kind="json",
    text=sample_json(
        edition("modelarts"),
        ChannelDraft(name="", edition=edition("modelarts-direct"), values={"origin": "http://h"}).place(),
    ),
)
TOKEN = "-H 'X-Auth-Token:{token}'"
KEYS = ("aksk", "ak=demo_ak", "sk=demo_sk")
CALLS = (
    Call(seed=1, way="public, token, whole answer", paste=f"{INFER}{IRIS.id}\nX-Auth-Token: {{token}}", trial=TEXT,
         says="setosa"),
    Call(seed=1, way="public, token, events", paste=f"{INFER}{GATEWAY_CHAT.id}/v1/chat/completions\nToken: {{token}}",
         trial=chat(stream=True), says="data: "),
    Call(seed=1, way="VPC high-speed, whole answer", paste="", kind="modelarts-direct", trial=TEXT, says="setosa",
         parts=(("origin", "http://192.168.0.30:8080"),), on_node=True),
    Call(seed=1, way="VPC high-speed, events", paste="", kind="modelarts-direct", trial=chat(stream=True), on_node=True,
         parts=(("origin", "http://192.168.0.30:8080"), ("path", "/v1/chat/completions")), says="data: "),
    Call(seed=2, way="form: token in a header, one picture in form-data",
         paste=f"{INFER}{FLOWERS.id} X-Auth-Token={{token}}", says="rose",
         trial=Trial(kind="file", file=str(PICTURE), field="images")),
    Call(seed=2, way="form: token in a header, JSON with meta.uuid", paste=f"{INFER}{IRIS.id} X-Auth-Token={{token}}",
         trial=TEXT, says='"uuid"'),
    Call(seed=2, way="form: AK/SK signature", paste=f"{INFER}{IRIS.id}", kind="modelarts", sign=KEYS, trial=TEXT,
         says="setosa"),
    Call(seed=2, way="curl, file", says="rose",
         paste=f"curl -F 'images=@{{file}}' {TOKEN} -X POST {INFER}{FLOWERS.id}"),
    Call(seed=2, way="curl, text", says="resp_data",
         paste=f"curl -d '{ROW}' {TOKEN} -H 'Content-type: application/json' -X POST {INFER}{IRIS.id}"),
    Call(seed=3, way="V1, token", paste=f"{PANGU}{V1}\nX-Auth-Token: {{token}}", trial=chat(), says="Yangtze"),
    Call(seed=3, way="V1, API key", paste=f"{PANGU}{V1}\nX-Apig-AppCode: {{key}}", trial=chat(), says="Yangtze"),
    Call(seed=3, way="V1, only the path is shown", paste=f"调用路径 {V1}\nX-Apig-AppCode: {{key}}", trial=chat(),
         parts=(("origin", PANGU),), says="Yangtze"),
    Call(seed=3, way="V2, API key", paste=f"{PANGU}/api/v2/chat/completions\nAuthorization: Bearer {{key}}",
         trial=chat(), says="Yangtze"),
    Call(seed=3, way="V1, body of the manual, without a role", says="fish",
         paste=f"curl -X POST {PANGU}{V1} -H 'X-Auth-Token: {{token}}' -H 'Content-Type: application/json' -d '{ASK}'"),
    Call(seed=3, way="edge, load balancer", paste="http://10.1.2.3:8080/edge/api/v2/chat/completions", trial=chat(),
         says="Yangtze"),
    Call(seed=3, way="edge, one node", paste="http://10.1.2.3:30080/api/v2/chat/completions", trial=chat(),
         says="Yangtze", on_node=True),
    Call(seed=4, way="public, any data", paste=f"curl {EAS}/echo -H 'Authorization: {{eas}}' -d 'any data'",
         says="any data"),
    Call(seed=4, way="public, https instead of http", paste=f"{EAS}/chat/v1/chat/completions\nToken: {{eas}}",
         trial=chat(), says="Yangtze"),
    Call(seed=4, way="VPC address", trial=chat(), says="Yangtze",
         paste=f"{EAS.replace('.cn-', '.vpc.cn-')}/chat/v1/chat/completions\nToken: {{eas}}"),
    Call(seed=4, way="curl of the manual, its first line without a backslash", says="choices",
         paste=f"curl {EAS}/chat/v1/chat/completions\n-H \"Content-Type: application/json\" \\\n"
               f"-H \"Authorization: {{eas}}\" \\\n-X POST \\\n-d '{TALK}'"),
    Call(seed=4, way="Python", trial=chat(), says="Yangtze",
         paste=f"url = '{EAS}/chat/v1/chat/completions'\nheaders = {{\"Authorization\": \"{{eas}}\"}}"),
    Call(seed=5, way="curl -kv, file, the address left out", kind="modelarts", says="rose",
         parts=(("origin", INFER.partition("/v1")[0]), ("service_id", FLOWERS.id)),
         paste=f"curl -kv -F 'images=@{{file}}' {TOKEN} -X POST"),
    Call(seed=5, way="curl -kv, text, the address left out", kind="modelarts", says="resp_data",
         parts=(("origin", INFER.partition("/v1")[0]), ("service_id", IRIS.id)),
         paste=f"curl -kv -d '{ROW}' {TOKEN} -H 'Content-type: application/json' -X POST"),
    Call(seed=5, way="Python, file", says="rose", trial=Trial(kind="file", file=str(PICTURE), field="images"),
         paste=f"headers = {{\"X-Auth-Token\": \"{{token}}\"}}\nurl = \"{INFER}{FLOWERS.id}\""),
    Call(seed=5, way="Python, text", says="setosa", trial=TEXT,
         paste=f"headers = {{\"X-Auth-Token\": \"{{token}}\"}}\nurl = \"{INFER}{IRIS.id}\""),
)  # fmt: skip


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningDemo]:
    with running_demo() as running:
        yield running


def sent(demo: RunningDemo, call: Call) -> Exchange:
    """Do what the wizard does with a paste, and send."""
    text = call.paste
    filled = {"token": "demo_token", "key": "demo_api_key", "eas": "demo_eas_token"}
    for name, secret in filled.items():
        text = text.replace(f"{{{name}}}", demo[secret])
    found = recognise(text.replace("{file}", str(PICTURE)))
    assert call.kind or (found.best and not found.asks), "the person would be asked"
    chosen = edition(call.kind) if call.kind else found.best.edition  # type: ignore[union-attr]
    values = found.best.values() if found.best else {}
    draft = ChannelDraft(name="One", edition=chosen, values={**values, **dict(call.parts)})
    assert draft.problems() == {}
    given = [CredentialDraft(name=one.kind, kind=one.kind, values=one.values) for one in found.given]
    if call.sign:
        pairs = (pair.split("=") for pair in call.sign[1:])
        given = [CredentialDraft(name="Key", kind=call.sign[0], values={name: demo[secret] for name, secret in pairs})]
    assert all(one.kind in chosen.credentials for one in given)
    service = service_of(Draft(name="New", channels=(draft,), credentials=tuple(given)))
    here = demo.addresses["demo_node_url"] if call.on_node else demo.url
    channel = replace(service.channels[0], connect_to=here.removeprefix("http://"))
    made = first_request(chosen, draft.place(), call.trial or Trial(kind="command"), found.request)
    request = replace(
        made, service="New", channel="One", credential=given[0].name if given else NO_CREDENTIAL,
        authorization=FROM_SERVICE,
    )  # fmt: skip

    async def work() -> Exchange:
        transport = HttpTransport()
        try:
            around = replace(scope(), service=replace(service, channels=(channel,)))
            return (await collect(request, transport, around))[0]
        finally:
            await transport.aclose()

    return run(work())


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.seed}: {call.way}")
def test_what_a_manual_describes_is_answered(demo: RunningDemo, call: Call) -> None:
    done = sent(demo, call)
    assert done.failure is None, done.failure
    assert done.response is not None
    assert done.response.status == 200, done.response.body
    assert call.says in done.response.body.decode()


def test_each_manual_has_its_rows() -> None:
    assert {call.seed for call in CALLS} == {1, 2, 3, 4, 5}
    assert len({(call.seed, call.way) for call in CALLS}) == len(CALLS)
