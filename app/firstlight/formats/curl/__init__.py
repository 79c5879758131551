"""cURL commands: what a person copies from a terminal, a browser's tools, Postman or a vendor's page."""

from firstlight.formats.curl.command import looks_like_curl, parse_curl

__all__ = ["looks_like_curl", "parse_curl"]
