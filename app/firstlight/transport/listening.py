"""Hears in a handshake what ssl tells nobody: a wish for a client certificate, the certificates of one that fails.

The wish can only be heard in the messages of the handshake, through a hook of CPython's ssl (`_msg_callback`) that is
not in its documentation; where it is missing nothing is ever heard. The hook is off again after the handshake: a call
for every record of a download would cost a tenth of it.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_HANDSHAKE, _CERTIFICATE_REQUEST = 22, 13  # RFC 8446 §5.1, §4


class ListeningObject(ssl.SSLObject):
    """One connection; an error of its handshake carries what was heard until then."""

    asked = False
    """The server wants a certificate, or would like one."""

    def do_handshake(self) -> None:
        """Go on with the handshake."""
        try:
            super().do_handshake()
        except ssl.SSLError as error:
            error.asked = self.asked  # type: ignore[attr-defined]  # read by transport.handshake
            if isinstance(error, ssl.SSLCertVerificationError):
                error.chain = chain_of(self, verified=False)  # type: ignore[attr-defined]  # the same
            raise


def chain_of(tls: ssl.SSLObject, *, verified: bool) -> tuple[bytes, ...]:
    """Return the certificates as DER: up to the authority when it was verified, else as the server sent them.

    They are only copied here, which takes microseconds; reading them is for whoever shows them.
    """
    asking = "get_verified_chain" if verified else "get_unverified_chain"
    # public since Python 3.13; before, the object underneath has the same
    ask: Any = getattr(tls, asking, None) or getattr(getattr(tls, "_sslobj", None), asking, None)
    return tuple(map(_der, (ask() if ask else None) or ()))


def _der(certificate: Any) -> bytes:
    if isinstance(certificate, bytes):
        return certificate
    pem: str = certificate.public_bytes()  # of the C object: PEM unless told otherwise
    return ssl.PEM_cert_to_DER_cert(pem)


class ListeningContext(ssl.SSLContext):
    """Makes such connections."""

    sslobject_class = ListeningObject
    _handshakes = 0

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen while a handshake goes on; several may at the same time."""
        self._handshakes += 1
        self._listen(_hear)
        try:
            yield
        finally:
            self._handshakes -= 1
            if not self._handshakes:
                self._listen(None)

    def _listen(self, hear: Any) -> None:
        if hasattr(self, "_msg_callback"):
            self._msg_callback = hear


def _hear(connection: Any, _direction: str, _version: int, content: int, message: int | None, _data: bytes) -> None:
    if content == _HANDSHAKE and message == _CERTIFICATE_REQUEST:
        connection.asked = True
