"""TLS endpoints with the certificates of a test authority: versions × names, taken and refused."""

from __future__ import annotations

import ssl

import pytest
from servers import Authority, collect, replies, response, run, serving

from firstlight.model.events import TlsEstablished
from firstlight.model.request import Request, RequestSettings

VERSIONS = {"TLSv1.2": ssl.TLSVersion.TLSv1_2, "TLSv1.3": ssl.TLSVersion.TLSv1_3}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("names", "asked", "refused"),
    [
        (("localhost",), "localhost", ""),
        (("LOCALHOST",), "localhost", ""),
        (("127.0.0.1",), "127.0.0.1", ""),
        (("a.example", "b.example"), "b.example", ""),
        (("*.demo.example",), "a.demo.example", ""),
        (("*.demo.example",), "a.b.demo.example", "certificate-wrong-host"),
        (("*.demo.example",), "demo.example", "certificate-wrong-host"),
        (("127.0.0.2",), "127.0.0.1", "certificate-wrong-host"),
        (("xn--fiq228c.example",), "中文.example", ""),
    ],
)
def test_an_endpoint_is_taken_or_refused_for_what_its_certificate_names(
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
    version: str,
    names: tuple[str, ...],
    asked: str,
    refused: str,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    context = authority.server_context(*names)
    context.minimum_version = context.maximum_version = VERSIONS[version]

    async def work() -> None:
        async with serving(replies(response(b"secure")), context) as server:
            settings = RequestSettings(connect_to="127.0.0.1")
            outcome, events = await collect(Request(url=f"https://{asked}:{server.port}/", settings=settings))
        if refused:
            assert outcome.failure is not None
            assert (outcome.failure.kind, outcome.response) == (refused, None)
            assert names[0] in str(outcome.failure.message)
        else:
            assert outcome.failure is None, str(outcome.failure.message)
            assert [event.version for event in events if isinstance(event, TlsEstablished)] == [version]

    run(work())


def test_a_certificate_that_is_wrong_in_several_ways_tells_them_all(authority: Authority) -> None:
    async def work() -> None:
        async with serving(replies(response()), authority.server_context("a.example", days=-3)) as server:
            outcome, _ = await collect(Request(url=f"https://localhost:{server.port}/"))
        assert outcome.failure is not None
        told = str(outcome.failure.message)
        assert outcome.failure.kind == "certificate-expired"
        assert "expired on 20" in told
        assert "is for a.example, not for localhost" in told
        assert "the authority CN=First Light test authority" in told

    run(work())
