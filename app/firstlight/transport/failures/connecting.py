"""Failures before the first byte of a request is sent: name, connection, TLS, proxy."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Mapping
from functools import reduce
from typing import TypeAlias

from firstlight.model.failure import ExchangeError, failed
from firstlight.model.system_errors import reason_of
from firstlight.texts import Phrase
from firstlight.transport.wire import Wire

_UNREACHABLE = {
    getattr(errno, name)
    for name in ("ENETUNREACH", "EHOSTUNREACH", "EHOSTDOWN", "ENETDOWN", "WSAENETUNREACH", "WSAEHOSTUNREACH")
    if hasattr(errno, name)
}
_SILENT = Phrase("no answer")
_TRY_LATER = {getattr(socket, "EAI_AGAIN", None)}


def unknown_host(host: str, error: Exception) -> ExchangeError:
    """The name has no address, or nobody could be asked."""
    if getattr(error, "errno", None) in _TRY_LATER:
        return failed(
            "dns",
            "dns-unavailable",
            Phrase("The name server did not answer the question for {host}.", host=host),
            Phrase("Check the network connection and the name server; on an isolated network use the IP address."),
        )
    return failed(
        "dns",
        "unknown-host",
        Phrase("The host name {host} has no address.", host=host),
        Phrase("Check the spelling. Names of a VPC or an intranet are known only inside it."),
    )


Tried: TypeAlias = Mapping[str, OSError | None]
"""Addresses of one host that were tried, and why not; None: it was silent."""


def refused(wire: Wire, host: str, port: int, error: OSError, tried: Tried) -> ExchangeError:
    """No connection came about, and the system says why."""
    where = f"{host}:{port}"
    if wire.proxied:
        return _no_proxy(where, error)
    if len(tried) > 1:
        return _none_of(where, tried)
    if isinstance(error, ConnectionRefusedError):
        return failed(
            "connect",
            "connection-refused",
            Phrase("{where} refuses the connection: the machine answers, but nothing listens on port {port}.",
                   where=where, port=port),
            Phrase("Check the port, and whether the service is running."),
        )  # fmt: skip
    if error.errno in _UNREACHABLE:
        return failed(
            "connect",
            "unreachable",
            Phrase("{where} cannot be reached: there is no way to that network or machine.", where=where),
            Phrase("Check the address, the VPN or the VPC route."),
        )
    return failed(
        "connect",
        "connect-failed",
        Phrase("No connection to {where}: {reason}.", where=where, reason=reason_of(error)),
        Phrase("Check the address, the firewall and the network connection."),
    )


def _none_of(where: str, tried: Tried) -> ExchangeError:
    """A host with several addresses, IPv6 and IPv4 for example: each is named."""
    errors = tried.values()
    kind = "connect-failed"
    if all(isinstance(error, ConnectionRefusedError) for error in errors):
        kind = "connection-refused"
    elif all(error and error.errno in _UNREACHABLE for error in errors):
        kind = "unreachable"
    return failed(
        "connect",
        kind,
        Phrase("No connection to {where} at any of its addresses: {each}.", where=where, each=_each(tried)),
        Phrase("Check the port and whether the service is running; for an address that is not reached, the network."),
    )


def _each(tried: Tried) -> Phrase:
    """Name every address and what came of it."""
    told = [
        Phrase("{address}: {reason}", address=address, reason=reason_of(error) if error else _SILENT)
        for address, error in tried.items()
    ]
    return reduce(lambda before, next_one: Phrase("{before}; {next}", before=before, next=next_one), told)


def _no_proxy(where: str, error: OSError) -> ExchangeError:
    return failed(
        "proxy",
        "proxy-unreachable",
        Phrase("The proxy {where} cannot be reached: {reason}.", where=where, reason=reason_of(error)),
        Phrase("Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY in the environment."),
    )


def timed_out(wire: Wire, host: str, port: int, limit_s: float | None, tried: Tried) -> ExchangeError:
    """The connect timeout ran out while looking up the name or connecting."""
    seconds = f"{limit_s or 0:g}"
    if wire.phase == "dns":
        return failed(
            "dns",
            "dns-timeout",
            Phrase("The name server gave no address for {host} within {seconds} s.", host=host, seconds=seconds),
            Phrase("Check the network connection and the name server; on an isolated network use the IP address."),
        )
    where = f"{host}:{port}"
    message = Phrase("No connection to {where} within {seconds} s (connect timeout).", where=where, seconds=seconds)
    if wire.proxied:
        message = Phrase("No connection to the proxy {where} within {seconds} s (connect timeout).", where=where,
                         seconds=seconds)  # fmt: skip
    elif len(tried) > 1:
        message = Phrase("No connection to {where} within {seconds} s (connect timeout): {each}.", where=where,
                         seconds=seconds, each=_each(tried))  # fmt: skip
    hint = Phrase("A firewall may drop the packets. Check address and port; the limit is on the Settings tab.")
    return failed(wire.phase, "connect-timeout", message, hint)


def handshake_timeout(wire: Wire) -> ExchangeError:
    """The connect timeout, or the one of its own, ran out during the TLS handshake."""
    own_s = wire.settings.tls_timeout_s
    return failed(
        "tls",
        "tls-timeout",
        Phrase("{where} is connected but did not finish the TLS handshake within {seconds} s ({limit}).",
               where=wire.where, seconds=f"{own_s or wire.settings.connect_timeout_s or 0:g}",
               limit=Phrase("TLS timeout") if own_s else Phrase("connect timeout")),
        Phrase("Is this port meant for https://? The limit is on the Settings tab."),
    )  # fmt: skip


_NOT_TLS = {"WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"}
_NOTHING_IN_COMMON = ("PROTOCOL", "VERSION", "HANDSHAKE_FAILURE", "CIPHER", "KEY_TOO_SMALL", "LEGACY")


def handshake_failed(wire: Wire, error: Exception) -> ExchangeError:
    """The two sides found no common language, or the peer left."""
    where, reason = wire.where, str(getattr(error, "reason", "") or "")
    if reason in _NOT_TLS or "WRONG_VERSION_NUMBER" in str(error):
        return failed(
            "tls",
            "not-tls",
            Phrase("{where} answers, but not with TLS.", where=where),
            Phrase("Use http:// for this port, or the port that speaks https."),
        )
    if any(word in reason for word in _NOTHING_IN_COMMON):
        return failed(
            "tls",
            "no-common-tls",
            Phrase("{where} and this machine have no TLS version or cipher in common ({reason}).", where=where,
                   reason=reason),
            Phrase("Let the service offer TLS 1.2 or 1.3; older versions are no longer safe."),
        )  # fmt: skip
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return failed(
            "tls",
            "tls-failed",
            Phrase("The TLS handshake with {where} failed: {reason}.", where=where, reason=reason or str(error)),
            Phrase("Is this port meant for https://? Does the service ask for a client certificate?"),
        )
    broken_off = isinstance(error, OSError) and error.errno == errno.ECONNRESET
    message = Phrase("{where} closed the connection during the TLS handshake.", where=where)
    if broken_off:
        message = Phrase("{where} broke the connection off during the TLS handshake.", where=where)
    hint = Phrase("Is this port meant for https://? A gateway also does this for a host name it does not know.")
    return failed("tls", "connection-reset" if broken_off else "tls-closed", message, hint)


def bad_ca_file(variable: str, path: str) -> ExchangeError:
    """The environment names certificates that are not there."""
    return failed(
        "tls",
        "bad-ca-file",
        Phrase("{variable} points to {path}, which is not there.", variable=variable, path=path),
        Phrase("Correct or remove the environment variable."),
    )


def unusable_authorities(path: str, error: OSError) -> ExchangeError:
    """The file of further authorities that the settings name is missing or holds none."""
    reason = Phrase("it holds no certificate in PEM form") if isinstance(error, ssl.SSLError) else reason_of(error)
    return failed(
        "tls",
        "bad-ca-file",
        Phrase("The authorities in {path} cannot be used: {reason}.", path=path, reason=reason),
        Phrase("Correct the file or the setting “Further authorities”."),
    )


def bad_connect_to(text: str) -> ExchangeError:
    """What was typed under Connect to is no address."""
    return failed(
        "connect",
        "bad-connect-to",
        Phrase("“{address}” is no address to connect to.", address=text),
        Phrase("Write a name or an IP address, with :port if it differs, under Connect to on the Settings tab."),
    )


def no_http2(where: str, agreed: str) -> ExchangeError:
    """HTTP/2 alone was wanted, and TLS agreed on something else, or something else came."""
    return failed(
        "protocol",
        "no-http2",
        Phrase(
            "{where} does not speak HTTP/2; it answers with {protocol}.", where=where, protocol=agreed or "HTTP/1.1"
        ),
        Phrase("Choose “Automatic” or HTTP/1.1 under HTTP version on the Settings tab."),
    )


def bad_proxy(url: str) -> ExchangeError:
    """A proxy that cannot be one was set; user name and password before the host are not repeated."""
    return failed(
        "proxy",
        "bad-proxy",
        Phrase("The proxy “{url}” is not a usable URL.", url=url.rpartition("@")[2]),
        Phrase("Correct it in the settings, or HTTP_PROXY and HTTPS_PROXY; for example http://proxy:8080"),
    )


def proxy_refused(reason: str) -> ExchangeError:
    """The proxy is there and does not let us through."""
    return failed(
        "proxy",
        "proxy-refused",
        Phrase("The proxy refused the connection: {reason}.", reason=reason),
        Phrase("Check user name and password of the proxy, or add the host to NO_PROXY."),
    )
