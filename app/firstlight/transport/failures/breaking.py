"""Failures because the bytes of an answer are not what HTTP allows, in our words: the parsers' own are English."""

from __future__ import annotations

import ast
import re

from firstlight.model.failure import ExchangeError, failed
from firstlight.texts import N_, Phrase
from firstlight.transport.torn_head import begun
from firstlight.transport.wire import Wire

MOST_HEAD_BYTES = 1 << 20
"""A head beyond this is broken off: headers of 100 KiB exist, of a megabyte do not."""
_TLS_ALERT = b"\x15\x03"
_HTTP2_SETTINGS = re.compile(rb"\x00[\x00-\x01].\x04\x00\x00\x00\x00\x00", re.DOTALL)
"""How a server begins that speaks HTTP/2 and nothing else (RFC 9113 §3.4)."""
_BODY_BEGINNINGS = (b"<", b"{", b"[")

_REASONS = (
    ("illegal status line", N_("the status line is “{text}”")),
    ("illegal header line", N_("“{text}” is no header line")),
    ("continuation line", N_("the headers begin with a continuation line")),
    ("conflicting Content-Length", N_("Content-Length is there twice, with different values")),
    ("bad Content-Length", N_("Content-Length is no number")),
    ("Transfer-Encoding", N_("its Transfer-Encoding is not “chunked”")),
    ("illegal chunk header", N_("“{text}” is no size of a chunk")),
    ("malformed chunk footer", N_("a chunk is followed by “{text}” instead of the end of a line")),
)
"""(what h11 says, what we say)."""


def broken_body(wire: Wire, said: str) -> ExchangeError:
    """The framing of the body is wrong, or the body ended too early."""
    where = wire.where
    if "closed connection without sending complete message body" in said:
        return failed(
            "read",
            "truncated-body",
            Phrase("{where} closed the connection before the answer was complete ({detail}).", where=where,
                   detail=_how_much(said)),
            Phrase("The service may have crashed, or a gateway cut it off at its time limit."),
        )  # fmt: skip
    return failed(
        "protocol",
        "bad-chunk",
        Phrase("The chunked answer of {where} is malformed: {reason}.", where=where, reason=_reason(said)),
        Phrase("The service or a proxy before it writes wrong chunk sizes."),
    )


def broken_head(wire: Wire, said: str) -> ExchangeError:
    """The head of the answer is none, or breaks the rules."""
    where, data = wire.where, begun(wire.first_bytes)
    if not data.startswith(b"HTTP/"):
        return _not_http(wire, data)
    if "too long" in said:
        return failed(
            "protocol",
            "head-too-large",
            Phrase(
                "The headers of the answer of {where} are larger than {size}, so it was broken off.",
                where=where,
                size=f"{MOST_HEAD_BYTES >> 10} KiB",
            ),
            Phrase("Look for a header that grows, such as a cookie."),
        )
    return failed(
        "protocol",
        "bad-status-line" if "status line" in said else "bad-head",
        Phrase("The head of the answer of {where} breaks the rules of HTTP: {reason}.", where=where,
               reason=_reason(said)),
        Phrase("The service or a proxy before it writes a wrong status line or header."),
    )  # fmt: skip


def _not_http(wire: Wire, data: bytes) -> ExchangeError:
    where = wire.where
    if data.startswith(_TLS_ALERT):
        return failed(
            "protocol",
            "https-port",
            Phrase("{where} answers with TLS, but the URL says http://", where=where),
            Phrase("Use https:// for this port."),
        )
    if _HTTP2_SETTINGS.match(data):
        return failed(
            "protocol",
            "http2-only",
            Phrase("{where} speaks HTTP/2 alone, and was asked with HTTP/1.1.", where=where),
            Phrase("Choose HTTP/2 under HTTP version on the Settings tab."),
        )
    if data.lstrip().startswith(_BODY_BEGINNINGS):
        return failed(
            "protocol",
            "no-status-line",
            Phrase("{where} sent a body without a status line and headers, as HTTP/0.9 did. It begins with "
                   "“{beginning}”.", where=where, beginning=_printable(data)),
            Phrase("The program behind this port must write “HTTP/1.1 200 OK”, headers and an empty line first."),
        )  # fmt: skip
    return failed(
        "protocol",
        "not-http",
        Phrase("The answer of {where} is not HTTP. It begins with “{beginning}”.", where=where,
               beginning=_printable(data)),
        Phrase("Another kind of service listens on this port."),
    )  # fmt: skip


def _reason(said: str) -> Phrase:
    for words, template in _REASONS:
        if words in said:
            return Phrase(template, text=_quoted(said))
    return Phrase("{reason}", reason=said)


def _quoted(said: str) -> str:
    """Return the bytes of the answer that stand within h11's sentence."""
    found = re.search(r"b'(?:[^'\\]|\\.)*'|b\"(?:[^\"\\]|\\.)*\"", said)
    return _printable(ast.literal_eval(found[0]).rstrip(b"\r\n")) if found else ""


def _how_much(said: str) -> Phrase:
    """Say how much of the body came; the parser tells it in brackets."""
    if counted := re.search(r"received (\d+) bytes, expected (\d+)", said):
        return Phrase("received {received} bytes, expected {expected}", received=counted[1], expected=counted[2])
    return Phrase("incomplete chunked read")


def _printable(data: bytes) -> str:
    text = data[:60].decode("utf-8", "replace").replace("�", "·")
    return "".join(char if char.isprintable() else "·" for char in text)
