"""The bytes of a vault file: which key opens it, and how what is inside is sealed. No disk, no state.

scrypt turns the master password into 64 bytes: half is the key of AES-256-GCM, half proves that the password is right,
so that a wrong one is told from a damaged file. Names are sealed like values (docs/adr/0015).
"""

from __future__ import annotations

import json
import os
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

FORMAT = 1
_HALF = 32
_MOST_MEMORY = 2**30  # bytes; a file that asks for more was not written by us


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """How the password becomes the key. 270 ms and 32 MiB per guess."""

    salt: bytes
    n: int = 2**15
    r: int = 8
    p: int = 3

    @classmethod
    def new(cls) -> Lock:
        """Return a lock with a salt of its own."""
        return cls(salt=os.urandom(16))

    def key(self, password: str) -> bytes:
        """Return the 64 bytes that `password` makes. Slow on purpose; lets other threads run."""
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        # The same letters have two spellings in Unicode, and macOS types the other one.
        typed = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
        return Scrypt(salt=self.salt, length=2 * _HALF, n=self.n, r=self.r, p=self.p).derive(typed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A vault file as read; nothing of it is secret."""

    lock: Lock
    check: bytes
    nonce: bytes
    data: bytes

    def opens_with(self, key: bytes) -> bool:
        """Whether `key` comes from the right password."""
        return compare_digest(self.check, _check(key))

    def entries(self, key: bytes) -> dict[str, str]:
        """Return the secrets by name.

        Raises:
            ValueError: the file was damaged or changed by somebody who does not know the password.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            plain = AESGCM(key[:_HALF]).decrypt(self.nonce, self.data, _head(self.lock))
        except InvalidTag as error:
            raise ValueError("changed") from error
        entries: dict[str, str] = json.loads(plain)
        return entries


class NewerFormatError(Exception):
    """Written by a later version."""


def seal(entries: dict[str, str], key: bytes, lock: Lock) -> bytes:
    """Return the bytes of a vault file."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    data = AESGCM(key[:_HALF]).encrypt(nonce, json.dumps(entries).encode(), _head(lock))
    written = {"what": "First Light vault"} | json.loads(_head(lock))
    for name, value in (("check", _check(key)), ("nonce", nonce), ("data", data)):
        written[name] = b64encode(value).decode()
    return json.dumps(written, indent=1).encode() + b"\n"


def read(data: bytes) -> Sealed:
    """Return what the bytes of a file say.

    Raises:
        ValueError: this is no vault, or only a part of one.
        NewerFormatError: a later version wrote it.
    """
    try:
        found = json.loads(data)
        if found["format"] > FORMAT:
            raise NewerFormatError
        lock = Lock(salt=_bytes(found["salt"]), n=int(found["n"]), r=int(found["r"]), p=int(found["p"]))
        sealed = Sealed(lock=lock, **{name: _bytes(found[name]) for name in ("check", "nonce", "data")})
    except (KeyError, TypeError) as error:
        raise ValueError("not whole") from error
    sane = lock.n > 1 and not lock.n & (lock.n - 1) and lock.r > 0 and 0 < lock.p <= 16
    if not sane or 128 * lock.n * lock.r > _MOST_MEMORY or len(sealed.nonce) != 12 or len(sealed.check) != _HALF:
        raise ValueError("not ours")
    return sealed


def _head(lock: Lock) -> bytes:
    """Return what stands readable in the file; it is sealed along, so nobody can weaken the lock unseen."""
    head = {"format": FORMAT, "salt": b64encode(lock.salt).decode(), "n": lock.n, "r": lock.r, "p": lock.p}
    return json.dumps(head).encode()


def _check(key: bytes) -> bytes:
    return sha256(key[_HALF:]).digest()


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
