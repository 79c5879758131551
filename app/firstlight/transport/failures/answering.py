"""Failures once the connection stands: sending, waiting, reading, and answers that break the rules of HTTP."""

from __future__ import annotations

import re

from firstlight.model.failure import ExchangeError, Layer, failed
from firstlight.texts import Phrase
from firstlight.transport.failures import client_certificates
from firstlight.transport.wire import Wire

_TLS_ALERT = b"\x15\x03"
_LIMIT_HINT = Phrase("If the service needs longer, raise the limit on the Settings tab.")


def silent(wire: Wire, limit_s: float | None) -> ExchangeError:
    """Nothing moved for the idle timeout."""
    where, seconds = wire.where, f"{limit_s or 0:g}"
    if wire.phase == "send":
        message = Phrase("{where} took no more of the request for {seconds} s (idle timeout).", where=where,
                         seconds=seconds)  # fmt: skip
    elif wire.phase == "wait":
        message = Phrase("{where} did not answer within {seconds} s (idle timeout).", where=where, seconds=seconds)
    else:
        message = Phrase("The answer of {where} stopped: nothing more arrived for {seconds} s (idle timeout).",
                         where=where, seconds=seconds)  # fmt: skip
    return failed(wire.phase, "idle-timeout", message, _LIMIT_HINT)


def total_timeout(phase: Layer, limit_s: float | None) -> ExchangeError:
    """The whole exchange took too long; `phase` is where it stood."""
    return failed(
        phase,
        "total-timeout",
        Phrase("The exchange was not over after {seconds} s (total timeout), so it was stopped.",
               seconds=f"{limit_s or 0:g}"),
        _LIMIT_HINT,
    )  # fmt: skip


def too_large(wire: Wire, most_bytes: int) -> ExchangeError:
    """The answer grew beyond what the settings allow."""
    megabytes = f"{most_bytes / 1_000_000:g}"
    return failed(
        "read",
        "body-too-large",
        Phrase("The answer of {where} is larger than {megabytes} MB, so it was broken off.",
               where=wire.where, megabytes=megabytes),
        Phrase("What came until then is kept. If it should be that large, raise the largest answer in the settings."),
    )  # fmt: skip


def reset(wire: Wire, error: Exception) -> ExchangeError:
    """The connection broke instead of being closed."""
    where = wire.where
    if wire.phase != "read" and not wire.first_bytes and (ours := client_certificates.cut_short(wire)):
        return ours
    if wire.phase == "read":
        return failed(
            "read",
            "connection-reset",
            Phrase("{where} broke the connection off in the middle of the answer.", where=where),
            Phrase("The service may have crashed, or a gateway cut the connection: look into its log."),
        )
    if wire.phase == "send":
        return failed(
            "send",
            "connection-reset",
            Phrase("{where} broke the connection off while the request was being sent.", where=where),
            Phrase("The body may be larger than the gateway allows."),
        )
    if wire.first_bytes:
        return _cut_head(wire)
    return failed(
        "wait",
        "connection-reset",
        Phrase("{where} broke the connection off without answering.", where=where),
        _no_answer_hint(wire),
    )


def _no_answer(wire: Wire) -> ExchangeError:
    """The peer closed in good order but said nothing, or not all of the head."""
    if wire.first_bytes:
        return _cut_head(wire)
    return client_certificates.cut_short(wire) or failed(
        "wait",
        "no-answer",
        Phrase("{where} closed the connection without answering.", where=wire.where),
        _no_answer_hint(wire),
    )


def _no_answer_hint(wire: Wire) -> Phrase:
    if wire.reused:
        return Phrase(
            "The connection was kept from an earlier request and the server may have closed it in that moment. "
            "Send again."
        )
    if wire.url.scheme == "http":
        return Phrase("Does this port expect https://? Otherwise look into the log of the service.")
    return Phrase("Look into the log of the service or the gateway.")


def _cut_head(wire: Wire) -> ExchangeError:
    """The answer ended within its head, if it was one."""
    if not wire.first_bytes.startswith(b"HTTP/"[: len(wire.first_bytes)]):
        return _broken_head(wire, "")
    return failed(
        "read",
        "truncated-head",
        Phrase("{where} closed the connection within the headers of its answer.", where=wire.where),
        Phrase("The service may have crashed: look into its log."),
    )


