"""What the settings mean for the engine: how the network is reached, and what a new request starts with."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from firstlight.model.network import NetworkSettings
from firstlight.model.request import RequestSettings
from firstlight.store import client_certificates
from firstlight.store.settings import Settings

PROXY_PASSWORD = "proxy-password"  # noqa: S105 - the name of the secret, not the secret
_MEGABYTE = 1_000_000


def network_settings(settings: Settings, secret: Callable[[str], str | None]) -> NetworkSettings:
    """Return how the network is reached. `secret` is asked for the passwords it needs, and may block."""
    custom = settings.proxy_mode == "custom"
    return NetworkSettings(
        proxy_mode="custom" if custom else "none" if settings.proxy_mode == "none" else "system",
        proxy_url=_with_user(settings, secret) if custom else "",
        no_proxy=tuple(filter(None, (entry.strip() for entry in settings.no_proxy.split(",")))) if custom else (),
        ca_file=settings.ca_file,
        client_certificates=client_certificates.read(settings.client_certificates, secret),
        largest_body_bytes=max(settings.largest_body_mb, 0) * _MEGABYTE or None,
    )


def secrets_in_use(settings: Settings) -> list[str]:
    """Return the names of the secrets that the network needs."""
    proxy = [PROXY_PASSWORD] if settings.proxy_user else []
    return proxy + client_certificates.secret_names(settings.client_certificates)


def _with_user(settings: Settings, secret: Callable[[str], str | None]) -> str:
    url = settings.proxy_url.strip()
    if not settings.proxy_user or not url:
        return url
    scheme, mark, rest = url.rpartition("://")
    user = f"{quote(settings.proxy_user, safe='')}:{quote(secret(PROXY_PASSWORD) or '', safe='')}"
    return f"{scheme or 'http'}{mark or '://'}{user}@{rest.rpartition('@')[2]}"


def new_request_settings(settings: Settings) -> RequestSettings:
    """Return the Settings tab of a new request."""
    return RequestSettings(
        follow_redirects=settings.follow_redirects,
        connect_timeout_s=max(settings.connect_timeout_s, 0) or None,
        idle_timeout_s=max(settings.idle_timeout_s, 0) or None,
        total_timeout_s=max(settings.total_timeout_s, 0) or None,
    )
