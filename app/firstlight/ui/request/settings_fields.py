"""The rows of the Settings tab, in order. A new setting is one field of RequestSettings and one line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from firstlight.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingField:
    """One row of the form."""

    name: str
    """The field of RequestSettings."""
    label: str
    help: str
    kind: Literal["switch", "timeout", "megabytes", "choice", "text"] = "switch"
    """A time is in seconds, with "no limit" as a choice."""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label) of a choice."""
    placeholder: str = ""
    nothing: str = ""
    """What an empty amount reads; else "No limit"."""
    protocol: str = ""
    """`http` or `websocket`: the row means something to requests of that protocol alone."""
    warning_when_off: str = ""
    """Stands in red under a switch that is off."""


FIELDS = (
    SettingField(
        name="follow_redirects",
        label=N_("Follow redirects"),
        help=N_("Secrets are never sent on to another origin."),
    ),
    SettingField(
        name="cookies",
        label=N_("Send and keep cookies"),
        help=N_("Those of this workspace are sent to where they belong; those of the answer are kept."),
    ),
    SettingField(
        name="verify_tls",
        label=N_("Verify TLS certificate"),
        help=N_("The certificate must be trusted by this computer and match the host name."),
        warning_when_off=N_("Off: anyone on the way can read and change this request, its secrets included."),
    ),
    SettingField(
        name="http_version",
        protocol="http",
        label=N_("HTTP version"),
        help=N_("Automatic: HTTP/2 where TLS agrees on it, otherwise HTTP/1.1."),
        kind="choice",
        choices=(("auto", N_("Automatic")), ("1.1", "HTTP/1.1"), ("2", "HTTP/2")),
    ),
    SettingField(
        name="connect_to",
        label=N_("Connect to"),
        help=N_("Another address for the same service: Host and the name that TLS checks stay those of the URL."),
        kind="text",
        placeholder="10.0.0.8:443",
    ),
    SettingField(
        name="ca_file",
        label=N_("Further authorities"),
        help=N_("A PEM file. Its authorities are trusted for this request, in place of those in the app's settings."),
        kind="text",
        placeholder="files/company-ca.pem",
    ),
    SettingField(
        name="connect_timeout_s",
        label=N_("Connect timeout"),
        help=N_("The longest wait for a connection, TLS included."),
        kind="timeout",
    ),
    SettingField(
        name="tls_timeout_s",
        label=N_("TLS timeout"),
        help=N_("The longest time for the TLS handshake, if it is to have one of its own."),
        kind="timeout",
        nothing=N_("Within connect"),
    ),
    SettingField(
        name="send_timeout_s",
        protocol="http",
        label=N_("Send timeout"),
        help=N_("The longest time in which the service takes nothing more of the request."),
        kind="timeout",
        nothing=N_("As idle"),
    ),
    SettingField(
        name="wait_timeout_s",
        protocol="http",
        label=N_("Wait timeout"),
        help=N_("The longest wait for the first byte of the answer: large models think before they speak."),
        kind="timeout",
        nothing=N_("As idle"),
    ),
    SettingField(
        name="idle_timeout_s",
        label=N_("Idle timeout"),
        help=N_("The longest silence: until the first byte, and between two arrivals of a stream."),
        kind="timeout",
    ),
    SettingField(
        name="total_timeout_s",
        label=N_("Total timeout"),
        help=N_("The longest time for the whole exchange."),
        kind="timeout",
    ),
    SettingField(
        name="stream",
        protocol="http",
        label=N_("Read as a stream"),
        help=N_("Automatic: as Content-Type says. Choose what arrives when it says something else."),
        kind="choice",
        choices=(
            ("auto", N_("Automatic")),
            ("sse", "SSE"),
            ("ndjson", "NDJSON"),
            ("json-array", N_("JSON array")),
            ("text", N_("Plain text")),
            ("off", N_("No stream")),
        ),
    ),
    SettingField(
        name="stream_text_path",
        label=N_("Path to the text"),
        help=N_("JSONPath to the generated text in each message; empty for the services that First Light knows."),
        kind="text",
        placeholder="$.output.text",
    ),
    SettingField(
        name="gateway_timings",
        label=N_("Ask the gateway for its timings"),
        help=N_(
            "Sends X-Apig-Mode: debug. API Gateway then tells its own time, the model's and its limits: see Timing."
        ),
    ),
    SettingField(
        name="subprotocols",
        protocol="websocket",
        label=N_("Subprotocols"),
        help=N_("Names that are offered in the handshake, in order of preference, with commas between."),
        kind="text",
    ),
    SettingField(
        name="compress_messages",
        protocol="websocket",
        label=N_("Compress messages"),
        help=N_("Offers permessage-deflate; the service decides."),
    ),
    SettingField(
        name="largest_message_mb",
        protocol="websocket",
        label=N_("Largest message"),
        help=N_("A longer message from the service ends the connection with code 1009."),
        kind="megabytes",
    ),
    SettingField(
        name="ping_every_s",
        protocol="websocket",
        label=N_("Ping every"),
        help=N_("Keeps gateways from closing a silent connection."),
        kind="timeout",
        nothing=N_("Never"),
    ),
)
