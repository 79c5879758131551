"""A saved Request and its parts, exactly as the editor shows them and the file keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """One row of the Params table. Name and value are raw: what was typed is what is sent."""

    name: str
    value: str = ""
    enabled: bool = True
    """Unticked rows are saved but not sent."""
    description: str = ""
    bare: bool = False
    """True for `?flag` (no equals sign), so that the URL stays as it was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """One row of the Headers table."""

    name: str
    value: str = ""
    enabled: bool = True
    """Unticked rows are saved but not sent."""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart:
    """One row of the form-data table: a text or one or more files under one key."""

    name: str
    kind: str = "text"
    """`text` or `file`."""
    value: str = ""
    """The text of a text part."""
    files: tuple[str, ...] = ()
    """Paths of a file part; relative ones start at the workspace folder."""
    file_names: tuple[str, ...] = ()
    """The names sent for `files`, by position; an empty or missing one: the file's own."""
    content_type: str = ""
    """Empty: none for text, guessed from the file name for files."""
    enabled: bool = True
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What the Body tab holds. `kind` chooses from BODIES; the other fields keep what was typed there."""

    kind: str = "none"
    text: str = ""
    """raw: the text as typed."""
    language: str = "json"
    """raw: json, text, xml, html, javascript."""
    new_meta_uuid: bool = False
    """raw JSON: the text at `meta.uuid` becomes a new UUID each time it is sent."""
    parts: tuple[FormPart, ...] = ()
    path: str = ""
    """binary: the file that is the body."""
    pairs: tuple[Param, ...] = ()
    """x-www-form-urlencoded: the rows as plain text; they are encoded when they are sent."""
    query: str = ""
    """GraphQL: the query as typed."""
    variables: str = ""
    """GraphQL: the variables, a JSON object as typed; empty for none."""
    operation: str = ""
    """GraphQL: which of the query's operations; empty: its only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization:
    """How the Request proves who sends it. `kind` chooses from METHODS; `values` are that method's fields."""

    kind: str = "none"
    values: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that can be sent once a WebSocket is open. `kind` chooses from MESSAGES; the rest is kept as typed."""

    name: str = ""
    kind: str = "text"
    text: str = ""
    """text, json: as it is sent; binary: its bytes written as `encoding` says."""
    encoding: str = "hex"
    """binary: `hex` or `base64`."""
    path: str = ""
    """file: sent as one binary message, read while it is sent; a relative path starts at the workspace folder."""


NO_AUTHORIZATION = Authorization()
INHERIT = Authorization(kind="inherit")
"""As the nearest folder around it says, or its collection; nothing where none of them says anything."""
FROM_SERVICE = Authorization(kind="service")
"""By the Credential that is chosen for the Request's Service; nothing where it has no Service."""

PROTOCOLS = ("http", "websocket")
BINARY_ENCODINGS = ("hex", "base64")
HTTP_VERSIONS = ("auto", "1.1", "2")
STREAMS = ("auto", "sse", "ndjson", "json-array", "text", "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSettings:
    """What the Settings tab holds; times are seconds, None means no limit."""

    follow_redirects: bool = False
    cookies: bool = True
    """Cookies of the workspace are sent, and those of the answer kept."""
    verify_tls: bool = True
    http_version: str = "auto"
    """`auto`: HTTP/2 where TLS agrees on it, else HTTP/1.1; `1.1` or `2` alone."""
    connect_to: str = ""
    """`address` or `address:port`: the connection goes there; Host and the name that TLS checks stay the URL's."""
    ca_file: str = ""
    """A PEM file of authorities that are trusted beside the system's, in place of the one in the app's settings;
    a relative path starts at the workspace folder."""
    connect_timeout_s: float | None = 10.0
    tls_timeout_s: float | None = None
    """Of the TLS handshake alone; None: it shares the connect timeout."""
    send_timeout_s: float | None = None
    """The longest time in which nothing more of the request is taken; None: the idle timeout."""
    wait_timeout_s: float | None = None
    """The longest wait for the first byte of the answer; None: the idle timeout."""
    idle_timeout_s: float | None = 60.0
    """The longest silence between two arrivals, the wait for the first byte included."""
    total_timeout_s: float | None = None
    stream: str = "auto"
    """`auto`: by Content-Type; else how the body is read whatever that says (`sse`, …), or `off`: never as a stream."""
    stream_text_path: str = ""
    """JSONPath to the text within a message of the stream; empty: as the known services write it."""
    gateway_timings: bool = False
    """Ask the gateway how long it and the model took."""
    subprotocols: str = ""
    """WebSocket: names that are offered, in order of preference, with commas between."""
    compress_messages: bool = True
    """WebSocket: permessage-deflate (RFC 7692) is offered."""
    largest_message_mb: float | None = 64.0
    """WebSocket: a longer message from the peer ends the connection."""
    ping_every_s: float | None = None
    """WebSocket: a ping is sent so often, for gateways that close what is silent; None: only when asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One saved call."""

    name: str = ""
    protocol: str = "http"
    """`http` or `websocket`; a URL that begins with ws:// or wss:// is a WebSocket in any case."""
    method: str = "GET"
    url: str = ""
    """Without the query, which is `params`; a fragment stays here and is never sent. Of a Service only the path."""
    service: str = ""
    """Name of the Service it belongs to; empty: `url` is a full URL."""
    channel: str = ""
    """Name of the Service's Channel it is sent over; empty: the first one."""
    credential: str = ""
    """Name of the Service's Credential that signs, or `none`; empty: the Channel's own."""
    params: tuple[Param, ...] = ()
    path_variables: tuple[Param, ...] = ()
    """Values of the segments of the URL that are written `:name`; see `model.path_variables`."""
    headers: tuple[Header, ...] = ()
    without: tuple[str, ...] = ()
    """Names of generated headers that are left out, such as User-Agent."""
    authorization: Authorization = field(default_factory=Authorization)
    body: Body = field(default_factory=Body)
    messages: tuple[Message, ...] = ()
    """WebSocket: what can be sent once it is open."""
    settings: RequestSettings = field(default_factory=RequestSettings)
    description: str = ""
    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """Keys of the file that this version does not know; they survive a load and a save."""


def with_inherited(request: Request, authorization: Authorization) -> Request:
    """Return `request` with the authorization it really has; `authorization` is what it inherits if it wants to."""
    return replace(request, authorization=authorization) if request.authorization.kind == INHERIT.kind else request
