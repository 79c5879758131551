"""Hears during a handshake whether the server asks for a client certificate, which ssl tells nobody.

It can only be heard in the messages of the handshake, through a hook of CPython's ssl (`_msg_callback`) that is not in
its documentation; where it is missing nothing is ever heard. The hook is off again after the handshake: a call for
every record of a download would cost a tenth of it.
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
            raise


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
