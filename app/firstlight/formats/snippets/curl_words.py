"""The options of curl that send a request, before any shell's quoting."""

from __future__ import annotations

import re
from dataclasses import replace

from firstlight.formats.snippets.outgoing import Outgoing, OwnCertificate, Part
from firstlight.model.handshake_lines import handshake_lines
from firstlight.model.protocols import HTTP, WEBSOCKET
from firstlight.model.request import RequestSettings

Line = tuple[str, ...]
"""An option and its value: they stay on one line."""

_HTTP_VERSIONS = {"1.1": "--http1.1", "2": "--http2-prior-knowledge"}
_DEFAULTS = RequestSettings()
_DRIVE = re.compile(r"[A-Za-z]:(?=[\\/])")
_SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ=="
"""Of RFC 6455 §1.3: any sixteen bytes will do."""
BOTH = frozenset({HTTP, WEBSOCKET})
"""What curl speaks: of a WebSocket the handshake, which is HTTP. (From 8.11 on it connects to ws:// URLs, but takes no
messages from a command.)"""


def curl_lines(request: Outgoing) -> list[Line]:
    """Return the words of the command, a tuple for each of its lines."""
    first: list[str] = ["curl", *_method(request)]
    if request.protocol == WEBSOCKET:
        first += ["-i", "-N"]  # the head is what is looked for, and nothing ends the answer
        names = {name.lower() for name, _ in request.headers}
        lines = handshake_lines(request.settings, _SAMPLE_KEY, names)
        settings = replace(request.settings, http_version="1.1")
        request = replace(request, headers=(*request.headers, *lines), settings=settings)
    if any(sign in request.url for sign in "[]{}"):
        first.append("--globoff")
    if "/." in request.url:
        first.append("--path-as-is")
    options: list[Line] = [(*first, request.url)]
    options += [("-H", f"{name}: {value}" if value else f"{name};") for name, value in request.headers]
    options += [("-H", f"{name}:") for name in sorted(_removed(request))]
    if request.basic:
        options += [("--digest",)] if request.digest else []
        options.append(("-u", ":".join(request.basic)))
    return [*options, *_body(request), *_settings(request.settings), *_certificate(request.certificate)]


def _method(request: Outgoing) -> Line:
    if request.method == "HEAD" and not request.has_body:
        return ("-I",)
    implied = "POST" if request.has_body else "GET"
    return () if request.method == implied else ("-X", request.method)


def _removed(request: Outgoing) -> set[str]:
    """Return the headers that curl adds and First Light does not."""
    removed = set(request.without & {"user-agent", "accept"})
    if request.has_body and request.parts is None and not request.content_type:
        removed.add("Content-Type")
    return removed


def _body(request: Outgoing) -> list[Line]:
    if request.parts is not None:
        return [_part(part) for part in request.parts]
    if request.path:
        return [("--data-binary", f"@{request.path}")]
    return [] if request.text is None else [("--data-raw", request.text)]


def _part(part: Part) -> Line:
    kind = f";type={part.content_type}" if part.content_type else ""
    if not part.path:
        return (
            ("-F", f"{part.name}={_quoted(part.value)}{kind}")
            if kind
            else ("--form-string", f"{part.name}={part.value}")
        )
    own = part.path.replace("\\", "/").rpartition("/")[2]
    renamed = f";filename={_quoted(part.file_name)}" if part.file_name != own else ""
    return ("-F", f"{part.name}=@{_quoted(part.path)}{renamed}{kind}")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _settings(settings: RequestSettings) -> list[Line]:
    lines: list[Line] = []
    if settings.follow_redirects:
        lines.append(("-L",))
    if not settings.verify_tls:
        lines.append(("-k",))
    elif settings.ca_file:
        lines.append(("--cacert", settings.ca_file))
    if settings.http_version in _HTTP_VERSIONS:
        lines.append((_HTTP_VERSIONS[settings.http_version],))
    if settings.connect_to:
        has_port = re.search(r"[^:]:\d+$", settings.connect_to)
        lines.append(("--connect-to", f"::{settings.connect_to}{'' if has_port else ':'}"))
    if settings.connect_timeout_s not in {None, _DEFAULTS.connect_timeout_s}:
        lines.append(("--connect-timeout", f"{settings.connect_timeout_s:g}"))
    if settings.total_timeout_s is not None:
        lines.append(("-m", f"{settings.total_timeout_s:g}"))
    return lines


def _certificate(own: OwnCertificate | None) -> list[Line]:
    if own is None:
        return []
    lines: list[Line] = [("--cert", _certificate_path(own.file))]
    lines += [("--cert-type", "P12")] if own.pkcs12 else []
    lines += [("--key", own.key_file)] if own.key_file else []
    return lines + ([("--pass", own.passphrase)] if own.passphrase else [])


def _certificate_path(path: str) -> str:
    """Return a path as --cert takes it: a colon begins a passphrase, except behind the letter of a drive."""
    drive = _DRIVE.match(path)
    start = drive[0] if drive else ""
    return start + re.sub(r"[\\:]", r"\\\g<0>", path[len(start) :])
