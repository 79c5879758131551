"""Texts of others in tool tips: Qt would take what looks like HTML for HTML, and load the pictures it names."""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """Return what a tool tip has to be given to show `text` to the letter."""
    if not Qt.mightBeRichText(text):
        return text
    from html import escape  # with every name HTML has for a character: 0.3 MB

    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'
