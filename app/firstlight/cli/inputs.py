"""Texts that a command is given: a file, standard input, or an argument; and the request that a cURL command means."""

from __future__ import annotations

import sys
from pathlib import Path

from firstlight.cli.console import say
from firstlight.formats.curl import parse_curl
from firstlight.formats.error import FormatError
from firstlight.model.failure import failed
from firstlight.model.request import Request
from firstlight.store import disk
from firstlight.store.settings import load_settings
from firstlight.store.settings_use import new_request_settings
from firstlight.texts import Phrase, tr


def read_command(given: str) -> Request:
    """Return the request of a cURL command (`-`: on standard input); what was not understood is said.

    Raises:
        ExchangeError: (layer `file`) it is no cURL command.
    """
    text = disk.decoded(Path(tr("Standard input")), standard_input()) if given == "-" else given
    try:
        reading = parse_curl(text, new_request_settings(load_settings()))
    except FormatError as error:
        raise failed("file", "bad-format", error.reason, hint=Phrase("Quote the whole command.")) from error
    for note in reading.notes:
        say(tr(note))
    return reading.requests[0]


def standard_input() -> bytes:
    """Read all of standard input. Raises ExchangeError (layer `file`)."""
    try:
        return b"" if sys.stdin is None else sys.stdin.buffer.read()
    except OSError as error:  # a folder, for example
        raise disk.cannot_read(Path(tr("Standard input")), error) from error
