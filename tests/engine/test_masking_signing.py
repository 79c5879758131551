"""What was signed is shown without what is secret in it."""

from __future__ import annotations

from firstlight.model.secrets import MASK, Masker
from firstlight.model.signing import Signing, masked_signing, shortened


def test_secret_headers_and_values_are_masked_and_the_rest_stays() -> None:
    canonical = "GET\n/p/\ntoken=planted-1\nhost:h\nx-security-token:planted-2\nx-own:planted-1\nempty:\n\nhost\ne3b0"
    signing = Signing(
        algorithm="SDK-HMAC-SHA256",
        at="20260101T000000Z",
        canonical_request=canonical,
        string_to_sign="a\nplanted-1",
        authorization="SDK-HMAC-SHA256 Access=planted-1, SignedHeaders=host, Signature=0123456789",
    )
    shown = masked_signing(signing, Masker.of(["planted-1"]))
    assert shown is not None
    assert "planted" not in repr(shown)
    assert shown.canonical_request.split("\n")[3:7] == ["host:h", f"x-security-token:{MASK}", f"x-own:{MASK}", "empty:"]
    assert (shown.algorithm, shown.at) == (signing.algorithm, signing.at)
    assert masked_signing(None, Masker()) is None


def test_a_signature_can_be_compared_and_not_be_used() -> None:
    assert shortened("EAS 0123456789abcdef", "0123456789abcdef") == "EAS 01234567…"
