"""The same request signed by us and by the vendors' own signers, on random input."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import DerivationAKSKSigner, Signer
from hypothesis import given, settings
from hypothesis import strategies as st

from firstlight.auth import method
from firstlight.auth.occasion import Occasion
from firstlight.auth.placing import header
from firstlight.model.prepared import EncodedBody, PreparedRequest
from firstlight.model.wire_url import wire_url
from firstlight.runner.signing import hashed

AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
STAMP = "20260203T040506Z"
HOST = "0123456789abcdef0123456789abcdef.apig.cn-north-4.huaweicloudapis.com"

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r\n"), max_size=8)
WORD = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
PATHS = st.lists(TEXT, min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))
QUERIES = st.lists(st.tuples(TEXT, TEXT), max_size=5)
TYPES = st.sampled_from(["", "application/json", "application/json; charset=utf-8", "application/bson", "text/plain",
                         "multipart/form-data; boundary=b", "application/octet-stream"])  # fmt: skip
VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cc", "Cs", "Zl", "Zp")),
                 max_size=12).map(str.strip)  # fmt: skip
CUSTOM = st.dictionaries(st.sampled_from(["X-Stage", "X-Custom", "x_underscore", "Accept", "X-Trace"]), VALUES)
BODIES = st.binary(max_size=40)
METHODS = st.sampled_from(["GET", "POST", "put", "DELETE", "PATCH"])


class Credentials:
    def __init__(self, ak: str, sk: str) -> None:
        self.ak, self.sk = ak, sk


def encoded(text: str) -> str:
    return quote(text, safe="~")


def prepared(verb: str, path: str, query: list[tuple[str, str]], rows: dict[str, str], body: bytes) -> PreparedRequest:
    """Return what we send for a request whose path and parameters are this text."""
    pairs = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in query)
    url = f"https://{HOST}{quote(path, safe='/~')}{'?' if pairs else ''}{pairs}"
    pieces = (body,) if body else ()
    return PreparedRequest(method=verb, url=wire_url(url).url, headers=tuple(rows.items()),
                           body=EncodedBody(pieces=pieces))  # fmt: skip


def signed(kind: str, values: dict[str, str], request: PreparedRequest) -> PreparedRequest:
    occasion = Occasion(at=AT, hash_body=lambda algorithm: hashed(request.body, algorithm))
    return method(kind).authorise(request, values, occasion)


@settings(deadline=None, max_examples=300)
@given(METHODS, PATHS, QUERIES, TYPES, CUSTOM, BODIES, WORD, WORD, st.booleans())
def test_aksk_signs_as_huaweis_sdk(
    verb: str, path: str, query: list[tuple[str, str]], content_type: str, rows: dict[str, str], body: bytes,
    ak: str, sk: str, derived: bool,
) -> None:  # fmt: skip
    rows = rows | ({"Content-Type": content_type} if content_type else {})
    sdk_rows = {**rows, "X-Sdk-Date": STAMP, "X-Project-Id": "p-1"}
    theirs = SdkRequest(verb, "https", HOST, path, query_params=list(query), header_params=sdk_rows, body=body)
    if "%" in path or not path.strip("/"):
        path = path.replace("%", "")  # the SDK decodes what it is given: there is no text it takes as it is
        theirs.resource_path = path
    signers: dict[bool, Any] = {False: Signer, True: DerivationAKSKSigner}
    signer = signers[derived](Credentials(ak, sk))
    theirs = signer.sign(theirs, "modelarts", "cn-north-4") if derived else signer.sign(theirs)
    values = {"ak": ak, "sk": sk, "project_id": "p-1", "headers": "all", "region": "cn-north-4", "service": "modelarts"}
    ours = signed("aksk-derived" if derived else "aksk", values, prepared(verb, path, query, rows, body))

    announced = theirs.header_params.get("X-Sdk-Content-Sha256", "")
    if not body and announced:  # their quirk: announced as unsigned, signed as empty
        assert header(ours, "X-Sdk-Content-Sha256") == ""
    else:
        assert header(ours, "X-Sdk-Content-Sha256") == announced
        assert header(ours, "Authorization") == theirs.header_params["Authorization"]


@pytest.fixture(scope="module")
def eas() -> Any:
    """The SDK's client alone: its package imports numpy and protobuf, which signing does not need."""
    spec = find_spec("eas_prediction")
    assert spec is not None
    package = ModuleType("eas_prediction")
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules["eas_prediction"] = package
    import eas_prediction.predict_client as client

    return client


SERVICES = st.lists(st.text("abcXYZ019_-.预测 ", min_size=1, max_size=6), min_size=1, max_size=3).map("/".join)


@settings(deadline=None, max_examples=200)
@given(SERVICES.map(str.strip).filter(lambda name: name and name[0] != "/"), TYPES, BODIES, WORD)
def test_eas_signs_as_its_sdk(eas: Any, service: str, content_type: str, body: bytes, token: str) -> None:
    client = eas.PredictClient("http://1.cn-shanghai.pai-eas.aliyuncs.com", service)
    client.set_token(token)
    client.content_type = content_type

    class Frozen(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return AT.replace(tzinfo=None)

    real, eas.datetime.datetime = eas.datetime.datetime, Frozen
    try:
        theirs = client.generate_singaure(bytearray(body))
    finally:
        eas.datetime.datetime = real
    rows = {"Content-Type": content_type} if content_type else {}
    ours = signed("eas-signature", {"token": token}, prepared("POST", f"/api/predict/{service}", [], rows, body))

    assert header(ours, "Authorization") == theirs["Authorization"]
    assert header(ours, "Content-MD5") == theirs["Content-MD5"]
    assert header(ours, "Date") == theirs["Date"]
