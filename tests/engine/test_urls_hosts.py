"""Which hosts a pattern means."""

from __future__ import annotations

import pytest

from firstlight.model.client_certificate import ClientCertificate, certificate_for
from firstlight.model.host_patterns import is_pattern, matches


@pytest.mark.parametrize(
    ("pattern", "host", "port", "means"),
    [
        ("*", "anything.example", 443, True),
        ("*:8443", "anything.example", 8443, True),
        ("*:8443", "anything.example", 443, False),
        ("api.example", "API.Example", 443, True),
        ("api.example", "api.example.", 443, True),
        ("api.example", "v2.api.example", 443, False),
        (" api.example:443 ", "api.example", 443, True),
        ("api.example:443", "api.example", 8443, False),
        ("*.example", "api.example", 443, True),
        (".example", "a.b.example", 443, True),
        ("*.example", "example", 443, False),
        ("*.example:81", "api.example", 81, True),
        ("*.example", "badexample", 443, False),
        ("10.0.0.8", "10.0.0.8", 443, True),
        ("10.0.0.0/8", "10.9.9.9", 443, True),
        ("10.0.0.0/8", "11.0.0.1", 443, False),
        ("10.0.0.0/8", "api.example", 443, False),
        ("10.0.0.0/8:8080", "10.1.1.1", 8080, True),
        ("::1", "[::1]", 443, True),
        ("[::1]", "[0:0::1]", 443, True),
        ("[::1]:8443", "[::1]", 8443, True),
        ("[::1]:8443", "[::1]", 443, False),
        ("fd00::/8", "[fd12::7]", 443, True),
        ("fe80::1", "[fe80::1%25eth0]", 443, True),
        ("", "api.example", 443, False),
        ("  ", "", 443, False),
    ],
)
def test_what_a_pattern_means(pattern: str, host: str, port: int, means: bool) -> None:
    assert matches(pattern, host, port) is means


@pytest.mark.parametrize(
    "text", ["*", "*:1", "a", "*.a.example", ".a", "a_b:65535", "10.0.0.0/8", "[::1]:1", "::1", "A.B."]
)
def test_what_can_be_one(text: str) -> None:
    assert is_pattern(text)


@pytest.mark.parametrize(
    "text", ["", " ", "https://a", "a/b", "a b", "a:0", "a:65536", "a:x", "10.0.0.0/99", "a*b", "*a"]
)
def test_what_cannot(text: str) -> None:
    assert not is_pattern(text)


def test_the_first_certificate_that_is_meant_for_a_host_counts() -> None:
    known = [ClientCertificate(host=host, file=f"{host}.pem") for host in ("*.example:81", "*.example", "*")]
    assert certificate_for(known, "a.example", 81) is known[0]
    assert certificate_for(known, "a.example", 443) is known[1]
    assert certificate_for(known, "b", 443) is known[2]
    assert certificate_for(known[:2], "b", 443) is None


def test_a_passphrase_is_not_in_what_is_printed() -> None:
    assert "hunter2" not in repr(ClientCertificate(host="*", file="a.p12", passphrase="hunter2"))
