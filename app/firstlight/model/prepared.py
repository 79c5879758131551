"""A request that is ready for the wire: variables filled in, body encoded, signed."""

from __future__ import annotations

from dataclasses import dataclass, field

from firstlight.model.caution import Caution
from firstlight.model.cookies import Jar
from firstlight.model.request import RequestSettings
from firstlight.model.secrets import Masker
from firstlight.model.signing import Signing
from firstlight.model.sink import Sink
from firstlight.texts import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSlice:
    """A file that travels as part of a body; the transport reads it while it sends."""

    path: str
    """Absolute path."""
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedBody:
    """A body as bytes and files, in order. Never read into memory as a whole."""

    pieces: tuple[bytes | FileSlice, ...] = ()
    content_type: str = ""
    """Empty: no Content-Type header is generated."""
    meta_uuid: str = ""
    """What stands at `meta.uuid` of a JSON body: the service gives it back. Empty for none."""

    @property
    def size_bytes(self) -> int:
        """The number of bytes that will be sent."""
        return sum(len(p) if isinstance(p, bytes) else p.size_bytes for p in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """What answers a challenge of Digest (RFC 7616)."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PreparedRequest:
    """What the transport sends. Header values may hold any character; they travel as UTF-8."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    """The user's rows, the body's Content-Type, then the authorization's; `model.framing` adds Host and length."""
    body: EncodedBody = field(default_factory=EncodedBody)
    counted: bool = True
    """False: no Content-Length is generated; a body then travels in chunks."""
    notes: tuple[Phrase, ...] = ()
    """What was mended in it that the user should know of."""
    cautions: tuple[Caution, ...] = ()
    """What will probably go wrong."""
    vendor: str = ""
    """Whose service it is, where that is known."""
    settings: RequestSettings = field(default_factory=RequestSettings)
    protocol: str = "http"
    """`websocket`: this is the handshake of one (RFC 6455 §4.1); `url` begins with http:// or https:// all the same."""
    jar: Jar | None = None
    """Where its answers' cookies go, and its own come from when it is sent; None: it has nothing to do with any."""
    sends_cookies: bool = True
    """False: it has a Cookie header of its own, or wants none."""
    sink: Sink | None = None
    """Where the body of a good answer goes; None: into memory."""
    secrets: frozenset[str] = frozenset()
    """Every secret value that went into this request, for masking and for redirects."""
    signing: Signing | None = None
    """How it was signed. A signature is bound to method, address and time: such a request is never sent on."""
    login: Login | None = None
    """Set: when the service answers 401 and asks for Digest, the request is sent a second time with the reply."""

    def __repr__(self) -> str:
        """Say what it is without a secret: it may turn up in the text of an error."""
        return f"<PreparedRequest {self.method} {Masker.of(self.secrets).mask_words(self.url)}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedMessage:
    """One WebSocket message as it is sent."""

    is_text: bool
    content: bytes | FileSlice
    secrets: frozenset[str] = frozenset()
    """Every secret value that went into it, for masking."""

    @property
    def size_bytes(self) -> int:
        """The number of bytes that will be sent, before compression."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size_bytes
