"""From a saved Message to the one that is sent over an open WebSocket."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from firstlight.bodies.messages import message_kind
from firstlight.model.exchange import Scope
from firstlight.model.prepared import PreparedMessage
from firstlight.model.request import Message
from firstlight.runner.files import find_file
from firstlight.runner.masking import naming_no_secrets
from firstlight.runner.variables import resolve_message


def prepare_message(message: Message, scope: Scope) -> PreparedMessage:
    """Fill in the variables and encode. Looks up the size of a file, so call it in a thread when it has one.

    Raises:
        ExchangeError: layer `variable`, `file` or `protocol`.
    """
    filled, secrets = resolve_message(message, scope)
    with naming_no_secrets(secrets):
        prepared = message_kind(filled.kind).encode(filled, partial(find_file, folder=scope.folder))
    return replace(prepared, secrets=secrets)
