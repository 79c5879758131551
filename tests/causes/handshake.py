"""Failures of TLS: certificates, versions, ports that speak something else, servers that leave."""

from __future__ import annotations

import pytest
from servers import Peer

from causes.cause import Cause, Stage, plain, served
from causes.demo import TLS_SERVER, tls_server
from firstlight.model.request import Request


def _authorities_gone(on: Stage, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("SSL_CERT_FILE", str(on.folder / "gone.pem"))


async def _internal_error(peer: Peer) -> None:
    await peer.reader.read(100)
    await peer.send(bytes([0x15, 3, 3, 0, 2, 2, 80]))
    await peer.gone()


async def _wants_a_certificate(peer: Peer) -> None:
    await peer.reader.read(100)
    await peer.send(bytes([0x15, 3, 3, 0, 2, 2, 116]))
    await peer.gone()


def _wanting(on: Stage) -> Request:
    return Request(url=on.url(_wants_a_certificate).replace("http:", "https:"))


def _secure(on: Stage) -> Request:
    return Request(url=on.url(_internal_error).replace("http:", "https:"))


CAUSES = (
    Cause(
        name="a certificate that has expired", layer="tls", kind="certificate-expired", request=tls_server("expired"),
        english="expired on 20", chinese="过期",
    ),
    Cause(
        name="a certificate that is not valid yet", layer="tls", kind="certificate-not-yet-valid",
        request=tls_server("not-yet-valid"), english="is not valid before 20", chinese="尚未生效",
    ),
    Cause(
        name="a certificate for another host", layer="tls", kind="certificate-wrong-host",
        request=tls_server("wrong-host"), english="is for other.demo.test, not for wrong-host.demo.test",
        chinese="属于 other.demo.test，而不是 wrong-host.demo.test",
    ),
    Cause(
        name="a server that wants a client certificate", layer="tls", kind="client-certificate-wanted",
        request=_wanting, english="wants a client certificate, and none is set for it", chinese="要求客户端证书",
    ),
    Cause(
        name="a client certificate that is not there", layer="tls", kind="client-certificate-unreadable",
        request=_wanting, settings={"client_certificates": [{"host": "*", "file": "/nowhere/client.pem"}]},
        english="The client certificate /nowhere/client.pem cannot be read", chinese="无法读取客户端证书",
    ),
    Cause(
        name="a certificate that vouches for itself", layer="tls", kind="certificate-self-signed",
        request=tls_server("self-signed"), english="is self-signed", chinese="自签名",
    ),
    Cause(
        name="an authority that nobody knows", layer="tls", kind="certificate-unknown-ca",
        request=tls_server("unknown-authority"), english="the authority CN=First Light demo authority",
        chinese="颁发机构 CN=First Light demo authority",
    ),
    Cause(
        name="two faults of one certificate", layer="tls", kind="certificate-expired", request=tls_server("expired"),
        english=". The certificate of expired.demo.test", chinese="。expired.demo.test",
    ),
    Cause(
        name="a key that is too weak", layer="tls", kind="certificate-weak", request=tls_server("weak-key"),
        english="too weak", chinese="强度不足",
    ),
    Cause(
        name="a server with TLS 1.1 at most", layer="tls", kind="no-common-tls", request=tls_server("old-version"),
        english="no TLS version or cipher in common", chinese="TLS 版本",
    ),
    Cause(
        name="https to a port that speaks http", layer="tls", kind="not-tls", request=tls_server("plain-http"),
        english="answers, but not with TLS", chinese="TLS",
    ),
    Cause(
        name="http to a port that speaks https", layer="protocol", kind="https-port", request=served(TLS_SERVER),
        english="answers with TLS, but the URL says http://", chinese="以 TLS 应答，但 URL 为 http://",
    ),
    Cause(
        name="a server that closes during the handshake", layer="tls", kind="tls-closed",
        request=tls_server("hang-up"), english="closed the connection during the TLS handshake",
        chinese="TLS 握手",
    ),
    Cause(
        name="a connection torn down during the handshake", layer="tls", kind="connection-reset",
        request=tls_server("reset"), english="broke the connection off during the TLS handshake",
        chinese="在 TLS 握手期间断开了连接",
    ),
    Cause(
        name="a handshake that never ends", layer="tls", kind="tls-timeout",
        request=tls_server("silent", connect_timeout_s=0.2), english="did not finish the TLS handshake within 0.2 s",
        chinese="0.2 秒",
    ),
    Cause(
        name="an alert that says nothing", layer="tls", kind="tls-failed", request=_secure,
        english="TLS handshake with 127.0.0.1", chinese="TLS 握手",
    ),
    Cause(
        name="authorities that are not there", layer="tls", kind="bad-ca-file", around=_authorities_gone,
        request=plain(Request(url="https://127.0.0.1:1/")), english="SSL_CERT_FILE points to", chinese="SSL_CERT_FILE",
    ),
)  # fmt: skip