def broken_rules(wire: Wire, said: str) -> ExchangeError:
    """The bytes of the answer are not what HTTP allows; `said` is what the parser says about them."""
    if wire.phase != "read" and said.startswith("Server disconnected"):
        return _no_answer(wire)
    if wire.phase == "read":
        return _broken_body(wire, said)
    return _broken_head(wire, said)


def _broken_body(wire: Wire, said: str) -> ExchangeError:
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
        Phrase("The chunked answer of {where} is malformed: {reason}.", where=where, reason=said),
        Phrase("The service or a proxy before it writes wrong chunk sizes."),
    )


def _broken_head(wire: Wire, said: str) -> ExchangeError:
    where = wire.where
    if wire.first_bytes.startswith(_TLS_ALERT):
        return failed(
            "protocol",
            "https-port",
            Phrase("{where} answers with TLS, but the URL says http://", where=where),
            Phrase("Use https:// for this port."),
        )
    if not wire.first_bytes.startswith(b"HTTP/"):
        return failed(
            "protocol",
            "not-http",
            Phrase("The answer of {where} is not HTTP. It begins with “{beginning}”.", where=where,
                   beginning=_printable(wire.first_bytes)),
            Phrase("Another kind of service listens on this port."),
        )  # fmt: skip
    if "Receive buffer too long" in said or "too long" in said:
        return failed(
            "protocol",
            "head-too-large",
            Phrase("The headers of the answer of {where} are larger than 100 KiB.", where=where),
            Phrase("Look for a header that grows, such as a cookie."),
        )
    return failed(
        "protocol",
        "bad-head",
        Phrase("The head of the answer of {where} breaks the rules of HTTP: {reason}.", where=where, reason=said),
        Phrase("The service or a proxy before it writes a wrong status line or header."),
    )


def cannot_send(said: str) -> ExchangeError:
    """The request itself breaks the rules of HTTP."""
    return failed(
        "protocol",
        "bad-request",
        Phrase("This request cannot be written as HTTP: {reason}.", reason=said),
        Phrase("Check the rows on the Headers tab, Host, Content-Length and Transfer-Encoding above all."),
    )


def bad_encoding(wire: Wire, encoding: str, reason: str) -> ExchangeError:
    """The body is not packed as Content-Encoding says."""
    return failed(
        "read",
        "bad-content-encoding",
        Phrase("The body of {where} is labelled {encoding} but cannot be unpacked: {reason}.", where=wire.where,
               encoding=encoding, reason=reason),
        Phrase("Set the header Accept-Encoding to identity to see what the service sends unpacked."),
    )  # fmt: skip


def file_changed(path: str) -> ExchangeError:
    """What is read is not what was measured."""
    return failed(
        "file",
        "file-changed",
        Phrase("The file {path} changed while it was being sent.", path=path),
        Phrase("The request was broken off. Send it again when the file is complete."),
    )


def file_lost(path: str, reason: Phrase) -> ExchangeError:
    """The file was there when the request was prepared."""
    return failed(
        "file",
        "unreadable-file",
        Phrase("The file {path} cannot be read any more: {reason}.", path=path, reason=reason),
        Phrase("Choose it again on the Body tab."),
    )


def other(wire: Wire, said: str) -> ExchangeError:
    """Whatever else the HTTP library may report."""
    return failed(
        wire.phase,
        "network-error",
        Phrase("The exchange with {where} failed: {reason}.", where=wire.where, reason=said),
    )


def _how_much(said: str) -> Phrase:
    """Say how much of the body came; the parser tells it in brackets."""
    if counted := re.search(r"received (\d+) bytes, expected (\d+)", said):
        return Phrase("received {received} bytes, expected {expected}", received=counted[1], expected=counted[2])
    return Phrase("incomplete chunked read")


def _printable(data: bytes) -> str:
    text = data[:40].decode("latin-1")
    return "".join(char if char.isprintable() else "·" for char in text)
