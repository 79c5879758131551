"""The proxy for a host: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY, or the settings of Windows and macOS."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.request import getproxies, proxy_bypass

from firstlight.model.wire_url import WireUrl


class SystemProxies:
    """Read once, when the first request is sent."""

    def __init__(self) -> None:
        self._proxies: dict[str, str] = getproxies()

    def proxy_for(self, url: WireUrl) -> str:
        """Return the proxy's URL, or an empty string for a direct connection. Never one for this machine."""
        if not self._proxies or _is_loopback(url.host):
            return ""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all") or ""
        if not proxy or proxy_bypass(f"{url.host}:{url.port}"):
            return ""
        return proxy if "://" in proxy else f"http://{proxy}"


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost" or host.lower().endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return False
