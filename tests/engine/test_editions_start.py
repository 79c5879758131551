"""From the parts of an address to a service: channels, credentials, the first request, the list of models."""

from __future__ import annotations

import json

import pytest

from firstlight.editions import EDITIONS, Edition, edition
from firstlight.editions.credentials import offered, prefilled, secret_values, withheld
from firstlight.editions.draft import (
    ChannelDraft,
    CredentialDraft,
    Draft,
    carried,
    channel_label,
    free_name,
    further_channels,
    service_of,
    suggested_name,
)
from firstlight.editions.eas import public_origin, vpc_origin
from firstlight.editions.edition import Place
from firstlight.editions.modelarts import gateway
from firstlight.editions.models import list_path, names_in
from firstlight.editions.pangu import v1_path
from firstlight.editions.recognise import recognise
from firstlight.editions.trial import Trial, first_request, sample_json, usual_field, wants_model

ID = "eb3e0c54-3dfa-4750-af0c-95c45e5d3e83"
GROUP = "5d1f0c7ab2e94c3f8a6e2b7d90c4f1e3"
PROJECT = "0f3a9c51d2b84e6fa7c1e0d4b59836f2"
ORIGIN = gateway(GROUP, "cn-north-4")
MODELARTS = ChannelDraft(
    name="Public", edition=edition("modelarts"), values={"origin": ORIGIN, "service_id": ID, "path": "/v1/x"}
)
PANGU = ChannelDraft(name="Public", edition=edition("pangu-v1"), values={"project_id": PROJECT, "deployment_id": "d1"})
EAS = ChannelDraft(
    name="Public",
    edition=edition("eas"),
    values={
        "origin": "http://1612.cn-hangzhou.pai-eas.aliyuncs.com",
        "service": "test",
        "path": "/v1/chat/completions",
    },
)


def credential(kind: str) -> CredentialDraft:
    return CredentialDraft(name=kind, kind=kind, values={"token": "{{secret:t}}"})


def channel(kind: str, **values: str) -> ChannelDraft:
    return ChannelDraft(name=kind, edition=edition(kind), values=values)


@pytest.mark.parametrize(
    ("kind", "values", "url", "path"),
    [
        ("modelarts", {"origin": ORIGIN, "service_id": ID}, f"{ORIGIN}/v1/infers/{ID}", ""),
        ("modelarts-v2", {"origin": "h.example.com", "service_id": ID}, f"https://h.example.com/v2/infer/{ID}", ""),
        ("maas", {}, "https://api.modelarts-maas.com", "/v1/chat/completions"),
        ("pangu-v1", {"project_id": PROJECT, "deployment_id": "d"}, None, v1_path(PROJECT, "d")),
        ("pangu-v2", {"origin": "https://h.example.com"}, "https://h.example.com", "/api/v2/chat/completions"),
        (
            "pangu-edge-balancer",
            {"origin": "10.1.2.3:8080", "api_url": "/a/", "inference_url": "/api/v2/chat/completions"},
            "http://10.1.2.3:8080/a",
            "/api/v2/chat/completions",
        ),
        (
            "pangu-edge-node",
            {"origin": "http://10.1.2.3:30080/", "inference_url": "api/v2/chat/completions"},
            "http://10.1.2.3:30080",
            "/api/v2/chat/completions",
        ),
        ("eas", {"origin": "127.0.0.1:81", "service": "g.s"}, "http://127.0.0.1:81/api/predict/g.s", ""),
        ("openai", {"base": "http://h:8000/v1"}, "http://h:8000", "/v1/chat/completions"),
        ("openai", {"base": "http://h:8000/v1", "path": "/v1/completions"}, "http://h:8000", "/v1/completions"),
        ("ollama", {"base": "http://h:11434"}, "http://h:11434", "/api/chat"),
        ("tgi", {"base": "http://h"}, "http://h", "/generate_stream"),
        ("kserve", {"origin": "h:8080", "model": "m"}, "http://h:8080", "/v2/models/m/infer"),
        ("triton", {"origin": "h:8000", "model": "m", "verb": "generate"}, None, "/v2/models/m/generate"),
        ("tf-serving", {"origin": "h:8501", "model": "m", "version": "best"}, None, "/v1/models/m/labels/best:predict"),
        ("torchserve", {"origin": "h:8080", "model": "m", "version": "1.0"}, None, "/predictions/m/1.0"),
        ("modelarts-direct", {"origin": "192.168.0.3:8080", "path": "x"}, "https://192.168.0.3:8080", "/x"),
    ],
)
def test_an_address_is_built_from_its_parts(kind: str, values: dict[str, str], url: str | None, path: str) -> None:
    draft = channel(kind, **values)
    assert draft.problems() == {}
    assert url is None or draft.place().url == url
    assert draft.place().path == path


