"""The rows of the Settings tab, in order. A new setting is one field of RequestSettings and one line here."""

from __future__ import annotations

from dataclasses import dataclass

from firstlight.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingField:
    """One row of the form."""

    name: str
    """The field of RequestSettings."""
    label: str
    help: str
    timeout: bool = False
    """A time in seconds with "no limit" as a choice; otherwise a switch."""
    warning_when_off: str = ""
    """Stands in red under a switch that is off."""


FIELDS = (
    SettingField(
        name="follow_redirects",
        label=N_("Follow redirects"),
        help=N_("Secrets are never sent on to another origin."),
    ),
    SettingField(
        name="verify_tls",
        label=N_("Verify TLS certificate"),
        help=N_("The certificate must be trusted by this computer and match the host name."),
        warning_when_off=N_("Off: anyone on the way can read and change this request, its secrets included."),
    ),
    SettingField(
        name="connect_timeout_s",
        label=N_("Connect timeout"),
        help=N_("The longest wait for a connection, TLS included."),
        timeout=True,
    ),
    SettingField(
        name="idle_timeout_s",
        label=N_("Idle timeout"),
        help=N_("The longest silence: until the first byte, and between two arrivals of a stream."),
        timeout=True,
    ),
    SettingField(
        name="total_timeout_s",
        label=N_("Total timeout"),
        help=N_("The longest time for the whole exchange."),
        timeout=True,
    ),
)
