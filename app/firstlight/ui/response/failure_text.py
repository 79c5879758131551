"""Failures in plain words: the headline and the name of each layer. No Qt."""

from __future__ import annotations

from firstlight.model.events import Failed
from firstlight.model.failure import Failure, Layer
from firstlight.texts import N_

HEADLINES: dict[Layer, str] = {
    "variable": N_("The request is not complete"),
    "file": N_("A file cannot be read"),
    "dns": N_("The host name was not found"),
    "connect": N_("No connection"),
    "tls": N_("No secure connection (TLS)"),
    "proxy": N_("The proxy did not let it through"),
    "send": N_("The request could not be sent"),
    "wait": N_("No answer came"),
    "read": N_("The answer broke off"),
    "protocol": N_("The answer is not understandable"),
    "gateway": N_("The gateway reported an error"),
    "service": N_("The service reported an error"),
}
"""What went wrong, by the layer where it did."""

_NEVER_SENT = frozenset(
    {
        "bad-url",
        "bad-method",
        "bad-header-name",
        "bad-header-value",
        "bad-content-length",
        "bad-graphql-variables",
        "bad-request",
    }
)
"""Kinds of the protocol layer that are about the request."""
_FOR_A_TOKEN = ("iam-", "oauth-", "sign-in-")
_REDIRECTS = frozenset({"bad-redirect", "redirect-to-plain-http", "redirect-with-secret-body", "too-many-redirects"})

_HANDSHAKES = frozenset({"handshake-refused", "bad-handshake"})
_FRAMES = frozenset(
    {
        "reserved-bits",
        "bad-opcode",
        "masked-frame",
        "long-control-frame",
        "fragmented-control-frame",
        "bad-continuation",
        "bad-close-frame",
        "bad-compression",
        "bad-frame",
        "bad-utf8",
    }
)
"""Kinds of the protocol layer that are about an open WebSocket."""


def is_explained_by_itself(end: object) -> bool:
    """Tell whether a failure and what is known of it are one thing, told by one card: the error inside a stream."""
    return isinstance(end, Failed) and end.explanation is not None and end.failure.kind == "error-in-stream"


_OF_KINDS: tuple[tuple[frozenset[str], str], ...] = (
    (_NEVER_SENT, N_("The request cannot be sent like this")),
    (_REDIRECTS, N_("The redirect was not followed")),
    (_HANDSHAKES, N_("The WebSocket was not opened")),
    (_FRAMES, N_("The service breaks the rules of WebSocket")),
    (frozenset({"closed-without-goodbye"}), N_("The WebSocket broke off")),
)
"""What failures of some kinds are called, whatever their layer."""


def headline(failure: Failure) -> str:
    """Return what a failure is called, marked for translation."""
    if failure.layer == "service" and failure.kind.startswith(_FOR_A_TOKEN):
        return N_("The token that the request needs was not obtained")
    return next((text for kinds, text in _OF_KINDS if failure.kind in kinds), HEADLINES[failure.layer])


LAYER_NAMES: dict[Layer, str] = {
    "variable": N_("variable"),
    "file": N_("file"),
    "dns": N_("dns"),
    "connect": N_("connect"),
    "tls": N_("tls"),
    "proxy": N_("proxy"),
    "send": N_("send"),
    "wait": N_("wait"),
    "read": N_("read"),
    "protocol": N_("protocol"),
    "gateway": N_("gateway"),
    "service": N_("service"),
}
"""In English the same words as in the reports of the command line."""
