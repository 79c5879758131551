"""Masks a text that arrives in pieces: a secret that is cut in two by a border between them is hidden as well. Pure."""

from __future__ import annotations

from firstlight.model.secrets import Masker

_FIRST = 8
"""So many bytes of a secret are looked for at once; what is shorter at the end of a piece is looked up."""


class PieceMasker:
    """Holds back the end of a piece while it may be the beginning of a secret; `rest` gives what is left of it."""

    def __init__(self, masker: Masker) -> None:
        self._masker = masker
        self._secrets = tuple(secret.encode("utf-8", "surrogateescape") for secret in masker.secrets)
        self._longest = max(map(len, self._secrets), default=0)
        self._begins = {secret[:length] for secret in self._secrets for length in range(1, min(_FIRST, len(secret)))}
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        """Return what may be shown now, masked: of what was held back and of `data`."""
        data = self._held + data
        cut = self._cut(data)
        self._held = data[cut:]
        return self._masker.mask_bytes(data[:cut])

    def rest(self) -> bytes:
        """Return what is held back: nothing more comes, so it is no secret."""
        held, self._held = self._held, b""
        return self._masker.mask_bytes(held)

    def _cut(self, data: bytes) -> int:
        """Return where the first secret may begin that does not end in `data`, or a whole one that reaches so far."""
        if not self._secrets:
            return len(data)
        start = max(0, len(data) - self._longest)
        cut = min((at for secret in self._secrets for at in _beginnings(data, secret, start)), default=len(data))
        for length in range(1, min(_FIRST, len(data) + 1)):
            if data[-length:] in self._begins:
                cut = min(cut, len(data) - length)
        while (earlier := min((at for s in self._secrets if (at := _across(data, s, cut)) >= 0), default=cut)) < cut:
            cut = earlier  # a whole secret is not cut in two either
        return cut


def _beginnings(data: bytes, secret: bytes, start: int) -> list[int]:
    """Return where the end of `data` is the beginning of `secret`, and longer than what is looked up."""
    found = []
    at = data.find(secret[:_FIRST], start) if len(secret) > _FIRST else -1
    while at >= 0:
        if len(data) - at < len(secret) and secret.startswith(data[at:]):
            found.append(at)
        at = data.find(secret[:_FIRST], at + 1)
    return found


def _across(data: bytes, secret: bytes, cut: int) -> int:
    """Return where `secret` stands across `cut`; -1: nowhere."""
    return data.find(secret, max(0, cut - len(secret) + 1), cut + len(secret) - 1)
