"""curl's options: what each means for a Request. One line each; what is in no table is named to the user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from firstlight.formats.curl.addresses import add_connect_to, add_resolve
from firstlight.formats.curl.data import add_binary, add_data, add_encoded, add_json, add_query, add_raw
from firstlight.formats.curl.draft import Draft
from firstlight.formats.curl.forms import add_form, add_string
from firstlight.texts import N_


def _set(name: str, value: object) -> Callable[[Draft], None]:
    return lambda draft: setattr(draft, name, value)


def _setting(name: str, value: bool | str) -> Callable[[Draft], None]:
    changes: dict[str, Any] = {name: value}
    return lambda draft: setattr(draft, "settings", replace(draft.settings, **changes))


def _keep(name: str) -> Callable[[Draft, str], None]:
    return lambda draft, value: setattr(draft, name, value)


def _header(name: str) -> Callable[[Draft, str], None]:
    return lambda draft, value: draft.implied.update({name: value})


def _client_certificate(option: str) -> Callable[[Draft, str], None]:
    def note(draft: Draft, _value: str) -> None:
        draft.note(N_("Client certificates belong to hosts: enter that of {option} in the settings."), option=option)

    return note


def _scheme(option: str) -> Callable[[Draft], None]:
    def note(draft: Draft) -> None:
        draft.unknown_scheme = True
        draft.note(N_("{option} is not supported: choose an authorization yourself."), option=option)

    return note


FLAGS: dict[str, Callable[[Draft], None]] = {
    "get": _set("data_in_url", True),
    "head": _set("head", True),
    "location": _setting("follow_redirects", True),
    "location-trusted": _setting("follow_redirects", True),
    "no-location": _setting("follow_redirects", False),
    "insecure": _setting("verify_tls", False),
    "no-insecure": _setting("verify_tls", True),
    "http1.1": _setting("http_version", "1.1"),
    "http2-prior-knowledge": _setting("http_version", "2"),
    "digest": _set("scheme", "digest"),
    "ntlm": _scheme("--ntlm"),
    "ntlm-wb": _scheme("--ntlm-wb"),
    "negotiate": _scheme("--negotiate"),
    "anyauth": _scheme("--anyauth"),
}
"""Options that stand alone."""

VALUES: dict[str, Callable[[Draft, str], None]] = {
    "url": lambda draft, value: draft.urls.append(value),
    "request": _keep("method"),
    "header": Draft.add_header,
    "data": add_data,
    "data-ascii": add_data,
    "data-binary": add_binary,
    "data-raw": add_raw,
    "data-urlencode": add_encoded,
    "json": add_json,
    "url-query": add_query,
    "form": add_form,
    "form-string": add_string,
    "upload-file": _keep("upload"),
    "user": _keep("user"),
    "aws-sigv4": _keep("aws"),
    "oauth2-bearer": _keep("bearer"),
    "user-agent": _header("User-Agent"),
    "referer": lambda draft, value: draft.implied.update({"Referer": value.removesuffix(";auto")}),
    "cookie": Draft.add_cookies,
    "range": lambda draft, value: draft.implied.update({"Range": f"bytes={value}"}),
    "cacert": Draft.trust,
    "cert": _client_certificate("--cert"),
    "key": _client_certificate("--key"),
    "pass": _client_certificate("--pass"),
    "connect-to": add_connect_to,
    "resolve": add_resolve,
    "max-time": lambda draft, value: draft.set_seconds("--max-time", value),
    "connect-timeout": lambda draft, value: draft.set_seconds("--connect-timeout", value),
}
"""Options with a value."""

_SILENT_FLAGS = """
    basic compressed create-dirs fail fail-early fail-with-body globoff include junk-session-cookies list-only no-alpn
    no-buffer no-clobber no-keepalive no-progress-meter no-sessionid no-silent parallel path-as-is progress-bar raw
    remote-header-name remote-name remote-name-all remote-time remove-on-error show-error show-headers silent
    ssl-no-revoke ssl-revoke-best-effort styled-output tcp-nodelay trace-time verbose disable http2 no-compressed
    suppress-connect-headers
"""
SILENT_FLAGS = frozenset(_SILENT_FLAGS.split())
"""Options about the terminal, files and connections: they leave the request as it is."""

_SILENT_VALUES = """
    cookie-jar create-file-mode dump-header etag-save expect100-timeout happy-eyeballs-timeout-ms keepalive-time libcurl
    output output-dir parallel-max stderr trace trace-ascii trace-config write-out
"""
SILENT_VALUES = frozenset(_SILENT_VALUES.split())

_NAMED_VALUES = """
    abstract-unix-socket alt-svc capath cert-type ciphers config continue-at crlfile
    curves delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url egd-file engine etag-compare
    ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode help hostpubmd5 hostpubsha256 hsts
    interface key-type krb limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs
    netrc-file noproxy pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert
    proxy-capath proxy-cert
    proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey
    proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey
    quote random-file rate request-target retry retry-delay retry-max-time sasl-authzid service-name socks4
    socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time telnet-option tftp-blksize time-cond
    tls-max tls13-ciphers tlsauthtype tlspassword tlsuser unix-socket variable expand-url
"""
NAMED_VALUES = frozenset(_NAMED_VALUES.split())
"""Options whose value must not be taken for the URL; they are named to the user."""

_LETTERS = """
    a append b cookie c cookie-jar d data e referer f fail g globoff h help i include j junk-session-cookies k insecure
    l list-only m max-time n netrc o output p proxytunnel q disable r range s silent t telnet-option u user v verbose
    w write-out x proxy y speed-time z time-cond
    A user-agent B use-ascii C continue-at D dump-header E cert F form G get H header I head J remote-header-name
    K config L location M manual N no-buffer O remote-name P ftp-port Q quote R remote-time S show-error T upload-file
    U proxy-user V version X request Y speed-limit Z parallel
    # progress-bar 0 http1.0 1 tlsv1 2 sslv2 3 sslv3 4 ipv4 6 ipv6
"""
_WORDS = _LETTERS.split()
SHORT = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""Letters of short options and what they are short for."""


def takes_value(name: str) -> bool:
    """Tell whether an option is followed by a value."""
    return name in VALUES or name in SILENT_VALUES or name in NAMED_VALUES
