"""Failures once the connection stands: sending, waiting, reading."""

from __future__ import annotations

from firstlight.model.failure import ExchangeError, failed
from firstlight.texts import Phrase
from firstlight.transport.failures import breaking, client_certificates, http2_stream
from firstlight.transport.torn_head import begun
from firstlight.transport.wire import Wire

_CRASHED = Phrase("The service may have crashed, or a gateway cut the connection: look into its log.")
_TOO_BIG = Phrase("The body may be larger than the gateway allows.")


def reset(wire: Wire, error: Exception) -> ExchangeError:
    """The connection broke instead of being closed."""
    where = wire.where
    if wire.phase != "read" and not wire.first_bytes and (ours := client_certificates.cut_short(wire)):
        return ours
    if wire.phase == "read":
        message = Phrase("{where} broke the connection off in the middle of the answer.", where=where)
        return failed("read", "connection-reset", message, _CRASHED)
    if wire.phase == "send":
        message = Phrase("{where} broke the connection off while the request was being sent.", where=where)
        return failed("send", "connection-reset", message, _TOO_BIG)
    if begun(wire.first_bytes):
        return _cut_head(
            wire, Phrase("{where} broke the connection off within the headers of its answer.", where=where)
        )
    message = Phrase("{where} broke the connection off without answering.", where=where)
    return failed("wait", "connection-reset", message, _no_answer_hint(wire))


def broken_rules(wire: Wire, said: str) -> ExchangeError:
    """The answer is not what HTTP allows, or ended too early; `said` is what the parser says about it."""
    if wire.speaks_http2:
        return http2_stream.broken_stream(wire, said)
    if wire.phase == "read":
        return breaking.broken_body(wire, said)
    return _ended(wire) if said.startswith("Server disconnected") else breaking.broken_head(wire, said)


def _ended(wire: Wire) -> ExchangeError:
    """The peer closed in good order but said nothing, or not all of the head."""
    where = wire.where
    if begun(wire.first_bytes):
        message = Phrase("{where} closed the connection within the headers of its answer.", where=where)
        return _cut_head(wire, message)
    if ours := client_certificates.cut_short(wire):
        return ours
    if wire.phase == "send":
        message = Phrase("{where} closed the connection while the request was being sent.", where=where)
        return failed("send", "connection-closed", message, _TOO_BIG)
    message = Phrase("{where} closed the connection without answering.", where=where)
    return failed("wait", "no-answer", message, _no_answer_hint(wire))


def _no_answer_hint(wire: Wire) -> Phrase:
    if wire.reused:
        return Phrase(
            "The connection was kept from an earlier request and the server may have closed it in that moment. "
            "Send again."
        )
    if wire.url.scheme == "http":
        return Phrase("Does this port expect https://? Otherwise look into the log of the service.")
    return Phrase("Look into the log of the service or the gateway.")


def _cut_head(wire: Wire, message: Phrase) -> ExchangeError:
    """The answer ended within its head, if it was one."""
    data = begun(wire.first_bytes)
    if not data.startswith(b"HTTP/"[: len(data)]):
        return breaking.broken_head(wire, "")
    return failed("read", "truncated-head", message, Phrase("The service may have crashed: look into its log."))


def cannot_send(said: str) -> ExchangeError:
    """The request itself breaks the rules of HTTP."""
    return failed(
        "protocol",
        "bad-request",
        Phrase("This request cannot be written as HTTP: {reason}.", reason=said),
        Phrase("Check the rows on the Headers tab, Host, Content-Length and Transfer-Encoding above all."),
    )


def bad_encoding(wire: Wire, encoding: str, reason: Phrase) -> ExchangeError:
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