def test_what_is_missing_or_wrong_is_said_by_the_part() -> None:
    assert set(channel("modelarts", service_id="12").problems()) == {"origin", "service_id"}
    assert "looks like" in channel("modelarts", origin="h", service_id="12").problems()["service_id"]
    assert channel("modelarts", origin="{{demo_url}}", service_id="{{iris_service}}").problems() == {}
    assert "32" in channel("pangu-v1", project_id="short", deployment_id="d").problems()["project_id"]


def test_each_channel_gets_the_credential_that_its_address_takes() -> None:
    made = service_of(
        Draft(
            name="iris",
            channels=(
                MODELARTS,
                channel("modelarts-app", origin="https://app.example.com", service_id=ID),
                channel("modelarts-endpoint", origin=ORIGIN, service_id=ID, connect_to="192.168.0.12"),
                channel("modelarts-direct", origin="http://192.168.0.3:8080"),
            ),
            credentials=(credential("x-auth-token"), credential("appcode")),
        )
    )
    assert made.vendor == "modelarts"
    assert [one.credential for one in made.channels] == ["x-auth-token", "appcode", "x-auth-token", ""]
    assert [one.kind for one in made.channels] == ["public", "public", "vpc-endpoint", "vpc-direct"]
    assert made.channels[2].connect_to == "192.168.0.12"
    assert made.credentials[1].authorization.kind == "appcode"


def test_a_second_url_that_looks_the_same_is_the_other_of_the_two() -> None:
    other = gateway("8a30c1d47e5b4f29a6d0e3b19c72f584", "cn-north-4")
    found = recognise(f"{ORIGIN}/v1/infers/{ID}\n{other}/v1/infers/{ID}\nhttps://api.openai.com/v1")
    mine = next(one for one in (found.best, *found.further) if one and ORIGIN in one.values().get("origin", ""))
    rest = [one for one in (found.best, *found.further) if one and one is not mine]
    for chosen, twin in (("modelarts", "modelarts-app"), ("modelarts-app", "modelarts")):
        first = ChannelDraft(name="1", edition=edition(chosen), values=mine.values())
        further = {one.edition.kind: one.place().url for one in further_channels(first, rest)}
        assert set(further) == {twin, "openai"}
        assert further[twin] == f"{other}/v1/infers/{ID}"


def test_on_the_edge_no_credential_is_sent_unless_one_is_chosen() -> None:
    edge = channel("pangu-edge-node", origin="http://10.1.2.3:1", inference_url="/api/v2/chat/completions")
    made = service_of(Draft(name="p", channels=(edge,), credentials=(credential("bearer"),)))
    assert made.channels[0].credential == ""


def test_a_key_of_the_other_pangu_api_signs_nothing() -> None:
    made = service_of(Draft(name="p", channels=(PANGU,), credentials=(credential("bearer"),)))
    assert made.channels[0].credential == ""


def test_a_further_channel_begins_with_what_it_shares() -> None:
    assert carried(MODELARTS, edition("modelarts-app")) == {"service_id": ID, "path": "/v1/x"}
    assert carried(MODELARTS, edition("modelarts-endpoint"))["origin"] == ORIGIN
    assert carried(MODELARTS, edition("modelarts-direct")) == {"path": "/v1/x"}
    assert carried(PANGU, edition("pangu-edge-node")) == {"inference_url": v1_path(PROJECT, "d1")}
    assert carried(EAS, edition("eas-vpc"))["origin"] == "http://1612.vpc.cn-hangzhou.pai-eas.aliyuncs.com"
    vpc = channel("eas-vpc", **carried(EAS, edition("eas-vpc")))
    assert carried(vpc, edition("eas")) == dict(EAS.values)
    assert carried(EAS, edition("eas-direct")) == {"path": "/v1/chat/completions"}


@pytest.mark.parametrize(
    ("public", "vpc"),
    [
        ("http://1612.cn-hangzhou.pai-eas.aliyuncs.com", "http://1612.vpc.cn-hangzhou.pai-eas.aliyuncs.com"),
        ("http://gw-a.cn-hangzhou.pai-eas.aliyuncs.com", "http://gw-a-vpc.cn-hangzhou.pai-eas.aliyuncs.com"),
    ],
)
def test_the_vpc_address_of_eas_follows_from_the_public_one(public: str, vpc: str) -> None:
    assert vpc_origin(public) == vpc
    assert public_origin(vpc) == public
    assert vpc_origin(vpc) == ""
    assert public_origin(public) == ""


