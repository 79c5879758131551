"""A token that is obtained over the network before a request can be authorised, and the call that obtains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from firstlight.texts import Phrase

if TYPE_CHECKING:
    from firstlight.model.exchange import Transport
    from firstlight.model.prepared import PreparedRequest
    from firstlight.model.response import Response

LONGEST_MARGIN_S = 300.0
"""A token is renewed this long before its end; a short-lived one when a tenth of its time is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What a service issued. Times are seconds since the epoch by the clock of this computer."""

    value: str = field(repr=False)
    obtained_at_s: float
    expires_at_s: float | None = None
    """None: the service did not say."""
    scheme: str = ""
    """The word before it in Authorization, where it belongs there: `Bearer`."""
    refresh: str = field(default="", repr=False)
    """What a new one is asked for with, without the person (OAuth 2.0)."""
    scope: str = ""
    """`project`, `domain` or `global` for a token of Huawei IAM; what OAuth 2.0 calls scope for others."""
    project: str = ""
    project_id: str = ""
    account: str = ""
    user: str = ""
    proof: str = ""
    """TokenRequest.proof of the request that obtained it."""

    def left_s(self, now_s: float) -> float | None:
        """Return how long it is still valid; negative when it has expired, None when nobody knows."""
        return None if self.expires_at_s is None else self.expires_at_s - now_s

    def is_fresh(self, now_s: float) -> bool:
        """Tell whether a request may begin with it: it neither has expired nor is about to."""
        left = self.left_s(now_s)
        if left is None or self.expires_at_s is None:
            return True
        return left > min(LONGEST_MARGIN_S, (self.expires_at_s - self.obtained_at_s) / 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person says in the browser, and how it is asked for."""

    page: str
    """The address that the browser opens."""
    answered: Callable[[str], PreparedRequest]
    """Takes the address the browser was sent back to; returns the call that obtains the token.

    Raises ExchangeError: the person or the service refused, or the answer belongs to another question.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """How to obtain a token. Pure: the runner makes the call."""

    key: tuple[str, ...]
    """Who asks whom for what: a kept token of the same key will do. Holds no secret."""
    proof: str
    """A digest of the password or key that is shown: another one obtains another token."""
    once: str = ""
    """A digest of what is good for one attempt only, such as an MFA code."""
    name: Phrase
    """What is obtained, and where."""
    call: Callable[[float], PreparedRequest] | None
    """Return the call; the argument is the time by this computer's clock. None: `consent` leads to it."""
    read: Callable[[Response, float], AccessToken]
    """Read the answer, which came at that time. Raises ExchangeError when it holds no token."""
    renew: Callable[[AccessToken], PreparedRequest] | None = None
    """Return the call that renews a token without the person, for tokens that can be."""
    consent: Callable[[str, str], Consent] | None = None
    """Takes the address the browser shall come back to, and a random text. None: no person is needed."""
    redirect: str = ""
    """That address when the service wants a certain one; empty: any free port of this machine will do."""


class TokenSource(Protocol):
    """Where requests get their tokens from. Implemented by `runner.tokens.Tokens`."""

    async def token(self, wanted: TokenRequest, transport: Transport) -> AccessToken:
        """Return a kept token, or obtain one.

        Raises:
            ExchangeError: it could not be obtained.
        """

    async def doubt(self, wanted: TokenRequest, token: AccessToken) -> None:
        """Take note that a service refused `token`: the next request gets another one."""
