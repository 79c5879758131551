"""The proxy for a host: the one that was set, or HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY and the system's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote
from urllib.request import getproxies, proxy_bypass

from firstlight.model.host_patterns import is_loopback, matches
from firstlight.model.network import NetworkSettings
from firstlight.model.wire_url import WireUrl


class Proxies:
    """Read once, when the first request is sent."""

    def __init__(self, settings: NetworkSettings) -> None:
        self._proxies = _set(settings)
        self._bypass: Callable[[WireUrl], bool] = _bypassed_by_system
        if settings.proxy_mode == "custom":
            self._bypass = lambda url: any(matches(entry, url.host, url.port) for entry in settings.no_proxy)

    def proxy_for(self, url: WireUrl) -> str:
        """Return the proxy's URL, or an empty string for a direct connection. Never one for this machine."""
        if not self._proxies or is_loopback(url.host):
            return ""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all") or ""
        if not proxy or self._bypass(url):
            return ""
        return proxy if "://" in proxy else f"http://{proxy}"


def passwords(settings: NetworkSettings) -> frozenset[str]:
    """Return the passwords of every proxy that may be used: as they stand in its address, and as they were meant."""
    return frozenset(filter(None, (shape for url in _set(settings).values() for shape in _password(url))))


def _password(url: str) -> Iterator[str]:
    login = url.rpartition("@")[0].rpartition("://")[2]
    password = login.partition(":")[2]
    yield password
    yield unquote(password)


def _set(settings: NetworkSettings) -> dict[str, str]:
    """Return the addresses of proxies by scheme; `all` is for every other one."""
    if settings.proxy_mode == "system":
        return getproxies()
    return {"all": settings.proxy_url} if settings.proxy_mode == "custom" and settings.proxy_url else {}


def _bypassed_by_system(url: WireUrl) -> bool:
    """Ask as Python does; it knows no networks, which NO_PROXY may name as well."""
    named = getproxies().get("no", "").split(",")
    return bool(proxy_bypass(f"{url.host}:{url.port}")) or any(matches(one, url.host, url.port) for one in named)


def check_proxy(url: str) -> None:
    """Say what is wrong with the address of a proxy. Raises ExchangeError (layer `proxy`)."""
    from firstlight.transport.pool import as_proxy

    as_proxy(url if "://" in url else f"http://{url}")
