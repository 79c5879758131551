"""MESSAGES: the kinds of WebSocket message, in the order of the menu: how what was typed becomes what is sent."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64Error
from collections.abc import Callable
from dataclasses import dataclass

from firstlight.bodies.kind import FileLookup
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.prepared import PreparedMessage
from firstlight.model.request import Message
from firstlight.texts import N_, Phrase

_BLANKS = re.compile(r"\s+")
_NOT_HEX = re.compile(r"[^0-9A-Fa-f]")
_NOT_BASE64 = re.compile(r"[^0-9A-Za-z+/=_-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKind:
    """One kind of message."""

    kind: str
    """The word in files: never changes."""
    label: str
    encode: Callable[[Message, FileLookup], PreparedMessage]
    fields: tuple[str, ...]
    """The fields of Message that this kind sends; variables are filled in in these and no others."""


def _text(message: Message, _find_file: FileLookup) -> PreparedMessage:
    # A half of a surrogate pair has no UTF-8, and a text message must be UTF-8 (RFC 6455 §5.6).
    return PreparedMessage(is_text=True, content=message.text.encode("utf-8", "replace"))


def _binary(message: Message, _find_file: FileLookup) -> PreparedMessage:
    typed = _BLANKS.sub("", message.text)
    content = _from_base64(typed) if message.encoding == "base64" else _from_hex(typed)
    return PreparedMessage(is_text=False, content=content)


def _from_hex(typed: str) -> bytes:
    if wrong := _NOT_HEX.search(typed):
        raise _bad(Phrase("“{sign}” is no hexadecimal digit.", sign=wrong[0]))
    if len(typed) % 2:
        raise _bad(Phrase("There is an odd number of hexadecimal digits: a byte has two."))
    return bytes.fromhex(typed)


def _from_base64(typed: str) -> bytes:
    if wrong := _NOT_BASE64.search(typed):
        raise _bad(Phrase("“{sign}” is no sign of base64.", sign=wrong[0]))
    bare = typed.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except NotBase64Error as error:
        raise _bad(Phrase("This is no base64: a sign is missing or too many.")) from error


def _file(message: Message, find_file: FileLookup) -> PreparedMessage:
    if not message.path.strip():
        raise failed(
            "file", "missing-file", Phrase("No file is chosen for the message."), Phrase("Choose one beside it.")
        )
    return PreparedMessage(is_text=False, content=find_file(message.path.strip()))


def _bad(message: Phrase) -> ExchangeError:
    return failed(
        "protocol",
        "bad-binary-message",
        message,
        Phrase("Correct the message, or choose hexadecimal or base64 above it."),
    )


MESSAGES: tuple[MessageKind, ...] = (
    MessageKind(kind="text", label=N_("Text"), encode=_text, fields=("text",)),
    MessageKind(kind="json", label="JSON", encode=_text, fields=("text",)),
    MessageKind(kind="binary", label=N_("Binary"), encode=_binary, fields=("text",)),
    MessageKind(kind="file", label=N_("File"), encode=_file, fields=("path",)),
)


def message_kind(kind: str) -> MessageKind:
    """Return the kind of message with this word.

    Raises:
        ExchangeError: layer `variable`, when this version knows no such kind.
    """
    for candidate in MESSAGES:
        if candidate.kind == kind:
            return candidate
    raise failed(
        "variable",
        "unknown-message-kind",
        Phrase("There is no kind of message “{kind}”.", kind=kind),
        Phrase("Choose one above the message; the file may come from a newer version."),
    )
