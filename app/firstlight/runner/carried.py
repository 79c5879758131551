"""What goes along with a request to its host: cookies of the workspace, the client certificate of the settings."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import structs

from firstlight.formats.snippets import OwnCertificate
from firstlight.model.client_certificate import ClientCertificate, certificate_for
from firstlight.model.cookie_rules import cookie_line, matching, telling_values
from firstlight.model.cookies import Jar
from firstlight.model.wire_url import WireUrl

_PKCS12 = b"\x30"
"""The first byte of every PKCS#12 file; PEM is text."""


def cookie_headers(jar: Jar, target: WireUrl, hidden: Callable[[str, str], str]) -> tuple[tuple[str, str], ...]:
    """Return the Cookie header that the jar has for a URL, or nothing.

    `hidden` is given a name and the value of each cookie that lets somebody in, and returns what is written instead.
    """
    found = matching(jar.cookies(), target, time.time())
    telling, seen = telling_values(found), Counter[str]()
    written = []
    for cookie in found:
        seen[cookie.name] += 1
        name = f"cookie {cookie.name}" + (f" {seen[cookie.name]}" if seen[cookie.name] > 1 else "")
        value = hidden(name, cookie.value) if cookie.value in telling else cookie.value
        written.append(structs.replace(cookie, value=value))
    return (("Cookie", cookie_line(written)),) if written else ()


def own_certificate(
    known: Iterable[ClientCertificate], target: WireUrl, secret: Callable[[str], str]
) -> OwnCertificate | None:
    """Return what is shown to a host, as files; `secret` is given the name of its passphrase. Reads a byte of it."""
    found = certificate_for(known, target.host, target.port) if target.scheme == "https" else None
    if found is None:
        return None
    file = _absolute(found.file)
    return OwnCertificate(
        file=file,
        key_file=_absolute(found.key_file) if found.key_file else "",
        passphrase=secret(found.passphrase) if found.passphrase else "",
        pkcs12=_is_pkcs12(file),
    )


def _absolute(path: str) -> str:
    return os.path.abspath(os.path.expanduser(path))


def _is_pkcs12(path: str) -> bool:
    """Tell by its content what a file is, and by its name when it is not there."""
    with suppress(OSError), Path(path).open("rb") as file:
        return file.read(1) == _PKCS12
    return path.lower().endswith((".p12", ".pfx"))
