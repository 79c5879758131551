"""What is pasted from a vendor's console is recognised, explained, and can be put together again."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstlight.auth import METHODS
from firstlight.editions import EDITIONS, Edition, edition
from firstlight.editions.common import problem
from firstlight.editions.edition import Part
from firstlight.editions.recognise import Recognition, candidates, recognise
from firstlight.model.channels import CHANNEL_KINDS
from firstlight.model.vendors import VENDORS

ID = "eb3e0c54-3dfa-4750-af0c-95c45e5d3e83"
GROUP = "5d1f0c7ab2e94c3f8a6e2b7d90c4f1e3"
PROJECT = "0f3a9c51d2b84e6fa7c1e0d4b59836f2"
OLD = f"https://modelarts-infers-1.cn-north-1.myhuaweicloud.com/v1/infers/{ID}"
APIG = f"https://{GROUP}.apig.cn-north-4.huaweicloudapis.com/v1/infers/{ID}"
V1 = f"/v1/{PROJECT}/deployments/dep-1/chat/completions"

EXAMPLES = (
    # VENDORS §3.1
    (OLD, "modelarts", OLD, ""),
    (f"{APIG}/predictions/poetry", "modelarts", APIG, "/predictions/poetry"),
    (f"wss://{GROUP}.apig.cn-north-4.huaweicloudapis.com/v1/infers/{ID}", "modelarts", None, ""),
    (f"https://public.example.com/v2/infer/{ID}/v1/sse", "modelarts-v2", None, "/v1/sse"),
    (f"wss://10.2.3.4/v2/infer/{ID}", "modelarts-v2", None, ""),
    ("https://api.modelarts-maas.com/v1/chat/completions", "maas", "https://api.modelarts-maas.com", None),
    ("https://api.modelarts-maas.com", "maas", "https://api.modelarts-maas.com", "/v1/chat/completions"),
    # §4.1, §4.2
    (f"https://pangu.cn-southwest-2.myhuaweicloud.com{V1}", "pangu-v1", None, V1),
    (V1, "pangu-v1", "https://pangu.cn-southwest-2.myhuaweicloud.com", V1),
    (V1.replace("chat", "text", 1), "pangu-v1", None, V1.replace("chat", "text", 1)),
    (f"https://somewhere.example.com{V1}", "pangu-v1", "https://somewhere.example.com", V1),
    ("/api/v2/chat/completions", "pangu-v2", None, "/api/v2/chat/completions"),
    (f"https://x.example.com/v2/{PROJECT}/pools/p1/deployments/d1/chat/completions", "pangu-pool", None, None),
    (f"http://10.1.2.3:8080/my/api{V1}", "pangu-edge-balancer", "http://10.1.2.3:8080/my/api", V1),
    ("http://10.1.2.3:30080/api/v2/chat/completions", "pangu-edge-node", "http://10.1.2.3:30080", None),
    # §5.1
    ("http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test", "eas", None, ""),
    ("https://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test/v1/models", "eas", None, "/v1/models"),
    ("http://1612.vpc.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test", "eas-vpc", None, ""),
    ("http://gw-a1b2.cn-shanghai.pai-eas.aliyuncs.com/api/predict/g.svc/x", "eas-gateway", None, "/x"),
    ("http://gw-a1b2-vpc.cn-shanghai.pai-eas.aliyuncs.com/api/predict/svc", "eas-gateway-vpc", None, ""),
    ("http://gw-a1b2-1612-vpc.cn-shanghai.pai-eas.aliyuncs.com/api/predict/svc", "eas-gateway-vpc", None, ""),
    ("http://chat.1612.vpc.cn-hangzhou.pai-eas.aliyuncs.com/v1/chat/completions", "eas-own-host", None, None),
    ("http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/svc/sink", "eas", None, "/sink"),
    # §6, §8
    ("https://api.openai.com/v1", "openai", "https://api.openai.com", "/v1/chat/completions"),
    ("http://10.0.0.1:8000/v1/models", "openai", "http://10.0.0.1:8000", "/v1/chat/completions"),
    ("https://ark.cn-beijing.volces.com/api/v3", "openai", "https://ark.cn-beijing.volces.com/api/v3", None),
    ("http://127.0.0.1:8000/metrics", "vllm", "http://127.0.0.1:8000", "/v1/chat/completions"),
    ("127.0.0.1:8000", "vllm", "http://127.0.0.1:8000", "/v1/chat/completions"),
    ("http://localhost:11434", "ollama", "http://localhost:11434", "/api/chat"),
    ("http://localhost:11434/v1", "ollama", "http://localhost:11434", "/v1/chat/completions"),
    ("http://h.example.com/api/tags", "ollama", "http://h.example.com", "/api/chat"),
    ("http://h:80/generate_stream", "tgi", "http://h:80", "/generate_stream"),
    ("http://h:80/info", "tgi", "http://h:80", "/generate_stream"),
    ("http://h:80/v2/models/iris/versions/3/infer", "kserve", "http://h:80", "/v2/models/iris/versions/3/infer"),
    ("http://h:80/v2/models/llm/generate_stream", "triton", "http://h:80", "/v2/models/llm/generate_stream"),
    ("http://h:8501/v1/models/a/versions/2:predict", "tf-serving", "http://h:8501", "/v1/models/a/versions/2:predict"),
    ("http://h:8501/v1/models/a/labels/best:classify", "tf-serving", None, "/v1/models/a/labels/best:classify"),
    ("http://h:8501/v1/models/a/metadata", "tf-serving", None, "/v1/models/a:predict"),
    ("http://h:80/v2/models/iris", "kserve", "http://h:80", "/v2/models/iris/infer"),
    ("http://h:8080/predictions/densenet/1.0", "torchserve", "http://h:8080", "/predictions/densenet/1.0"),
    ("https://iris.westeurope.inference.ml.azure.com/score", "azure-ml", None, "/score"),
    ("https://res.openai.azure.com/openai/deployments/d/chat/completions?api-version=1", "azure-openai", None, None),
    ("https://abc.us-east-1.aws.endpoints.huggingface.cloud", "hugging-face", None, ""),
    ("https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/e/invocations", "sagemaker", None, None),
    # the demo keeps the vendors' shapes, and so does a variable
    (f"http://127.0.0.1:41234/v1/infers/{ID}", "modelarts", None, ""),
    (f"{{{{demo_url}}}}/v1/infers/{ID}", "modelarts", f"{{{{demo_url}}}}/v1/infers/{ID}", ""),
    (f"http://127.0.0.1:41234{V1}", "pangu-v1", "http://127.0.0.1:41234", V1),
    ("http://127.0.0.1:41234/api/v2/chat/completions", "pangu-v2", "http://127.0.0.1:41234", None),
    ("http://127.0.0.1:41234/api/predict/chat/v1/chat/completions", "eas", None, "/v1/chat/completions"),
    ("https://a.example.com/some/thing?x=1", "custom", "https://a.example.com", "/some/thing?x=1"),
)


@pytest.mark.parametrize(("text", "kind", "url", "path"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_an_address_is_recognised_explained_and_built_again(
    text: str, kind: str, url: str | None, path: str | None
) -> None:
    best = recognise(text).best
    assert best is not None
    assert best.edition.kind == kind
    assert all(str(fact.why) for fact in best.match.parts.values())
    place = best.edition.build(best.values())
    assert url is None or place.url == url
    assert path is None or place.path == path
    again = candidates(place.url + place.path)[0]
    assert again.edition.kind == ("openai" if kind == "vllm" else kind), "vLLM speaks as OpenAI does"
    assert again.edition.build(again.values()) == place


def told(recognition: Recognition) -> Mapping[str, str]:
    assert recognition.best is not None
    return {entry.name: entry.value for entry in recognition.best.match.told}


def test_regions_accounts_and_groups_are_read_off_the_host() -> None:
    assert told(recognise(OLD)) == {"region": "cn-north-1"}
    assert told(recognise(APIG)) == {"region": "cn-north-4", "group": GROUP}
    assert told(recognise(f"https://pangu.cn-southwest-2.myhuaweicloud.com{V1}"))["region"] == "cn-southwest-2"
    eas = told(recognise("http://1612.vpc.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/group.svc"))
    assert eas == {"region": "cn-hangzhou", "account": "1612", "group": "group"}
    assert told(recognise("http://gw-x.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/a/sink"))["gateway"] == "gw-x"


def test_only_the_person_knows_which_of_the_two_urls_of_modelarts_it_is() -> None:
    found = recognise(APIG)
    assert found.asks
    assert [one.edition.kind for one in found.candidates[:2]] == ["modelarts", "modelarts-app"]
    assert not recognise(OLD).asks, "hosts of this name take tokens"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("X-Auth-Token: MIIabcdefgh", "modelarts"),
        ("X-Apig-AppCode: abcdefgh12345678", "modelarts-app"),
        ("apikey: abcdefgh12345678", "modelarts-app"),
    ],
)
def test_the_header_of_a_command_says_which_of_the_two_urls_it_is(header: str, kind: str) -> None:
    found = recognise(f"curl -X POST {APIG} -H '{header}' -d '{{}}'")
    assert not found.asks
    assert found.best is not None
    assert found.best.edition.kind == kind
    assert "custom" in {one.edition.kind for one in found.candidates}


def test_no_credential_is_offered_for_the_wrong_url_and_the_reason_is_told() -> None:
    token, app = edition("modelarts"), edition("modelarts-app")
    assert not set(token.credentials) & set(app.credentials)
    assert {"appcode", "app-signature"} <= set(token.not_offered[0].kinds)
    assert {"x-auth-token", "aksk"} <= set(app.not_offered[0].kinds)
    assert "Usage Guides" in app.not_offered[0].why
    assert "bearer" not in edition("pangu-v1").credentials
    assert edition("pangu-v2").credentials == ("bearer",)
    assert "aksk" not in edition("modelarts-v2").credentials


def test_a_service_for_websocket_is_told_from_one_for_https() -> None:
    best = recognise(f"wss://{GROUP}.apig.cn-north-4.huaweicloudapis.com/v1/infers/{ID}").best
    assert best is not None
    assert "WebSocket" in str(best.match.warnings[0])
    new = recognise(f"wss://h.example.com/v2/infer/{ID}").best
    assert new is not None
    assert "WebSocket" in str(new.match.warnings[0])


def test_what_can_be_read_on_the_way_is_said() -> None:
    plain = recognise(APIG.replace("https", "http")).best
    assert plain is not None
    assert "https" in str(plain.match.warnings[0])
    eas = recognise("http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test").best
    assert eas is not None
    assert "https" in str(eas.match.warnings[0])
    assert recognise(f"http://127.0.0.1:1{V1}").best.match.warnings == ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test\nMmFmMzE1ZTM1ZA==",
        "EAS_ENDPOINT: http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test\nEAS_TOKEN: MmFmMzE1ZTM1ZA==",
        "访问地址：http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test\nToken：MmFmMzE1ZTM1ZA==",
        json.dumps(
            {
                "Endpoint": "http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test",
                "AccessToken": "MmFmMzE1ZTM1ZA==",
            }
        ),
        "url = 'http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test'\n"
        'headers = {"Authorization": "MmFmMzE1ZTM1ZA=="}',
        "curl http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test -H 'Authorization: MmFmMzE1ZTM1ZA==' -d x",
    ],
    ids=["two lines", "labels", "Chinese labels", "JSON", "Python", "cURL"],
)
def test_an_eas_endpoint_with_its_token_is_taken_in_every_shape(text: str) -> None:
    found = recognise(text)
    assert found.best is not None
    assert found.best.edition.kind == "eas"
    assert [(entry.kind, entry.values["token"]) for entry in found.given] == [("eas-token", "MmFmMzE1ZTM1ZA==")]
    assert "MmFm" not in str(found.given[0].why)


def test_public_and_vpc_address_become_two_channels() -> None:
    console = {
        "InternetEndpoint": "http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test",
        "IntranetEndpoint": "http://1612.vpc.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test",
        "AccessToken": "MmFmMzE1ZTM1ZA==",
        "Weight": [1, None],
    }
    found = recognise(json.dumps(console))
    assert found.best is not None
    assert found.best.edition.kind == "eas"
    assert [one.edition.kind for one in found.further] == ["eas-vpc"]


def test_the_command_of_the_manual_keeps_its_file_and_says_that_its_token_is_shortened() -> None:
    found = recognise(f"curl -F 'images=@/home/data/test.png' -H 'X-Auth-Token:MIISkAY***80T9wHQ==' -X POST {OLD}")
    assert found.request is not None
    assert found.request.body.parts[0].files == ("/home/data/test.png",)
    assert found.given == ()
    assert "shortened" in str(found.remarks[0])


def test_keys_are_taken_from_labelled_lines() -> None:
    found = recognise(f"{OLD}\nAK: ABCDEFGH\nSK = abcdefghijkl")
    assert [(entry.kind, dict(entry.values)) for entry in found.given] == [
        ("aksk", {"ak": "ABCDEFGH", "sk": "abcdefghijkl"})
    ]
    app = recognise(f"{APIG}\nAppKey: k123\nAppSecret: s456")
    assert [entry.kind for entry in app.given] == ["app-signature"]
    assert app.best is not None
    assert app.best.edition.kind == "modelarts-app"
    bearer = recognise("https://api.openai.com/v1\nAuthorization: Bearer sk-12345")
    assert [(entry.kind, entry.values["token"]) for entry in bearer.given] == [("bearer", "sk-12345")]


@pytest.mark.parametrize(
    ("address", "kind"),
    [(OLD, "x-auth-token"), (f"https://h.example.com{V1}", "x-auth-token"), ("https://api.openai.com/v1", "bearer"),
     ("https://a.example.com/x", "bearer"), ("http://h:8501/v1/models/a:predict", "bearer")],
)  # fmt: skip
def test_a_token_beside_an_address_becomes_what_is_usual_there(address: str, kind: str) -> None:
    assert [entry.kind for entry in recognise(f"{address}\nabcdefghijkl").given] == [kind]


def test_a_token_of_any_length_is_taken_whole() -> None:
    token = "MII" + "x" * 100_000
    found = recognise(f"{OLD}\nX-Auth-Token: {token}")
    assert found.given[0].values["token"] == token


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hello there", "no address"),
        ("/v1/none/of/them", "Nothing is known"),
        ("https://a.example.com/x", "No service that is known"),
        ("{not json", "no address"),
        (f"{OLD.replace('eb3e', '***')}", "No service"),
        ("https://h.example.com/v1/short/deployments/d/chat/completions", "32 digits"),
        ("curl", "no address"),
        ("curl -X", "no address"),
    ],
)
def test_bad_input_says_what_was_not_recognised(text: str, says: str) -> None:
    assert any(says in str(remark) for remark in recognise(text).remarks)


def test_a_server_without_a_model_in_its_address_asks_for_it() -> None:
    best = recognise("http://h:80/v2/health/ready").best
    assert best is not None
    assert best.edition.kind == "kserve"
    assert set(best.match.parts) == {"origin"}


def test_nothing_pasted_is_nothing_to_complain_about() -> None:
    assert recognise("  \n") == Recognition()


def test_hidden_parts_of_an_address_are_named() -> None:
    best = recognise("http://16******.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test").best
    assert best is not None
    assert "asterisks" in str(best.match.warnings[0])


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_pasted(text: str) -> None:
    found = recognise(text)
    assert found.best is None or found.best.edition in EDITIONS


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="htps:/.{}[]@?#= v12apimodelsinfers-curl'\"\\\n*0", max_size=120))
def test_any_text_that_looks_a_little_like_an_address_can_be_pasted(text: str) -> None:
    for candidate in recognise(text).candidates:
        assert candidate.edition.build(_filled(candidate.edition, candidate.values())).url


def _filled(one: Edition, values: Mapping[str, str]) -> dict[str, str]:
    return {part.name: values.get(part.name) or part.default or "x" for part in one.parts}


_NAME = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789_-", min_size=1, max_size=12)
_HEX = st.text(alphabet="0123456789abcdef", min_size=32, max_size=32)
_VALUES = {
    "origin": st.sampled_from(["https://h.example.com", "http://127.0.0.1:8123", "http://10.0.0.9:81", "{{demo_url}}"]),
    "base": st.sampled_from(["https://h.example.com", "http://127.0.0.1:8123", "https://h.example.com/gate"]),
    "service_id": st.uuids().map(str),
    "project_id": _HEX,
    "deployment_id": _NAME,
    "pool_id": _NAME,
    "service": st.one_of(_NAME, st.tuples(_NAME, _NAME).map(".".join)),
    "model": _NAME,
    "version": st.one_of(st.just(""), st.integers(1, 99).map(str)),
    "path": st.sampled_from(["", "/v1/chat/completions", "/predict/it?x=1"]),
    "api_url": st.sampled_from(["/gate", "one/two/"]),
    "inference_url": st.sampled_from(["/api/v2/chat/completions", V1]),
    "connect_to": st.just("192.168.0.12"),
    "pool_operation": st.sampled_from(["chat/completions", "rank"]),
}


def _values_of(part: Part) -> st.SearchStrategy[str]:
    return st.sampled_from([value for value, _ in part.choices]) if part.choices else _VALUES[part.name]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_an_edition_builds_it_reads_again(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from([entry for entry in EDITIONS if entry.kind not in _UNREAD]))
    values = {part.name: data.draw(_values_of(part)) for part in one.parts}
    if one.kind == "openai":
        values["path"] = data.draw(st.sampled_from(["/v1/chat/completions", "/v1/completions", "/chat/completions"]))
    assert not any(problem(part, values[part.name]) for part in one.parts)
    place = one.build(values)
    match = one.read(candidates(place.url + place.path)[0].address)
    assert match is not None
    assert one.build({**values, **{name: fact.value for name, fact in match.parts.items()}}) == place


_UNREAD = {"modelarts-endpoint", "modelarts-direct", "modelarts-edge", "eas-direct",  # nothing in an address says so
           "maas", "eas-vpc", "eas-gateway", "eas-gateway-vpc", "eas-own-host", "vllm", "ollama", "tgi",
           "azure-ml", "azure-openai", "hugging-face", "sagemaker"}  # fmt: skip
"""Told by their hosts and ports alone; EXAMPLES has them."""


@pytest.mark.parametrize("one", EDITIONS, ids=lambda one: one.kind)
def test_every_edition_names_things_that_exist(one: Edition) -> None:
    kinds = {method.kind for method in METHODS}
    assert set(one.credentials) <= kinds
    assert {kind for note in one.not_offered for kind in note.kinds} <= kinds
    assert one.channel in {entry.kind for entry in CHANNEL_KINDS}
    assert one.vendor in {entry.kind for entry in VENDORS}
    assert all(edition(kind).kind == kind for kind in (*one.more, *filter(None, [one.twin])))
    assert len({part.name for part in one.parts}) == len(one.parts)
    assert one.label
    assert one.note


def test_an_edition_that_is_not_known_is_any_other_service() -> None:
    assert edition("from a newer version").kind == "custom"


INFER = "https://modelarts-infers-1.cn-north-1.myhuaweicloud.com/v1/infers/eb3e0c54-3dfa-4750-af0c-95c45e5d3e83"
EAS = "http://1612345678901234.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test"
WRAPPED = ("MII" + "a" * 61, "b" * 64, "c" * 20 + "==")


@pytest.mark.parametrize(
    ("text", "kind", "token"),
    [
        (f"公网调用地址：{EAS}  Token： ZGVtby1lYXM==", "eas", "ZGVtby1lYXM=="),
        (f"公网调用地址:{EAS}；Token:ZGVtby1lYXM==", "eas", "ZGVtby1lYXM=="),
        (f"访问地址\n{EAS}\nToken\nZGVtby1lYXM==", "eas", "ZGVtby1lYXM=="),
        ("Base URL: https://llm.example.com/v1\nAPI Key: abcdef0123", "openai", "abcdef0123"),
        (f"  \u00a0{EAS} \t\u3000\r\n", "eas", ""),
        (f"\ufeff{EAS}/", "eas", ""),
        ("ｈｔｔｐｓ：／／llm.example.com／v1", "openai", ""),
        ("https：//llm.example.com/v1", "openai", ""),
        (f'curl -X POST "{INFER}" ^\r\n  -H "X-Auth-Token: MIIabc" ^\r\n  -d "{{}}"', "modelarts", "MIIabc"),
        (f'curl.exe -X POST "{INFER}" `\r\n  -H "X-Auth-Token: MIIabc"', "modelarts", "MIIabc"),
        (f"$ curl -X POST \\\r\n  {INFER} \\\r\n  -H 'X-Auth-Token: MIIabc'", "modelarts", "MIIabc"),
        (f"{INFER}\nX-Auth-Token: " + "M" * 100_000, "modelarts", "M" * 100_000),
        (f"{INFER}\nX-Auth-Token: " + "\r\n  ".join(WRAPPED), "modelarts", "".join(WRAPPED)),
        (f"{INFER}\n{WRAPPED[0]}\n{WRAPPED[2]}", "modelarts", WRAPPED[0] + WRAPPED[2]),
        ("curl -H 'never closed https://x.example.com/v1", "", ""),
        (" \n ", "", ""),
    ],
    ids=range(16),
)
def test_what_people_really_paste_is_understood(text: str, kind: str, token: str) -> None:
    found = recognise(text)
    assert (found.best.edition.kind if found.best else "") == kind
    assert "".join(value for given in found.given for value in given.values.values()) == token
