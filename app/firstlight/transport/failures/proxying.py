"""Failures at the proxy itself: it wants a login, does not get there, or is none."""

from __future__ import annotations

from firstlight.model.failure import ExchangeError, failed
from firstlight.texts import N_, Phrase
from firstlight.transport.wire import Wire, without_password

_NOT_REACHED = {
    2: N_("The proxy {proxy} has not allowed the connection to {where}."),
    3: N_("The proxy {proxy} says that the network of {where} cannot be reached."),
    4: N_("The proxy {proxy} says that {where} cannot be reached, or has no address."),
    5: N_("The proxy {proxy} says that {where} refuses the connection."),
    6: N_("The proxy {proxy} did not reach {where} in time."),
}
"""By the code of the reply (RFC 1928 §6)."""
_WHICH = Phrase("Check the proxy in the settings, or add the host to those that are reached directly.")


def login(wire: Wire, said: str) -> ExchangeError:
    """The proxy wants to know who we are; `said` is its answer, if that is one of HTTP."""
    proxy = without_password(wire.proxy)
    has = "@" in wire.proxy
    if has:
        message = Phrase("The proxy {proxy} does not accept the user name or the password.", proxy=proxy)
    else:
        message = Phrase("The proxy {proxy} wants a user name and a password.", proxy=proxy)
    if said:
        message = Phrase("{message} It answers {status}.", message=message, status=said)
    return failed("proxy", "proxy-login", message, Phrase("Set both in the settings under “Proxy”."))


def not_reached(wire: Wire, code: int) -> ExchangeError:
    """A SOCKS proxy did not connect."""
    template = _NOT_REACHED.get(code) or N_("The proxy {proxy} did not connect to {where}.")
    message = Phrase(template, proxy=without_password(wire.proxy), where=wire.where)
    return failed("proxy", "proxy-refused", message, _WHICH)


def no_socks(wire: Wire) -> ExchangeError:
    """What answers there speaks something else, or closed."""
    message = Phrase("{proxy} does not answer as a SOCKS5 proxy.", proxy=without_password(wire.proxy))
    return failed("proxy", "proxy-refused", message, Phrase("Is it an http:// proxy? Check its address and port."))


def silent(wire: Wire) -> ExchangeError:
    """It says nothing until the connect timeout."""
    seconds = f"{wire.settings.connect_timeout_s or 0:g}"
    message = Phrase("The proxy {proxy} did not make the connection within {seconds} s (connect timeout).",
                     proxy=without_password(wire.proxy), seconds=seconds)  # fmt: skip
    return failed("proxy", "proxy-timeout", message, _WHICH)