@pytest.mark.parametrize("origin", ["", "http://127.0.0.1:8000", "http://own.cn-hangzhou.pai-eas.aliyuncs.com"])
def test_where_no_vpc_address_follows_none_is_made_up(origin: str) -> None:
    assert vpc_origin(origin) == ""
    assert public_origin(origin) == ""


def test_names_are_taken_from_the_address_and_are_free() -> None:
    assert suggested_name(EAS.edition, EAS.values) == "test"
    assert suggested_name(MODELARTS.edition, MODELARTS.values) == "eb3e0c54"
    assert suggested_name(edition("pangu-v2"), {}) == ""
    assert free_name("test", {"Test", "test 2"}) == "test 3"
    assert free_name("test", set()) == "test"
    assert channel_label(edition("eas")) == "Public"
    assert channel_label(edition("modelarts-app")) == "Public, app"


def test_only_the_right_credentials_are_offered_and_the_others_explained() -> None:
    token = edition("modelarts")
    assert [method.kind for method in offered([token])] == ["huawei-iam", "x-auth-token", "aksk"]
    assert ["AppCode" in note.label for note in withheld([token])] == [True]
    both = [token, edition("modelarts-app")]
    assert {"aksk", "appcode", "app-signature"} <= {method.kind for method in offered(both)}
    assert withheld(both) == ()
    assert [method.kind for method in offered([edition("pangu-v2")])] == ["bearer"]
    assert [method.kind for method in offered([edition("eas")])] == ["eas-token", "bearer", "eas-signature"]
    assert offered([edition("modelarts-direct")]) == ()


def test_a_form_begins_with_what_the_address_says() -> None:
    best = recognise(f"https://pangu.cn-southwest-2.myhuaweicloud.com{v1_path(PROJECT, 'd')}").best
    assert best is not None
    assert prefilled("huawei-iam", best.values(), best.match.told) == {
        "endpoint": "https://iam.cn-southwest-2.myhuaweicloud.com",
        "project": PROJECT,
    }
    assert prefilled("huawei-iam", {}, MODELARTS.match().told) == {  # type: ignore[union-attr]
        "endpoint": "https://iam.cn-north-4.myhuaweicloud.com",
        "project": "cn-north-4",
    }
    assert prefilled("aksk", best.values(), best.match.told) == {"project_id": PROJECT}
    assert prefilled("huawei-iam", {}, ()) == {}
    assert prefilled("bearer", {}, ()) == {}
    aws = recognise("https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/e/invocations").best
    assert aws is not None
    assert prefilled("aws-sigv4", {}, aws.match.told) == {"region": "us-east-1", "service": "sagemaker"}
    azure = recognise("https://res.openai.azure.com/openai/deployments/d/chat/completions").best
    assert azure is not None
    assert prefilled("apikey", {}, azure.match.told) == {"key": "api-key"}


def test_of_what_was_pasted_only_the_secrets_are_masked() -> None:
    found = recognise("curl https://a.example.com/x -H 'X-API-Key: abcdef123'")
    assert secret_values(found.given) == {"abcdef123"}
    keys = recognise(f"{ORIGIN}/v1/infers/{ID}\nAK: ABCDEFGH\nSK: abcdefghijkl")
    assert secret_values(keys.given) == {"abcdefghijkl"}


def body_of(one: Edition, place: Place, trial: Trial) -> dict[str, object]:
    value = json.loads(first_request(one, place, trial).body.text)
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("one", EDITIONS, ids=lambda one: one.kind)
def test_every_edition_has_a_sample_that_is_json(one: Edition) -> None:
    place = Place(url="http://h", path="/generate" if one.kind == "triton" else "")
    assert isinstance(json.loads(sample_json(one, place)), dict)
    assert one.starts


def test_the_json_of_modelarts_gets_a_new_uuid_each_time() -> None:
    one, place = edition("modelarts"), MODELARTS.place()
    made = first_request(one, place, Trial(kind="json", text=sample_json(one, place)))
    assert (made.method, made.url, made.body.new_meta_uuid) == ("POST", "/v1/x", True)
    assert "req_data" in made.body.text
    plain = first_request(one, place, Trial(kind="json", text="{}"))
    assert not plain.body.new_meta_uuid


