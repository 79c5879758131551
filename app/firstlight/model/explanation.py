"""What a failing answer means and what to do about it, in every language of the program."""

from __future__ import annotations

import msgspec


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of resources/explanations, found for one answer."""

    vendor: str
    """The file of the entry: `modelarts`, `apig`, `http`…"""
    code: str
    """As the service said it, else the status or the close code."""
    meaning: dict[str, str]
    """By language: what happened, in one sentence."""
    remedy: dict[str, str]
    """By language: what to do; may be empty."""
    said: str = ""
    """The message of the service, in its own words; secrets are masked."""
    request_id: str = ""
    """As the body says it; the headers may know more."""

    def told(self, language: str) -> tuple[str, str]:
        """Return meaning and remedy in `language`, or in English."""
        return self.meaning.get(language, self.meaning["en"]), self.remedy.get(language, self.remedy["en"])
