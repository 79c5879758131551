"""The first request of a new service: JSON, a file, or a chat, in the shape its edition wants (VENDORS §3.5, §4.3)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from firstlight.editions.edition import Edition, Place
from firstlight.model.protocols import WEBSOCKET, has_websocket_url
from firstlight.model.request import Body, FormPart, Header, Message, Request
from firstlight.model.urls import with_typed_url
from firstlight.texts import N_

CHAT_PATH = "/v1/chat/completions"
KINDS = (("command", N_("As in the command")), ("chat", N_("Chat")), ("json", N_("JSON")), ("file", N_("File")))
"""(kind, label) of what a first request may send; `command` is there when a cURL command was pasted."""

_UUID = "10eb0091-887f-4839-9929-cbc884f1e20e"
_FLOWER = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}
_ROW = list(_FLOWER.values())
_JSON: dict[str, Any] = {
    "modelarts": {"meta": {"uuid": _UUID}, "data": {"req_data": [_FLOWER]}},
    "modelarts-v2": {"meta": {"uuid": _UUID}, "data": {"req_data": [_FLOWER]}},
    "kserve": {"inputs": [{"name": "input-0", "shape": [1, 4], "datatype": "FP32", "data": _ROW}]},
    "tf-serving": {"signature_name": "serving_default", "instances": [_ROW]},
    "torchserve": {"data": _ROW},
    "azure-ml": {"input_data": {"columns": list(_FLOWER), "index": [0], "data": [_ROW]}},
    "hugging-face": {"inputs": "Hello"},
    "sagemaker": {"instances": [{"features": _ROW}]},
}
"""By edition, or by vendor where its editions agree."""
_FIELDS = {"torchserve": "data", "eas": ""}
_ROWS_WIDE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the person wants to send first."""

    kind: str
    """One of KINDS."""
    text: str = ""
    """json: the body."""
    new_uuid: bool = True
    """json: `meta.uuid` is made anew for each sending."""
    message: str = ""
    """chat: what is asked."""
    model: str = ""
    """chat: its name; empty: the service knows only one."""
    stream: bool = True
    """chat: the answer comes piece by piece."""
    file: str = ""
    """file: its path."""
    field: str = ""
    """file: the form field it goes into; empty: the file is the whole body."""


def sample_json(edition: Edition, place: Place) -> str:
    """Return a body that shows the shape the edition wants."""
    if place.path.endswith(("/generate", "/generate_stream")) and edition.vendor == "kserve":
        value: Any = {"text_input": "Hello", "parameters": {"max_tokens": 200}}
    else:
        value = _JSON.get(edition.kind) or _JSON.get(edition.vendor, {"input": "Hello"})
    return json.dumps(value, indent=2, ensure_ascii=False)


def usual_field(edition: Edition) -> str:
    """Return the form field that files go into; empty: the file is the body."""
    return _FIELDS.get(edition.vendor, "images")


def wants_model(edition: Edition, place: Place) -> bool:
    """Tell whether a chat has to name its model."""
    return edition.kind not in {"pangu-v1", "azure-openai"} and not _is_v1(place) and not _is_native_tgi(place)


def first_request(edition: Edition, place: Place, trial: Trial, command: Request | None = None) -> Request:
    """Return the request; its URL is the path behind the Channel's address."""
    made = _request(edition, place, trial, command)
    return _over_websocket(made, place) if has_websocket_url(place.url) else made


def _over_websocket(request: Request, place: Place) -> Request:
    """Return the request as a WebSocket: what would be its body is the first message, ready to be sent."""
    texts = () if not request.body.text else (Message(name="1", kind="json", text=request.body.text),)
    return replace(request, method="GET", url=place.path, protocol=WEBSOCKET, body=Body(), messages=texts)


def _request(edition: Edition, place: Place, trial: Trial, command: Request | None) -> Request:
    if trial.kind == "command" and command is not None:
        return _as_in_command(place, command)
    if trial.kind == "chat":
        return _posted(_chat_path(place), _chat(edition, place, trial))
    if trial.kind == "file":
        return _posted(place.path, _file(trial))
    body = Body(kind="raw", text=trial.text, language="json", new_meta_uuid=trial.new_uuid and '"meta"' in trial.text)
    return _posted(place.path, body)


def _posted(path: str, body: Body) -> Request:
    """Return a POST to `path`, whose query goes into Params."""
    return with_typed_url(Request(method="POST", body=body), path)


def _as_in_command(place: Place, command: Request) -> Request:
    """Return what the command sends; its credential and address are the service's from now on."""
    signs = {"authorization", "x-auth-token", "x-apig-appcode", "apikey", "x-hw-id", "x-hw-appkey"}
    rows: tuple[Header, ...] = tuple(row for row in command.headers if row.name.lower() not in signs)
    base, _, query = place.path.partition("?")
    del query  # the command's rows of Params hold it
    return Request(method=command.method, url=base, params=command.params, headers=rows, body=command.body)


def _chat_path(place: Place) -> str:
    return place.path or CHAT_PATH


def _is_v1(place: Place) -> bool:
    return "/deployments/" in place.path


def _is_native_tgi(place: Place) -> bool:
    return place.path.endswith(("/generate", "/generate_stream"))


def _chat(edition: Edition, place: Place, trial: Trial) -> Body:
    if _is_native_tgi(place):
        tensors = edition.vendor == "kserve"
        body: dict[str, Any] = (
            {"text_input": trial.message, "parameters": {"max_tokens": 200}}
            if tensors
            else {"inputs": trial.message, "parameters": {"max_new_tokens": 200}}
        )
    else:
        body = {"model": trial.model} if trial.model else {}
        if place.path.endswith("text/completions"):
            body["prompt"] = trial.message
        else:
            body["messages"] = [{"role": "user", "content": trial.message}]
        body["stream"] = trial.stream
        if trial.stream and edition.vendor not in {"pangu"} and not place.path.startswith("/api/"):
            body["stream_options"] = {"include_usage": True}
    return Body(kind="raw", text=json.dumps(body, indent=2, ensure_ascii=False), language="json")


def _file(trial: Trial) -> Body:
    if not trial.field.strip():
        return Body(kind="binary", path=trial.file)
    files = (trial.file,) if trial.file else ()
    return Body(kind="form-data", parts=(FormPart(name=trial.field.strip(), kind="file", files=files),))
