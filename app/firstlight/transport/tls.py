"""The TLS settings that connections share: one context per kind, made once, off the loop (it takes 30 ms)."""

from __future__ import annotations

import os
import ssl
import sys
from functools import lru_cache

from firstlight.transport.failures import connecting

_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu
    "/etc/ssl/cert.pem",  # Alpine, Arch, newer Fedora, BSD
    "/etc/pki/tls/certs/ca-bundle.crt",  # RHEL, older Fedora
    "/etc/ssl/ca-bundle.pem",  # SUSE
)
"""Where Linux systems keep their authorities, for a Python whose OpenSSL was built to look elsewhere."""


def context(*, verify: bool, ca_file: str = "") -> ssl.SSLContext:
    """Return the shared context; `ca_file` holds authorities that are trusted beside the system's.

    Raises:
        ExchangeError: layer `tls`, when SSL_CERT_FILE or SSL_CERT_DIR names something that is not there, or
            `ca_file` cannot be read.
    """
    if not verify:
        return _unverified()
    return _verified(os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", ""), ca_file)


def check_authorities(ca_file: str) -> None:
    """Say what is wrong with a file of authorities. Reads it. Raises ExchangeError (layer `tls`)."""
    _add_authorities(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ca_file)


def _add_authorities(made: ssl.SSLContext, ca_file: str) -> None:
    try:
        made.load_verify_locations(cafile=os.path.expanduser(ca_file))
    except (OSError, ssl.SSLError) as error:
        raise connecting.unusable_authorities(ca_file, error) from error


@lru_cache(maxsize=1)
def _unverified() -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


@lru_cache(maxsize=4)
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
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.set_default_verify_paths()
    if not cert_file and not cert_dir and not ssl.get_default_verify_paths().cafile:
        bundle = next((path for path in _BUNDLES if os.path.isfile(path)), None)
        if bundle:
            made.load_verify_locations(cafile=bundle)
    if ca_file:
        _add_authorities(made, ca_file)
    return made
