"""The proxy for a host: the one that was set, or HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY and the system's own."""

from __future__ import annotations

from collections.abc import Callable
from urllib.request import getproxies, proxy_bypass

from firstlight.model.host_patterns import is_loopback, matches
from firstlight.model.network import NetworkSettings
from firstlight.model.wire_url import WireUrl


class Proxies:
    """Read once, when the first request is sent."""

    def __init__(self, settings: NetworkSettings) -> None:
        self._proxies: dict[str, str] = {}
        self._bypass: Callable[[WireUrl], bool] = _bypassed_by_system
        if settings.proxy_mode == "system":
            self._proxies = getproxies()
        elif settings.proxy_mode == "custom" and settings.proxy_url:
            self._proxies = {"all": settings.proxy_url}
            self._bypass = lambda url: any(matches(entry, url.host, url.port) for entry in settings.no_proxy)

    def proxy_for(self, url: WireUrl) -> str:
        """Return the proxy's URL, or an empty string for a direct connection. Never one for this machine."""
        if not self._proxies or is_loopback(url.host):
            return ""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all") or ""
        if not proxy or self._bypass(url):
            return ""
        return proxy if "://" in proxy else f"http://{proxy}"


def _bypassed_by_system(url: WireUrl) -> bool:
    """Ask as Python does; it knows no networks, which NO_PROXY may name as well."""
    named = getproxies().get("no", "").split(",")
    return bool(proxy_bypass(f"{url.host}:{url.port}")) or any(matches(one, url.host, url.port) for one in named)


def check_proxy(url: str) -> None:
    """Say what is wrong with the address of a proxy. Raises ExchangeError (layer `proxy`)."""
    from firstlight.transport.pool import as_proxy

    as_proxy(url if "://" in url else f"http://{url}")