def test_a_chat_is_asked_in_the_shape_of_its_service() -> None:
    trial = Trial(kind="chat", message="Hi", model="m")
    openai = body_of(edition("openai"), Place(url="", path="/v1/chat/completions"), trial)
    assert openai == {
        "model": "m",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    v1 = body_of(edition("pangu-v1"), PANGU.place(), Trial(kind="chat", message="Hi", stream=False))
    assert v1 == {"messages": [{"role": "user", "content": "Hi"}], "stream": False}
    text = Place(url="", path=v1_path(PROJECT, "d", "text/completions"))
    assert body_of(edition("pangu-v1"), text, trial)["prompt"] == "Hi"
    assert "stream_options" not in body_of(edition("ollama"), Place(url="", path="/api/chat"), trial)
    assert body_of(edition("tgi"), Place(url="", path="/generate_stream"), trial)["inputs"] == "Hi"
    assert body_of(edition("triton"), Place(url="", path="/v2/models/m/generate"), trial)["text_input"] == "Hi"
    assert first_request(edition("eas"), Place(url=""), trial).url == "/v1/chat/completions"
    azure = first_request(edition("azure-openai"), Place(url="", path="/d/chat/completions?api-version=1"), trial)
    assert (azure.url, [row.name for row in azure.params]) == ("/d/chat/completions", ["api-version"])


def test_whether_a_chat_names_its_model_depends_on_the_service() -> None:
    assert not wants_model(edition("pangu-v1"), PANGU.place())
    edge = Place(url="", path=v1_path(PROJECT, "d"))
    assert not wants_model(edition("pangu-edge-node"), edge)
    assert wants_model(edition("openai"), Place(url="", path="/v1/chat/completions"))
    assert not wants_model(edition("tgi"), Place(url="", path="/generate"))


def test_a_file_goes_into_its_form_field_or_is_the_body() -> None:
    one, place = edition("modelarts"), Place(url="")
    assert usual_field(one) == "images"
    made = first_request(one, place, Trial(kind="file", file="a.png", field="images"))
    assert (made.body.kind, made.body.parts[0].name, made.body.parts[0].files) == ("form-data", "images", ("a.png",))
    assert first_request(one, place, Trial(kind="file", field="images")).body.parts[0].files == ()
    assert usual_field(edition("eas")) == ""
    assert first_request(edition("eas"), place, Trial(kind="file", file="a.pb")).body.path == "a.pb"


def test_a_pasted_command_is_sent_as_it_was_without_its_credential_and_host() -> None:
    found = recognise(
        f"curl -H 'X-Stage: RELEASE' -H 'X-Auth-Token: MIIabc' -d '{{}}' '{ORIGIN}/v1/infers/{ID}/p?a=1' -H 'apikey: x'"
    )
    assert found.best is not None
    place = found.best.edition.build(found.best.values())
    made = first_request(found.best.edition, place, Trial(kind="command"), found.request)
    assert made.url == "/p"
    assert [(row.name, row.value) for row in made.params] == [("a", "1")]
    assert "X-Stage" in [row.name for row in made.headers]
    assert "apikey" not in [row.name for row in made.headers]
    assert made.authorization.kind == "none"


@pytest.mark.parametrize(
    ("kind", "path", "lists"),
    [
        ("openai", "/v1/chat/completions", "/v1/models"),
        ("openai", "/chat/completions", "/models"),
        ("openai", "/v1/completions?x=1", "/v1/models"),
        ("openai", "/v1/embeddings", ""),
        ("eas", "", "/v1/models"),
        ("ollama", "/api/chat", "/api/tags"),
        ("pangu-v2", "/api/v2/chat/completions", ""),
    ],
)
def test_where_the_models_are_listed(kind: str, path: str, lists: str) -> None:
    assert list_path(edition(kind), Place(url="http://h", path=path)) == lists


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (b'{"object":"list","data":[{"id":"a"},{"id":"b"},{"no":1},3]}', ("a", "b")),
        (b'{"models":[{"name":"llama3:8b","model":"llama3:8b"}]}', ("llama3:8b",)),
        (b'{"data":"none"}', ()),
        (b"[]", ()),
        (b"not json", ()),
    ],
)
def test_the_names_of_the_models_are_read(body: bytes, names: tuple[str, ...]) -> None:
    assert names_in(body) == names


def test_over_a_websocket_the_body_is_the_first_message() -> None:
    one = edition("modelarts")
    place = Place(url=f"wss://h.example.com/v1/infers/{ID}")
    made = first_request(one, place, Trial(kind="json", text="{}"))
    assert (made.protocol, made.method, made.body.kind) == ("websocket", "GET", "none")
    assert made.messages[0].text == "{}"
    assert first_request(one, place, Trial(kind="chat", message="Hi")).url == ""
    assert first_request(one, place, Trial(kind="file", file="a.png", field="images")).messages == ()
