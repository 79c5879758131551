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
        try:
            return json.loads(self.text or b"null")
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

    def is_of(self, *vendors: str) -> bool:
        """Tell whether the service is most likely one of these vendors'."""
        return bool(self.vendors) and self.vendors[0] in vendors


Check: TypeAlias = Callable[[Situation], Said]


@dataclass(frozen=True, slots=True)
class Guard:
    """One line of the table."""

    kind: str
    check: Check
    explains: tuple[int, ...] = ()
    """See Caution."""
    codes: tuple[str, ...] = ()
    afterwards: bool = False
