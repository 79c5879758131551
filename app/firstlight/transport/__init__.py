"""The network: httpx behind one class. Nothing heavy is imported until the first request or `warm_up()`."""

from firstlight.transport.http import HttpTransport
from firstlight.transport.warm import warm_up, warm_up_websocket

__all__ = ["HttpTransport", "warm_up", "warm_up_websocket"]
