"""The TLS settings that connections share: one context per kind, made once, off the loop (it takes 30 ms)."""

from __future__ import annotations

import os
import ssl
import sys
from functools import lru_cache

from firstlight.model.client_certificate import ClientCertificate
from firstlight.transport.failures import connecting
from firstlight.transport.listening import ListeningContext

_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu
    "/etc/ssl/cert.pem",  # Alpine, Arch, newer Fedora, BSD
    "/etc/pki/tls/certs/ca-bundle.crt",  # RHEL, older Fedora
    "/etc/ssl/ca-bundle.pem",  # SUSE
)
"""Where Linux systems keep their authorities, for a Python whose OpenSSL was built to look elsewhere."""


def context(*, verify: bool, ca_file: str = "", client: ClientCertificate | None = None) -> ssl.SSLContext:
    """Return the context for connections of a kind: a shared one, or one of its own with the certificate of `client`.

    `ca_file` holds authorities that are trusted beside the system's.

    Raises:
        ExchangeError: layer `tls`, when SSL_CERT_FILE or SSL_CERT_DIR names something that is not there, or
            `ca_file` or the files of `client` cannot be used.
    """
    if client is None:
        return _shared(verify, *_of_environment(), ca_file)
    from firstlight.transport.client_certificates import add_to

    made = _new(verify, *_of_environment(), ca_file)
    add_to(made, client)
    return made


def _of_environment() -> tuple[str, str]:
    return os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", "")


def check_authorities(ca_file: str) -> None:
    """Say what is wrong with a file of authorities. Reads it. Raises ExchangeError (layer `tls`)."""
    _add_authorities(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ca_file)


def _add_authorities(made: ssl.SSLContext, ca_file: str) -> None:
    try:
        made.load_verify_locations(cafile=os.path.expanduser(ca_file))
    except (OSError, ssl.SSLError) as error:
        raise connecting.unusable_authorities(ca_file, error) from error


def _new(verify: bool, cert_file: str, cert_dir: str, ca_file: str) -> ssl.SSLContext:
    if verify:
        return _verified(cert_file, cert_dir, ca_file)
    made = ListeningContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


_shared = lru_cache(maxsize=5)(_new)


def _verified(cert_file: str, cert_dir: str, ca_file: str) -> ssl.SSLContext:
    for variable, path in (("SSL_CERT_FILE", cert_file), ("SSL_CERT_DIR", cert_dir)):
        if path and not os.path.exists(path):
            raise connecting.bad_ca_file(variable, path)
    if sys.platform in ("win32", "darwin"):
        import truststore  # asks the system itself, for each certificate

        trusting = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if ca_file:
            _add_authorities(trusting, ca_file)
        return trusting
    # Not truststore on Linux: it loads all authorities again for every connection, 30 ms on the loop each time.
    made = ListeningContext(ssl.PROTOCOL_TLS_CLIENT)
    made.set_default_verify_paths()
    if not cert_file and not cert_dir and not ssl.get_default_verify_paths().cafile:
        bundle = next((path for path in _BUNDLES if os.path.isfile(path)), None)
        if bundle:
            made.load_verify_locations(cafile=bundle)
    if ca_file:
        _add_authorities(made, ca_file)
    return made
