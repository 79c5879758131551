"""How the network is reached: what the user set for every request, as the transport takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from firstlight.model.client_certificate import ClientCertificate


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSettings:
    """The proxy, further trusted authorities, and how much of an answer is taken in."""

    proxy_mode: Literal["system", "none", "custom"] = "system"
    """`system`: HTTP_PROXY and its kin, or the settings of Windows and macOS."""
    proxy_url: str = ""
    """`custom`: http://, https:// or socks5://, with user name and password where it wants them, percent-encoded."""
    no_proxy: tuple[str, ...] = ()
    """`custom`: hosts reached directly; `.example.com` and `*.example.com` mean every host below it."""
    ca_file: str = ""
    """A PEM file of authorities that are trusted beside the system's."""
    client_certificates: tuple[ClientCertificate, ...] = ()
    """What is shown to services that ask who we are; the first one that is meant for a host counts."""
    largest_body_bytes: int | None = None
    """An answer that grows beyond this, unpacked, is broken off."""
