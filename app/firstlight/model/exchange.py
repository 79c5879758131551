"""One execution of a Request: what was sent, what came back, when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from firstlight.model.access_token import AccessToken, TokenSource
from firstlight.model.conversation import Orders
from firstlight.model.cookies import Jar
from firstlight.model.events import Event, WebSocketClosed
from firstlight.model.explanation import Explanation
from firstlight.model.failure import Failure
from firstlight.model.prepared import PreparedRequest
from firstlight.model.request import NO_AUTHORIZATION, Authorization
from firstlight.model.response import MetaUuid, Response, StreamSummary, Timings
from firstlight.model.service import Service

Emit: TypeAlias = Callable[[Event], None]
"""Receives every event as it happens, on the loop that runs the exchange. Must not block and not raise."""


class Transport(Protocol):
    """The one way to the network. Implemented by `transport.HttpTransport`; tests may give another."""

    @property
    def secrets(self) -> frozenset[str]:
        """What it takes to reach the network and nobody may read: passwords of proxies, passphrases of keys."""

    async def send(self, request: PreparedRequest, emit: Emit) -> None:
        """Send `request` and emit Resolved … BodyReceived as they happen; return when the answer is whole.

        Raises:
            ExchangeError: the network, TLS, a timeout or the peer's bytes ended it early.
            asyncio.CancelledError: the task was cancelled; the connection has been closed.
        """

    async def converse(self, request: PreparedRequest, emit: Emit, orders: Orders) -> None:
        """Open the WebSocket that `request` asks for, and do what `orders` say until it is closed.

        Raises what `send` raises, also for a handshake that is refused, whose answer was emitted before.
        """

    async def aclose(self) -> None:
        """Close every connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A value for `{{name}}` and where it comes from."""

    value: str = field(repr=False)
    origin: str
    """workspace, collection, folder, environment, run."""
    origin_name: str = ""
    """What the collection, folder or environment is called."""
    description: str = ""
    secret: bool = False
    """Masked wherever it is shown."""


def _nothing(_secrets: frozenset[str]) -> None:
    """Nobody shows anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a Request may refer to while it is sent."""

    variables: Mapping[str, Variable]
    secret: Callable[[str], str | None]
    """Returns the secret of that name, or None when nobody knows it. Must not block: prefetched."""
    folder: str = ""
    """Absolute path of the workspace; relative file paths start here."""
    authorization: Authorization = NO_AUTHORIZATION
    """What a Request that inherits its authorization gets."""
    service: Service | None = None
    """The Service of the Request, if it has one that is there."""
    tokens: TokenSource | None = None
    """Where it gets the token that its authorization obtains first; None: obtained for this one Request."""
    token: AccessToken | None = None
    """That token, once it is there."""
    jar: Jar | None = None
    """The cookies of the workspace; None: there is no place for any."""
    learn: Callable[[frozenset[str]], None] = _nothing
    """Is told every secret of the request before it is sent: whoever listens has to mask them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The outcome. Exactly one of `response is not None` and `failure is not None` need hold; both may."""

    sent: PreparedRequest | None
    response: Response | None = None
    failure: Failure | None = None
    timings: Timings = field(default_factory=Timings)
    stream: StreamSummary | None = None
    meta_uuid: MetaUuid | None = None
    """Set when the body sent had one and the answer came."""
    explanation: Explanation | None = None
    """What a failing answer means and what to do."""
    closed: WebSocketClosed | None = None
    """How the WebSocket ended, if one was open."""
