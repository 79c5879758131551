"""Python with websockets: sends the saved messages, prints what comes, and leaves when nothing comes any more."""

from __future__ import annotations

import re

from firstlight.formats.snippets.outgoing import Lookup, Outgoing
from firstlight.formats.snippets.python_code import call, imports, indented, long_literal, text
from firstlight.formats.snippets.python_tls import context_lines, is_secure
from firstlight.formats.snippets.snippet import Repeat, Snippet
from firstlight.model.handshake_lines import PROTOCOL, subprotocols
from firstlight.model.protocols import WEBSOCKET, websocket_url
from firstlight.model.request import Message

_ITS_OWN = frozenset({"upgrade", "connection", "sec-websocket-key", "sec-websocket-version",
                      "sec-websocket-extensions", "sec-websocket-protocol"})  # fmt: skip
"""Headers that the library writes by itself."""
_PORT = re.compile(r"(?<=[^:]):(\d+)$")
_MEGABYTE = 1_000_000


def _write(request: Outgoing, _repeat: Repeat) -> str:
    lines = [f"url = {text(request, websocket_url(request.url))}", *_headers(request), *_messages(request)]
    lines += [*_context(request), "", *call("with connect", _arguments(request), " as websocket:")]
    lines += indented(_talk(request))
    libraries = ["from websockets.exceptions import ConnectionClosed", "from websockets.sync.client import connect"]
    return "\n".join([*imports("\n".join(lines)), *libraries, "", *lines]) + "\n"


def _headers(request: Outgoing) -> list[str]:
    rows = [(text(request, name), _value(request, value)) for name, value in request.headers if _is_sent(name)]
    if request.basic and not request.digest:
        user = text(request, ":".join(request.basic))
        rows.append(('"Authorization"', f'"Basic " + base64.b64encode(({user}).encode()).decode()'))
    return ["headers = [", *(f"    ({name}, {value})," for name, value in rows), "]"] if rows else []


def _is_sent(name: str) -> bool:
    return name.lower() not in _ITS_OWN


def _value(request: Outgoing, value: str) -> str:
    """Return an expression for a header's value: the library writes ISO-8859-1, and it travels as UTF-8."""
    made = text(request, value)
    return made if value.isascii() else f'({made}).encode().decode("latin-1")'


def _messages(request: Outgoing) -> list[str]:
    rows = [f"    {_message(request, message)}," for message in request.messages]
    return ["messages = [", *rows, "]"] if rows else []


def _message(request: Outgoing, message: Message) -> str:
    if message.kind == "file":
        return f"pathlib.Path({text(request, message.path)}).read_bytes()"
    if message.kind == "binary":
        typed = text(request, "".join(message.text.split()))
        return f"bytes.fromhex({typed})" if message.encoding == "hex" else f'base64.urlsafe_b64decode({typed} + "==")'
    looks_up = any(isinstance(piece, Lookup) for piece in request.pieces(message.text))
    return text(request, message.text) if looks_up else long_literal(message.text)


def _context(request: Outgoing) -> list[str]:
    """Return the lines that define `context`, or nothing when the library's own will do."""
    settings = request.settings
    differs = not settings.verify_tls or settings.ca_file or request.certificate
    return context_lines(request) if differs and is_secure(request) else []


def _arguments(request: Outgoing) -> list[str]:
    settings = request.settings
    arguments = ["url", *(["additional_headers=headers"] if _headers(request) else [])]
    arguments += ["user_agent_header=None"] if "user-agent" in request.without else []
    typed = next((value for name, value in request.headers if name.lower() == PROTOCOL.lower()), settings.subprotocols)
    names = [text(request, name) for name in subprotocols(typed)]
    arguments += [f"subprotocols=[{', '.join(names)}]"] if names else []
    arguments += [] if settings.compress_messages else ["compression=None"]
    arguments += ["ssl=context"] if _context(request) else []
    arguments += [f"address={_address(request)}", "proxy=None"] if settings.connect_to else []
    most_mb = settings.largest_message_mb
    arguments.append(f"max_size={None if most_mb is None else int(most_mb * _MEGABYTE)}")
    arguments.append(f"ping_interval={_seconds(settings.ping_every_s)}")
    arguments.append(f"open_timeout={_seconds(settings.connect_timeout_s)}")
    return arguments


def _address(request: Outgoing) -> str:
    """Return host and port to connect to; a bare address keeps the port of the URL."""
    address = request.settings.connect_to
    port = _PORT.search(address) or _PORT.search(request.url.partition("://")[2].partition("/")[0])
    host = _PORT.sub("", address).strip("[]")
    return f"({text(request, host)}, {port[1] if port else 443 if is_secure(request) else 80})"


def _talk(request: Outgoing) -> list[str]:
    send = ["for message in messages:", "    websocket.send(message)"] if request.messages else []
    silent = _seconds(request.settings.idle_timeout_s)
    return [
        *send,
        "try:",
        "    while True:",
        f"        print(websocket.recv(timeout={silent}))",
        "except TimeoutError:",
        "    websocket.close()",
        "except ConnectionClosed as closed:",
        "    print(closed)",
    ]


def _seconds(value: float | None) -> str:
    return "None" if value is None else f"{value:g}"


SNIPPET = Snippet(
    kind="python-websockets",
    label="Python – websockets",
    lexer="python",
    write=_write,
    speaks=frozenset({WEBSOCKET}),
    is_program=True,
)
