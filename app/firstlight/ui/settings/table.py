"""The settings, as one table: a new one is a field of store.settings.Settings and an entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from firstlight.model.failure import ExchangeError
from firstlight.texts import LANGUAGES, N_, Phrase
from firstlight.ui.theme.apply import THEMES

Kind = Literal["choice", "switch", "number", "seconds", "text", "secret", "file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row of the dialog."""

    name: str
    """The field of Settings; of a secret, its name in the secret store."""
    kind: Kind
    label: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label) of a choice."""
    bounds: tuple[int, int] = (0, 0)
    """Smallest and largest number."""
    unit: str = ""
    zero: str = ""
    """What the number 0 is shown as."""
    placeholder: str = ""
    needs: tuple[str, str] = ("", "")
    """(field, value): the row can be used only while that field has that value."""
    check: Callable[[str], Phrase] | None = None
    """Says what is wrong with a text; an empty phrase when nothing is. May read the disk: called in a thread."""
    effect: Literal["", "theme", "language", "network", "console"] = ""
    """What must be told at once; otherwise the value is simply used from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A heading of the dialog and the rows below it."""

    name: str
    title: str
    picture: str
    settings: tuple[Setting, ...]


def _proxy_problem(text: str) -> Phrase:
    from firstlight.transport.proxies import check_proxy

    return _problem(check_proxy, text)


def _authorities_problem(text: str) -> Phrase:
    from firstlight.transport.tls import check_authorities

    return _problem(check_authorities, text)


def _problem(check: Callable[[str], None], text: str) -> Phrase:
    try:
        if text:
            check(text)
    except ExchangeError as error:
        return error.failure.message
    return Phrase()


_CUSTOM = ("proxy_mode", "custom")

GROUPS: tuple[Group, ...] = (
    Group(
        name="appearance",
        title=N_("Appearance"),
        picture="sun",
        settings=(
            Setting(name="theme", kind="choice", label=N_("Theme"), choices=THEMES, effect="theme"),
            Setting(
                name="language",
                kind="choice",
                label=N_("Language"),
                choices=(("", N_("Like the system")), *LANGUAGES),
                effect="language",
            ),
            Setting(
                name="font_size",
                kind="number",
                label=N_("Font size"),
                help=N_("Of the window and of every text in it."),
                bounds=(0, 32),
                unit=N_("pt"),
                zero=N_("Like the system"),
                effect="theme",
            ),
        ),
    ),
    Group(
        name="requests",
        title=N_("New requests"),
        picture="request",
        settings=(
            Setting(
                name="follow_redirects",
                kind="switch",
                label=N_("Follow redirects"),
                help=N_("A new request starts with these; each can be changed on its Settings tab."),
            ),
            Setting(name="connect_timeout_s", kind="seconds", label=N_("Connect timeout"),
                    help=N_("The longest wait for a connection, TLS included.")),
            Setting(name="idle_timeout_s", kind="seconds", label=N_("Idle timeout"),
                    help=N_("The longest silence: until the first byte, and between two arrivals of a stream.")),
            Setting(name="total_timeout_s", kind="seconds", label=N_("Total timeout"),
                    help=N_("The longest time for the whole exchange.")),
        ),
    ),
    Group(
        name="proxy",
        title=N_("Proxy"),
        picture="external",
        settings=(
            Setting(
                name="proxy_mode",
                kind="choice",
                label=N_("Proxy"),
                help=N_("Services on this machine are always reached directly."),
                choices=(
                    ("system", N_("Like the system")),
                    ("none", N_("No proxy")),
                    ("custom", N_("Custom")),
                ),
                effect="network",
            ),
            Setting(name="proxy_url", kind="text", label=N_("Address"), placeholder="http://proxy.example.com:8080",
                    help=N_("http://, https:// or socks5://"), needs=_CUSTOM, check=_proxy_problem, effect="network"),
            Setting(name="proxy_user", kind="text", label=N_("User name"), needs=_CUSTOM, effect="network"),
            Setting(name="proxy-password", kind="secret", label=N_("Password"), needs=_CUSTOM, effect="network"),
            Setting(name="no_proxy", kind="text", label=N_("Not for"), placeholder="10.0.0.8, .intranet.example",
                    help=N_("Hosts that are reached directly, separated by commas. A leading dot means all below it."),
                    needs=_CUSTOM, effect="network"),
        ),
    ),
    Group(
        name="tls",
        title=N_("TLS"),
        picture="key",
        settings=(
            Setting(
                name="ca_file",
                kind="file",
                label=N_("Further authorities"),
                help=N_("A PEM file. Its authorities are trusted beside those of this computer."),
                placeholder="company-ca.pem",
                check=_authorities_problem,
                effect="network",
            ),
        ),
    ),
    Group(
        name="limits",
        title=N_("Limits"),
        picture="stop",
        settings=(
            Setting(
                name="largest_body_mb",
                kind="number",
                label=N_("Largest answer"),
                help=N_("An answer that grows beyond this, unpacked, is broken off. What came until then is kept."),
                bounds=(0, 1_000_000),
                unit="MB",
                zero=N_("No limit"),
                effect="network",
            ),
            Setting(
                name="console_entries",
                kind="number",
                label=N_("Exchanges in the Console"),
                help=N_("The oldest go first."),
                bounds=(10, 10_000),
                effect="console",
            ),
        ),
    ),
)  # fmt: skip
