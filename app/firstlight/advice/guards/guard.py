"""The shape of a guard, and what it sees: the request as typed and as it goes out, and what is known of the service."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias
from urllib.parse import SplitResult, urlsplit

from firstlight.model.prepared import PreparedRequest
from firstlight.model.request import Request
from firstlight.model.service import Limits
from firstlight.texts import Phrase

Said: TypeAlias = tuple[Phrase, Phrase] | None
"""Message and remedy."""

_MOST_JSON_BYTES = 200_000
"""A longer body is not read: 2 ms on the way to the wire is all a guard may cost."""
_NO_JSON = object()
CREDENTIALS = (
    "authorization", "x-auth-token", "x-apig-appcode", "apikey", "api-key", "x-api-key", "x-hw-appkey",
    "x-goog-api-key",
)  # fmt: skip
"""Headers that sign in, by lower-case name."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A request that is about to be sent."""

    request: Request
    """With its variables filled in, and the authorization it really has."""
    sent: PreparedRequest
    vendors: tuple[str, ...] = ()
    """Whose service it may be, the likeliest first (`advice.vendors`)."""
    limits: Limits = field(default_factory=lambda: Limits(body_bytes=0, time_s=0, one_file=False))
    """None of its values is None; 0: no limit is known."""
    open_channel: bool = False
    """On this channel nobody checks credentials."""
    websocket_channel: bool = False
    """The channel's address begins with wss://, as the console shows that of a service for WebSocket."""

    @cached_property
    def address(self) -> SplitResult:
        """The parts of the URL."""
        return urlsplit(self.sent.url)

    @cached_property
    def host(self) -> str:
        """The host of the URL, in lower case, without brackets."""
        return (self.address.hostname or "").lower()

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """The headers that are sent, by lower-case name; of several the first."""
        found: dict[str, str] = {}
        for name, value in self.sent.headers:
            found.setdefault(name.lower(), value)
        return found

    @cached_property
    def text(self) -> bytes | None:
        """The body where it is short and all of it text; None otherwise."""
        pieces = self.sent.body.pieces
        if self.sent.body.size_bytes > _MOST_JSON_BYTES or not all(isinstance(piece, bytes) for piece in pieces):
            return None
        return b"".join(piece for piece in pieces if isinstance(piece, bytes))

    @cached_property
    def _document(self) -> object:
        if not self.text:
            return None
        try:
            return json.loads(self.text)
        except ValueError:
            return _NO_JSON
        except RecursionError:
            return None

    @property
    def is_json(self) -> bool:
        """The body can be read as JSON, is empty, or is too long to be looked at."""
        return self._document is not _NO_JSON

    @property
    def fields(self) -> Mapping[str, Any]:
        """The JSON object of the body; empty when it is none."""
        return self._document if isinstance(self._document, dict) else {}

    @cached_property
    def credentials(self) -> tuple[str, ...]:
        """The headers that sign in and are not empty, by lower-case name.

        A signature brings companions of its own, an AppKey may stand beside one.
        """
        return tuple(name for name in CREDENTIALS if self.headers.get(name, "").strip())

    @property
    def aspects(self) -> frozenset[str]:
        """Those of ASPECTS that it has."""
        return frozenset(name for name, holds in ASPECTS.items() if holds(self))

    @property
    def vendor(self) -> str:
        """Whose service it is most likely; empty when nobody knows."""
        return self.vendors[0] if self.vendors else ""

    def is_of(self, *vendors: str) -> bool:
        """Tell whether the service is most likely one of these vendors'."""
        return self.vendor in vendors


PLAIN_HTTP, CREDENTIAL, HEADER_ROWS, BODY, TIME_LIMIT = "plain http", "credential", "header rows", "body", "time limit"
ASPECTS: Mapping[str, Callable[[Situation], bool]] = {
    PLAIN_HTTP: lambda situation: situation.address.scheme == "http",
    CREDENTIAL: lambda situation: not situation.headers.keys().isdisjoint(CREDENTIALS),
    HEADER_ROWS: lambda situation: bool(situation.request.headers),
    BODY: lambda situation: situation.sent.body.size_bytes > 0,
    TIME_LIMIT: lambda situation: bool(situation.limits.time_s),
}
"""What most guards are about: each is looked for once, and spares a request that lacks it the guards of it."""

Check: TypeAlias = Callable[[Situation], Said]
"""Is asked only where `Guard.about` and `Guard.of` hold, and takes them for granted."""


@dataclass(frozen=True, slots=True)
class Guard:
    """One line of the table."""

    kind: str
    check: Check
    explains: tuple[int, ...] = ()
    """See Caution, as for the next two."""
    codes: tuple[str, ...] = ()
    afterwards: bool = False
    about: tuple[str, ...] = ()
    """The names of ASPECTS that all have to be there before it is asked."""
    of: tuple[str, ...] = ()
    """The vendors about whose services it is asked; empty: about all."""
