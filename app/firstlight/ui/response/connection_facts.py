"""What the Timing tab says about a connection and its certificates, line by line. No Qt."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from firstlight.model.events import Challenged, Connected, Redirected, TlsEstablished
from firstlight.model.response import reason_phrase
from firstlight.texts import tr, trn
from firstlight.transport.certificates import SOON_DAYS, Certificate
from firstlight.ui.figures import duration, endpoint, size
from firstlight.ui.response.record import ExchangeRecord


class Fact(NamedTuple):
    """One line: a name, a value, the `kind` of its label."""

    name: str
    value: str
    kind: str = ""


def connection_facts(record: ExchangeRecord) -> list[Fact]:
    """Return what is known about the connection."""
    facts: list[Fact] = []
    if record.connected:
        facts += _ends(record.connected)
    elif record.resolved:
        facts.append(Fact(tr("Remote address"), endpoint(record.resolved.address, record.resolved.port), "mono"))
    if record.head and record.head.http_version:
        facts.append(Fact(tr("HTTP version"), record.head.http_version))
    if record.tls:
        facts += _tls(record.tls)
    if record.refused:
        facts.append(Fact(tr("Certificate"), tr("not accepted"), "error"))
    if record.late:
        most = duration(max(record.late.values()) / 1e6)
        facts.append(
            Fact(tr("Exactness"), tr("up to {time} late: this program was busy when bytes arrived", time=most))
        )
    for step in record.steps:
        if isinstance(step, Redirected):
            facts.append(Fact(tr("Redirect"), _redirect(step)))
        else:
            facts.append(Fact(tr("Sent twice"), challenge_words(step)))
    return facts


def _ends(connected: Connected) -> list[Fact]:
    facts = [Fact(tr("Remote address"), endpoint(connected.address, connected.port), "mono")]
    if connected.local_port:
        local = endpoint(connected.local_address, connected.local_port)
        facts.append(Fact(tr("Local address"), local, "mono"))
    facts.append(Fact(tr("Proxy"), connected.proxy or tr("not used"), "mono" if connected.proxy else ""))
    facts.append(Fact(tr("Connection"), tr("kept from an earlier request") if connected.reused else tr("new")))
    facts.append(Fact(tr("Request on this connection"), tr("number {number}", number=connected.request_number)))
    return facts


def _tls(tls: TlsEstablished) -> list[Fact]:
    facts = [Fact(tr("TLS"), f"{tls.version} · {tls.cipher}", "mono")]
    if tls.protocol:
        facts.append(Fact(tr("Protocol chosen (ALPN)"), tls.protocol, "mono"))
    if tls.verified:
        facts.append(Fact(tr("Certificate"), tr("verified")))
    else:
        facts.append(Fact(tr("Certificate"), tr("not verified: verification is off for this request"), "error"))
    if own := own_certificate(tls):
        facts.append(Fact(tr("Client certificate"), own))
    return facts


def own_certificate(tls: TlsEstablished) -> str:
    """Return what became of the certificate of this machine; empty where there was none and nobody asked."""
    if tls.client_certificate_asked:
        shown = tr("{file}, which the server asked for", file=tls.client_certificate)
        return shown if tls.client_certificate else tr("the server asked for one; none is set for this host")
    return tr("{file}, ready if the server asks", file=tls.client_certificate) if tls.client_certificate else ""


def _redirect(step: Redirected) -> str:
    told = f"{step.status} {step.reason or reason_phrase(step.status)}\n"
    told += f"{step.from_method} {step.from_url} → {step.method} {step.location}"
    if step.dropped:
        told += "\n" + tr("Not sent there: {names}", names=", ".join(step.dropped))
    return told


def challenge_words(event: Challenged) -> str:
    """Say that the request was sent a second time, and why."""
    asked = tr("{status}: the service asked for {scheme}.", status=event.status, scheme=event.scheme)
    if not event.repeated_bytes:
        return f"{asked} " + tr("The request was sent a second time with the reply.")
    again = tr("The request was sent a second time with the reply, its body of {size} included.",
               size=size(event.repeated_bytes))  # fmt: skip
    return f"{asked} {again}"


def certificate_facts(certificate: Certificate, now: datetime | None = None) -> list[Fact]:
    """Return what one certificate says."""
    facts: list[Fact] = []
    if certificate.subject or certificate.names:
        facts.append(Fact(tr("Subject"), certificate.subject or "–", "mono"))
    if certificate.issuer:
        facts.append(Fact(tr("Issuer"), certificate.issuer, "mono"))
    if certificate.names:
        facts.append(Fact(tr("Names"), ", ".join(certificate.names), "mono"))
    if certificate.not_before and certificate.not_after:
        facts.append(Fact(tr("Valid from"), _moment(certificate.not_before)))
        facts.append(_until(certificate, certificate.not_after, now or datetime.now(UTC)))
    if not facts:
        facts.append(Fact(tr("Certificate"), tr("cannot be read"), "error"))
    facts.append(Fact(tr("SHA-256 fingerprint"), _in_two_lines(certificate.sha256), "mono"))
    return facts


def _until(certificate: Certificate, end: datetime, now: datetime) -> Fact:
    days = certificate.days_left(now) or 0
    if end <= now:
        left, kind = tr("expired"), "error"
    else:
        left, kind = trn("{count} day left", "{count} days left", days), "warn" if days < SOON_DAYS else ""
    return Fact(tr("Valid until"), f"{_moment(end)} · {left}", kind)


def _in_two_lines(fingerprint: str) -> str:
    """Break a fingerprint in the middle: it has no blanks, and would make a narrow page scroll sideways."""
    half = (len(fingerprint) + 1) // 2
    return f"{fingerprint[:half]}\n{fingerprint[half:]}"


def _moment(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"
