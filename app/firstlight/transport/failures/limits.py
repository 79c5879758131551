"""Failures because a limit was reached: of time, of size, of number. They say that First Light ended it, and where."""

from __future__ import annotations

from firstlight.model.failure import ExchangeError, Layer, failed
from firstlight.texts import Phrase
from firstlight.transport.torn_head import begun
from firstlight.transport.wire import Wire

_LIMIT_HINT = Phrase("If the service needs longer, raise the limit on the Settings tab.")

_IDLE, _SEND, _WAIT = Phrase("idle timeout"), Phrase("send timeout"), Phrase("wait timeout")

_DOING: dict[Layer, Phrase] = {
    "dns": Phrase("while the host name was being looked up"),
    "connect": Phrase("while the connection was being made"),
    "proxy": Phrase("while the proxy was being reached"),
    "tls": Phrase("during the TLS handshake"),
    "send": Phrase("while the request was being sent"),
    "wait": Phrase("while waiting for the answer"),
    "read": Phrase("while the answer was arriving"),
}
"""Every phase in which an exchange can stand."""


def silent(wire: Wire, limit_s: float | None) -> ExchangeError:
    """Nothing moved for the idle timeout, or for the one of this phase."""
    where, seconds, settings = wire.where, f"{limit_s or 0:g}", wire.settings
    if wire.phase == "send":
        kind, limit = ("send-timeout", _SEND) if settings.send_timeout_s else ("idle-timeout", _IDLE)
        message = Phrase(
            "{where} took no more of the request for {seconds} s ({limit}), so First Light closed the connection.",
            where=where, seconds=seconds, limit=limit,
        )  # fmt: skip
        return failed("send", kind, message, _LIMIT_HINT)
    if wire.phase == "wait" and not begun(wire.first_bytes):
        kind, limit = ("wait-timeout", _WAIT) if settings.wait_timeout_s else ("idle-timeout", _IDLE)
        message = Phrase(
            "{where} did not answer within {seconds} s ({limit}), so First Light closed the connection.",
            where=where, seconds=seconds, limit=limit,
        )  # fmt: skip
        return failed("wait", kind, message, _LIMIT_HINT)
    message = Phrase(
        "The answer of {where} stopped: nothing more arrived for {seconds} s (idle timeout), so First Light closed "
        "the connection.",
        where=where, seconds=seconds,
    )  # fmt: skip
    return failed("read", "idle-timeout", message, _LIMIT_HINT)


def total_timeout(phase: Layer, limit_s: float | None) -> ExchangeError:
    """The whole exchange took too long; `phase` is where it stood."""
    return failed(
        phase,
        "total-timeout",
        Phrase("First Light ended the exchange {doing}: it was not over after {seconds} s (total timeout).",
               doing=_DOING[phase], seconds=f"{limit_s or 0:g}"),
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


def too_many_header_lines(wire: Wire, count: int, most: int) -> ExchangeError:
    """The head is a flood."""
    return failed(
        "protocol",
        "too-many-headers",
        Phrase("The answer of {where} has {count} header lines; more than {most} are not taken.", where=wire.where,
               count=f"{count:,}", most=f"{most:,}"),
        Phrase("No answer needs so many. Look for a loop in the service or in a proxy before it."),
    )  # fmt: skip


def too_many_informational(wire: Wire, most: int) -> ExchangeError:
    """The server keeps announcing its answer."""
    return failed(
        "protocol",
        "too-many-informational",
        Phrase("{where} sent more than {most} informational answers (1xx) and none that is final, so First Light "
               "closed the connection.", where=wire.where, most=most),
        Phrase("Look for a loop in the service or in a proxy before it."),
    )  # fmt: skip
