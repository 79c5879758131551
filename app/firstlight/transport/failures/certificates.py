"""Failures of the server's certificate: everything that is wrong with it, with what it says of itself."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import reduce

from firstlight.model.failure import ExchangeError, Failure
from firstlight.texts import Phrase
from firstlight.transport.certificates import Certificate
from firstlight.transport.wire import Wire

_EXPIRED, _NOT_YET_VALID, _SELF_SIGNED = {10}, {9}, {18}
_WRONG_HOST = {62, 63, 64}
_UNKNOWN_AUTHORITY = {2, 19, 20, 21}
_WEAK = {66, 67, 68}
_MOST_NAMES = 5
_TRUST = Phrase(
    "Add the authority under “Further authorities” in the settings or to the system's trust store, or turn off "
    "verification for this request on the Settings tab."
)


def refused(
    wire: Wire, hostname: str, error: ssl.SSLCertVerificationError, chain: Sequence[Certificate]
) -> ExchangeError:
    """The certificate was not accepted. `chain` is what the server sent; empty where nobody can tell.

    OpenSSL stops at the first fault, and that is nearly always the authority. A certificate that has expired as well
    would be added to the trust store in vain, so what it says itself comes first.
    """
    faults = [*_faults(wire.where, hostname, error.verify_code, chain)] or [_other(wire.where, error.verify_message)]
    told = reduce(lambda before, one: Phrase("{before} {next}", before=before, next=one), (f.message for f in faults))
    first = faults[0]
    return ExchangeError(Failure(layer="tls", kind=first.kind, message=told, hint=first.hint))


def _faults(where: str, hostname: str, code: int, chain: Sequence[Certificate]) -> Iterator[Failure]:
    own = chain[0] if chain else None
    now = datetime.now(UTC)
    if code in _EXPIRED or (own and own.not_after and own.not_after < now):
        yield _expired(where, own, now)
    if code in _NOT_YET_VALID or (own and own.not_before and own.not_before > now):
        yield _not_yet_valid(where, own, now)
    if code in _WRONG_HOST or (own and own.names and not own.is_for(hostname)):
        yield _for_another_host(where, hostname, own)
    if code in _SELF_SIGNED:
        message = Phrase("The certificate of {where} is self-signed: no authority vouches for it.", where=where)
        yield _failure("certificate-self-signed", message, _TRUST)
    if code in _UNKNOWN_AUTHORITY:
        yield _of_unknown_authority(where, chain)
    if code in _WEAK:
        message = Phrase(
            "The certificate of {where} has a key or a signature that is too weak to be safe.", where=where
        )
        yield _failure("certificate-weak", message, Phrase("Have a new one issued: RSA from 2048 bits, SHA-256."))


def _expired(where: str, own: Certificate | None, now: datetime) -> Failure:
    if own and own.not_after and own.not_after < now:
        message = Phrase("The certificate of {where} expired on {date}.", where=where, date=f"{own.not_after:%Y-%m-%d}")
    else:  # it is one of those above it
        message = Phrase("The certificate of {where} has expired.", where=where)
    return _failure(
        "certificate-expired", message, Phrase("Renew it on the server, or check the clock of this machine.")
    )


def _not_yet_valid(where: str, own: Certificate | None, now: datetime) -> Failure:
    if own and own.not_before and own.not_before > now:
        message = Phrase("The certificate of {where} is not valid before {date}.", where=where,
                         date=f"{own.not_before:%Y-%m-%d}")  # fmt: skip
    else:
        message = Phrase("The certificate of {where} is not valid yet.", where=where)
    return _failure("certificate-not-yet-valid", message, Phrase("Check the clock of this machine."))


def _for_another_host(where: str, hostname: str, own: Certificate | None) -> Failure:
    if own and own.names:
        more = ", …" if len(own.names) > _MOST_NAMES else ""
        names = ", ".join(own.names[:_MOST_NAMES]) + more
        message = Phrase("The certificate of {where} is for {names}, not for {host}.", where=where, names=names,
                         host=hostname)  # fmt: skip
    else:
        message = Phrase("The certificate of {where} is for another host.", where=where)
    hint = Phrase("Use the host name that the certificate names, or have it issued for this one.")
    return _failure("certificate-wrong-host", message, hint)


def _of_unknown_authority(where: str, chain: Sequence[Certificate]) -> Failure:
    issuer = chain[-1].issuer if chain else ""
    if issuer:
        message = Phrase("The certificate of {where} comes from the authority {issuer}, which this machine does not "
                         "trust.", where=where, issuer=issuer)  # fmt: skip
    else:
        message = Phrase("The certificate of {where} comes from an authority that this machine does not trust.",
                         where=where)  # fmt: skip
    return _failure("certificate-unknown-ca", message, _TRUST)


def _other(where: str, said: str) -> Failure:
    message = Phrase("The certificate of {where} was not accepted: {reason}.", where=where, reason=said)
    return _failure("certificate-refused", message, Phrase("Check the certificate of the server."))


def _failure(kind: str, message: Phrase, hint: Phrase) -> Failure:
    return Failure(layer="tls", kind=kind, message=message, hint=hint)
