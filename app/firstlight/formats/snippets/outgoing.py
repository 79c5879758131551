"""A request as it goes out, in the shape that commands and scripts are written from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from firstlight.model.protocols import HTTP
from firstlight.model.request import Message, RequestSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A secret that is read from an environment variable when the snippet runs."""

    name: str
    encoded: bool = False
    """The value is data within a URL, as an API key is: whatever it contains must arrive unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a form: a text, or a file by its path."""

    name: str
    value: str = ""
    path: str = ""
    file_name: str = ""
    """The name that is sent for the file."""
    content_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """The key with which a script signs for itself, SDK-HMAC-SHA256."""

    access: str
    secret: str
    payload: str
    """`auto`: signed if it is JSON; `signed`, `unsigned`."""
    of_app: bool = False
    """An unsigned body's Content-Type is not signed either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCertificate:
    """What this machine shows to the service, as absolute paths."""

    file: str
    key_file: str = ""
    """Empty: the key is in `file`."""
    passphrase: str = ""
    """A mark: it never stands in a snippet, whatever else does."""
    pkcs12: bool = False
    """`file` is PKCS#12, not PEM."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Texts may hold marks that stand for secrets; `pieces` tells them from the text."""

    method: str
    url: str
    """As it is sent: encoded, without a fragment."""
    headers: tuple[tuple[str, str], ...] = ()
    """Without those that every client makes for itself: User-Agent, Accept, Host, Content-Length, a form's boundary."""
    without: frozenset[str] = frozenset()
    """Lower-case names of such headers that are not sent."""
    basic: tuple[str, str] | None = None
    """User name and password of Basic auth, or of Digest."""
    digest: bool = False
    text: str | None = None
    path: str = ""
    """The file that is the body."""
    parts: tuple[Part, ...] | None = None
    """None: the body is no form."""
    signer: Signer | None = None
    """None: it is not signed, or in a way that scripts do not know."""
    certificate: OwnCertificate | None = None
    """None: none is meant for the host, or it is reached without TLS."""
    protocol: str = HTTP
    """`websocket`: this is the handshake of one; `url` begins with http:// or https:// all the same."""
    messages: tuple[Message, ...] = ()
    """WebSocket: what is sent once it is open."""
    settings: RequestSettings = field(default_factory=RequestSettings)
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    """mark → secret."""
    notes: tuple[str, ...] = ()
    """What a person must know before running it, a line each."""

    @property
    def content_type(self) -> str:
        """The Content-Type that is sent, or nothing."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")

    @property
    def has_body(self) -> bool:
        """Whether anything follows the headers."""
        return self.text is not None or bool(self.path) or bool(self.parts)

    @property
    def streams(self) -> bool:
        """Whether the answer is asked for as a stream of events."""
        accepts = any(name.lower() == "accept" and "text/event-stream" in value for name, value in self.headers)
        return accepts or re.search(r'"stream"\s*:\s*true', self.text or "") is not None

    def pieces(self, text: str) -> list[str | Lookup]:
        """Split `text` into what is literal and what is looked up; empty texts are left out."""
        if not self.lookups:
            return [text] if text else []
        split = re.split("(" + "|".join(map(re.escape, self.lookups)) + ")", text)
        return [self.lookups.get(piece, piece) for piece in split if piece]
