"""The shape of a page of the Body tab: it shows and edits the fields of a Body that belong to its kind."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from firstlight.model.request import Body


class BodyPage(QWidget):
    """One kind of body. Fields of other kinds pass through untouched."""

    edited = Signal()
    """The user changed something (never emitted by show_body)."""

    def show_body(self, body: Body) -> None:
        """Show another request's body."""

    def filled_in(self, body: Body) -> Body:
        """Return `body` with what is on this page."""
        return body

    def retranslate(self) -> None:
        """Show all words in the language now in use."""

    def set_folder(self, folder: str) -> None:
        """Say where relative paths begin; matters to pages with files."""

    def locate(self, place: str) -> None:
        """Ask where the file is that is not at `place` any more."""

    def look_up_files(self) -> None:
        """Ask again which files are there."""
