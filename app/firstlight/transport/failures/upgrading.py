"""Failures of WebSockets: handshakes that are refused or wrong, frames that break the rules, ends without goodbye."""

from __future__ import annotations

from firstlight.model.failure import ExchangeError, failed
from firstlight.texts import N_, Phrase
from firstlight.transport.wire import Wire

_STATUS_HINTS: tuple[tuple[range, str], ...] = (
    (range(200, 300), N_("This address answers ordinary requests and is no WebSocket. Check the path.")),
    (range(300, 400), N_("The service points elsewhere: use the URL in the header Location, or follow redirects.")),
    (range(401, 402), N_("The credential is missing or wrong: check the Authorization tab; the body may say more.")),
    (range(403, 404), N_("The credential is not allowed to open this: check its rights; the body may say more.")),
    (range(404, 406), N_("There is no WebSocket at this path. Check the URL, its path above all.")),
    (range(407, 408), N_("The proxy wants a user name and a password: set them in the settings.")),
    (range(426, 427), N_("The service wants another protocol or version: see the header Sec-WebSocket-Version.")),
    (range(429, 430), N_("Too many requests: wait a little, then connect again.")),
    (range(400, 500), N_("The service does not accept this request: the body may say why.")),
    (range(502, 505), N_("The gateway reached no service that speaks WebSocket: it may be starting, or stopped.")),
    (range(500, 600), N_("The service failed while it opened the WebSocket: look into its log.")),
)  # fmt: skip
"""(statuses, what to do), the first that fits counts."""


def refused(status: int, reason: str) -> ExchangeError:
    """The handshake was answered with an ordinary answer."""
    hint = next((text for statuses, text in _STATUS_HINTS if status in statuses), "")
    return failed(
        "protocol",
        "handshake-refused",
        Phrase("The WebSocket was not opened: the answer is {status}, and not 101 Switching Protocols.",
               status=f"{status} {reason}".strip()),
        Phrase(hint),
    )  # fmt: skip


def bad_handshake(wire: Wire, said: str) -> ExchangeError:
    """The answer is a 101, and breaks the rules of the handshake; `said` is what the library says about it."""
    message = Phrase("{where} answered 101, but its handshake is wrong: {reason}.", where=wire.where, reason=said)
    hint = Phrase("A proxy or cache on the way may have changed the answer, or the service does not follow RFC 6455.")
    if "Sec-WebSocket-Accept" in said:
        hint = Phrase(
            "Sec-WebSocket-Accept must be computed from the key of this request: an answer that does not fit was made "
            "for another one, by a cache or a wrong service."
        )
    elif "subprotocol" in said:
        hint = Phrase("The service chose a subprotocol that was not offered. Set it under Subprotocols, Settings tab.")
    elif "extension" in said:
        hint = Phrase(
            "The service uses an extension that was not offered. See “Compress messages” on the Settings tab."
        )
    return failed("protocol", "bad-handshake", message, hint)


_FRAME_FAULTS: tuple[tuple[str, str, str], ...] = (
    ("reserved bits", "reserved-bits", N_("a frame has reserved bits set")),
    ("RSV1", "reserved-bits", N_("a frame has reserved bits set")),
    ("invalid opcode", "bad-opcode", N_("a frame has an opcode that does not exist")),
    ("masking", "masked-frame", N_("a frame is masked, which only clients may do")),
    ("control frame too long", "long-control-frame", N_("a ping, pong or close holds more than 125 bytes")),
    ("fragmented control", "fragmented-control-frame", N_("a ping, pong or close is split into several frames")),
    ("expected a continuation", "bad-continuation", N_("a new message begins within another one")),
    ("unexpected continuation", "bad-continuation", N_("a frame continues a message that never began")),
    ("incomplete fragmented", "bad-continuation", N_("the connection is closed within a message")),
    ("status code", "bad-close-frame", N_("the close frame holds a code that may not be sent")),
    ("close frame", "bad-close-frame", N_("the close frame is too short")),
    ("decompress", "bad-compression", N_("a compressed message cannot be unpacked")),
)  # fmt: skip
"""(what the library says, kind, what is wrong)."""


def bad_frame(wire: Wire, said: str) -> ExchangeError:
    """The peer broke the rules of framing (RFC 6455 §5)."""
    kind, reason = next(
        ((kind, Phrase(text)) for part, kind, text in _FRAME_FAULTS if part in said), ("bad-frame", said)
    )
    return failed(
        "protocol",
        kind,
        Phrase("{where} breaks the rules of WebSocket: {reason}. The connection was closed with code 1002.",
               where=wire.where, reason=reason),
        Phrase("A proxy on the way may change the frames, or the service is at fault. Try it without compression."),
    )  # fmt: skip


def bad_text(wire: Wire, position: int) -> ExchangeError:
    """A text message is no UTF-8."""
    return failed(
        "protocol",
        "bad-utf8",
        Phrase("{where} sent a text message that is not UTF-8 (at byte {position}). The connection was closed with "
               "code 1007.", where=wire.where, position=position),
        Phrase("The service should send this as a binary message, or encode it as UTF-8."),
    )  # fmt: skip


def too_big(wire: Wire, most_mb: float | None) -> ExchangeError:
    """A message is larger than the settings allow."""
    return failed(
        "read",
        "message-too-large",
        Phrase("{where} sent a message of more than {megabytes} MB. The connection was closed with code 1009.",
               where=wire.where, megabytes=f"{most_mb or 0:g}"),
        Phrase("If messages should be that large, raise “Largest message” on the Settings tab."),
    )  # fmt: skip


def no_goodbye(wire: Wire, *, reset: bool) -> ExchangeError:
    """The connection ended without a close frame: 1006."""
    where = wire.where
    message = (
        Phrase("{where} broke the connection off without closing the WebSocket (code 1006).", where=where)
        if reset
        else Phrase("{where} ended the connection without closing the WebSocket (code 1006).", where=where)
    )
    return failed(
        "read",
        "closed-without-goodbye",
        message,
        Phrase(
            "The service may have crashed, or a gateway or proxy has cut the connection: at its time limit, or because "
            "it was silent. “Ping every” on the Settings tab keeps it from being silent."
        ),
    )


def stuck(wire: Wire, limit_s: float | None) -> ExchangeError:
    """The peer takes nothing more."""
    return failed(
        "send",
        "idle-timeout",
        Phrase("{where} took no more of the message for {seconds} s (idle timeout).", where=wire.where,
               seconds=f"{limit_s or 0:g}"),
        Phrase("The service does not read what it is sent: look into its log."),
    )  # fmt: skip
