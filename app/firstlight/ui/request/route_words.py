"""What is said of a channel, a credential and the address that they lead to, before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from firstlight.auth import METHODS
from firstlight.model.channels import channel_kind
from firstlight.model.exchange import Scope, Variable
from firstlight.model.failure import ExchangeError
from firstlight.model.protocols import http_url, is_websocket, websocket_url
from firstlight.model.request import NO_AUTHORIZATION, Authorization, Request
from firstlight.model.route import as_plain
from firstlight.model.secrets import MASK
from firstlight.model.service import Channel, Service
from firstlight.model.shown_url import shown_url
from firstlight.model.wire_url import wire_url
from firstlight.runner.variables import REFERENCE, resolve
from firstlight.texts import tr

_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})


def label_of(authorization: Authorization) -> str:
    """Return what a kind of authorization is called."""
    found = next((method.label for method in METHODS if method.kind == authorization.kind), authorization.kind)
    return tr(found)


def filler(scope: Scope) -> Callable[[str], str]:
    """Return what fills the variables of an address in; a text with one that is not known stays as it is."""
    variables = {
        name: replace(variable, value=MASK) if variable.secret else variable
        for name, variable in scope.variables.items()
    }
    known = replace(scope, variables=variables, secret=lambda _name: MASK, service=None)

    def filled(text: str) -> str:
        if any(_is_missing(name, variables) for name in REFERENCE.findall(text)):
            return text  # not left to resolve: the search for a similar name, with what it loads, is 0.5 MB
        with suppress(ExchangeError):
            return resolve(Request(url=text), known)[0].url if "{{" in text else text
        return text

    return filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a request goes, and what is dangerous about it."""

    url: str
    unverified: bool
    """https, and nobody checks the certificate."""
    in_clear: bool
    """A secret travels over plain http to another machine."""


def way_of(request: Request, service: Service, scope: Scope) -> Way:
    """Return the way of a request of `service`; secrets in its URL are masked."""
    plain = as_plain(request, service)
    path = shown_url(replace(plain, url=""))
    url = http_url(filler(scope)(shown_url(replace(plain, params=()))))
    base, hash_sign, fragment = url.partition("#")
    query = path.partition("?")[2]
    base += (("&" if "?" in base else "?") + query) if query else ""
    scheme, host = "https", ""
    with suppress(ExchangeError):
        target = wire_url(url)
        scheme, host = target.scheme, target.host
    base = websocket_url(base) if is_websocket(plain) else http_url(base)
    return Way(
        url=base + hash_sign + fragment,
        unverified=scheme == "https" and not plain.settings.verify_tls,
        in_clear=scheme == "http" and not _is_local(host, plain) and _has_secret(plain.authorization),
    )


def channel_tip(channel: Channel, filled: Callable[[str], str]) -> str:
    """Say what a channel is and where it leads."""
    kind = channel_kind(channel.kind)
    lines = [f"{tr(kind.label)}: {filled(channel.url)}", tr(kind.hint)]
    lines += [tr("Connects to {address}", address=channel.connect_to)] if channel.connect_to else []
    lines += [] if channel.verify_tls else [tr("The certificate is not verified.")]
    lines += [channel.description] if channel.description else []
    return "\n".join(lines)


def _is_missing(name: str, variables: Mapping[str, Variable]) -> bool:
    return name not in variables and not name.startswith(("$", "secret:"))


def _is_local(host: str, plain: Request) -> bool:
    """Tell whether a request stays on this machine, or goes nowhere yet."""
    there = plain.settings.connect_to.strip() or host
    return not host or any(there.lower() == name or there.lower().startswith(f"{name}:") for name in _LOCAL)


def _has_secret(authorization: Authorization) -> bool:
    if authorization.kind == NO_AUTHORIZATION.kind:
        return False
    fields = (method.fields for method in METHODS if method.kind == authorization.kind)
    return any(field.secret for group in fields for field in group)
