"""Failures of the certificate that this machine shows: its files, and servers that want one or refuse it."""

from __future__ import annotations

import ssl
from typing import Literal

from firstlight.model.client_certificate import ClientCertificate
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.system_errors import reason_of
from firstlight.texts import Phrase
from firstlight.transport.wire import Wire

_WHERE = Phrase("Correct it in the settings under “Client certificates”.")
_ABOUT_OURS = {
    "BAD_CERTIFICATE": Phrase("it is not what the service expects"),
    "UNSUPPORTED_CERTIFICATE": Phrase("the service does not know this kind of certificate"),
    "CERTIFICATE_REVOKED": Phrase("it has been revoked"),
    "CERTIFICATE_EXPIRED": Phrase("it has expired"),
    "CERTIFICATE_UNKNOWN": Phrase("the service does not know it"),
    "UNKNOWN_CA": Phrase("its authority is not one that the service trusts"),
    "ACCESS_DENIED": Phrase("it gives no access to this service"),
    "CERTIFICATE_REQUIRED": Phrase("the service got none"),
}
"""Alerts (RFC 8446 §6.2) that a client can only get for its own certificate, by the end of OpenSSL's names."""
_UNTOLD = Phrase("it broke the connection off without saying why")


def named(wire: Wire, error: Exception | None, *, asked: bool = False) -> ExchangeError | None:
    """Return the failure when the server's last word was about our certificate; None when it was not.

    `asked`: it had asked for one. Then “handshake failure” no longer means that the two have no cipher in common:
    TLS 1.2 servers say so when they got no certificate.
    """
    reason = str(getattr(error, "reason", "") or "") if isinstance(error, ssl.SSLError) else ""
    if "ALERT" not in reason:
        return None
    why = next((why for ending, why in _ABOUT_OURS.items() if reason.endswith(ending)), None)
    if why is None and not (asked and reason.endswith("HANDSHAKE_FAILURE")):
        return None
    return _refused(wire, why or _UNTOLD) if wire.client_certificate else _wanted(wire)


def cut_short(wire: Wire) -> ExchangeError | None:
    """Return the failure when a server asked for a certificate and broke off in the moment it had, or had not, got it.

    In TLS 1.3 its alert comes after the handshake, and is often lost to the reset that follows it.
    """
    tls = wire.stream.tls if wire.stream and not wire.reused else None
    if tls is None or not tls.client_certificate_asked:
        return None
    return _refused(wire, _UNTOLD) if wire.client_certificate else _wanted(wire)


def _wanted(wire: Wire) -> ExchangeError:
    return failed(
        "tls",
        "client-certificate-wanted",
        Phrase("{where} wants a client certificate, and none is set for it.", where=wire.where),
        Phrase("Add one for this host in the settings under “Client certificates”."),
    )


def _refused(wire: Wire, why: Phrase) -> ExchangeError:
    return failed(
        "tls",
        "client-certificate-refused",
        Phrase("{where} does not accept the client certificate {file}: {reason}.", where=wire.where,
               file=wire.client_certificate, reason=why),
        Phrase("Have one issued by an authority that the service trusts, then set it under “Client certificates”."),
    )  # fmt: skip


def unreadable(path: str, error: OSError) -> ExchangeError:
    """A file is not there, or not ours to read."""
    return failed(
        "tls",
        "client-certificate-unreadable",
        Phrase("The client certificate {path} cannot be read: {reason}.", path=path, reason=reason_of(error)),
        _WHERE,
    )


def nothing_in(path: str, what: Literal["certificate", "key"]) -> ExchangeError:
    """A file holds something else."""
    message = {
        "certificate": Phrase("{path} holds no certificate, neither as PEM nor as PKCS#12.", path=path),
        "key": Phrase("{path} holds no private key.", path=path),
    }
    return failed("tls", f"client-certificate-without-{what}", message[what], _WHERE)


def wrong_passphrase(client: ClientCertificate) -> ExchangeError:
    """The key stays closed."""
    path = client.key_file or client.file
    if client.passphrase:
        message = Phrase("The passphrase does not open {path}.", path=path)
    else:
        message = Phrase("{path} is encrypted, and no passphrase is known for it.", path=path)
    return failed("tls", "client-certificate-passphrase", message, _WHERE)


def key_of_another(client: ClientCertificate) -> ExchangeError:
    """Two files that do not belong together."""
    message = Phrase("The private key in {key} does not belong to the certificate in {path}.",
                     key=client.key_file or client.file, path=client.file)  # fmt: skip
    return failed("tls", "client-certificate-key-mismatch", message, _WHERE)


def unusable(client: ClientCertificate, said: str) -> ExchangeError:
    """OpenSSL does not take it; `said` is what it says."""
    return failed(
        "tls",
        "client-certificate-unusable",
        Phrase("The client certificate {path} cannot be used: {reason}.", path=client.file, reason=said),
        _WHERE,
    )
