"""cURL commands: what a person copies from a terminal, a browser's tools, Postman or a vendor's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from firstlight.formats.curl.start import looks_like_curl

if TYPE_CHECKING:
    from firstlight.formats.reading import Reading
    from firstlight.model.request import RequestSettings

__all__ = ["looks_like_curl", "parse_curl"]


def parse_curl(text: str, settings: RequestSettings | None = None) -> Reading:
    """Read the first command of `text`; `settings` hold where the command says nothing.

    Raises:
        FormatError: it is no cURL command.
    """
    from firstlight.formats.curl.command import read_command  # 1 MB, loaded with the first command that comes

    return read_command(text, settings)
